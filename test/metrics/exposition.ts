/** One number of an exposition. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const VALUE = '[+-]?(?:\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|Inf|NaN)';
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\[\\\\"n])*"';
const HELP = new RegExp(`^# HELP (${NAME}) (?:[^\\\\]|\\\\[\\\\n])*$`);
const TYPE = new RegExp(`^# TYPE (${NAME}) (counter|gauge)$`);
const SAMPLE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)\\})? (${VALUE})$`);

/**
 * Reads Prometheus text format 0.0.4, as strictly as its description: HELP, then TYPE, then all numbers of a metric, once each,
 * each line ended; throws for anything else.
 */
export function readExposition(text: string): Sample[] {
  if (!text.endsWith('\n')) throw new Error('The last line is not ended.');
  const samples: Sample[] = [];
  const types = new Map<string, string>();
  const seen = new Set<string>();
  let current = '';
  let isTyped = false;
  for (const line of text.slice(0, -1).split('\n')) {
    const [, helped] = HELP.exec(line) ?? [];
    const [, typed, type] = TYPE.exec(line) ?? [];
    const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
    if (helped !== undefined) {
      if (types.has(helped)) throw new Error(`Twice: ${helped}`);
      [current, isTyped] = [helped, false];
    } else if (typed !== undefined) {
      if (typed !== current || isTyped) throw new Error(`Out of place: ${line}`);
      if ((type === 'counter') !== typed.endsWith('_total')) throw new Error(`Misnamed: ${line}`);
      types.set(typed, type);
      isTyped = true;
    } else if (name !== undefined) {
      if (name !== current || !isTyped) throw new Error(`Out of place: ${line}`);
      const key = `${name} ${labels}`;
      if (seen.has(key)) throw new Error(`Twice: ${line}`);
      seen.add(key);
      samples.push({ name, labels: readLabels(labels), value: Number(value) });
    } else {
      throw new Error(`Not of the format: ${line}`);
    }
  }
  return samples;
}

function readLabels(text: string): Record<string, string> {
  const unescape = (value: string): string =>
    value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));
  return Object.fromEntries(
    [...text.matchAll(new RegExp(LABEL, 'g'))].map(([pair]) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), unescape(pair.slice(at + 2, -1))];
    }),
  );
}
