/** C0 but TAB and LF, DEL, C1: shown, not sent, so that no line can steer a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
/** The same, or a colour sequence (SGR), which may stay. */
// eslint-disable-next-line no-control-regex
const CONTROL_OR_SGR = /\x1b\[[0-9;:]{0,64}m|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** Whether colour codes are kept. */
export type Ansi = 'none' | 'sgr';

/** A text whose control characters are shown, but for TAB and LF. */
export function visible(text: string, ansi: Ansi): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(ansi === 'sgr' ? CONTROL_OR_SGR : CONTROL, (found) =>
      found.length > 1 ? found : `\\x${found.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}
