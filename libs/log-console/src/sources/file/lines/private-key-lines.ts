/** What a key that began above is given, so that the redactor's own rule masks it. */
export const KEY_BEGINS = '-----BEGIN PRIVATE KEY-----\n';

const MARK = /-----(BEGIN|END) (?:[A-Z0-9]{1,20} ){0,3}(?:PRIVATE KEY|OPENSSH KEY)(?: BLOCK)?-----/g;
const END = /-----END (?:[A-Z0-9]{1,20} ){0,3}(?:PRIVATE KEY|OPENSSH KEY)(?: BLOCK)?-----/;
/** Base64, or one of the headers that PEM may have. */
const BODY =
  /^[ \t]{0,16}(?:[A-Za-z0-9+/]{1,128}={0,2}|(?:Proc-Type|DEK-Info|Version|Comment): .{0,200}|)[ \t]{0,4}$/;
/** A full line of a key: 64, 70 or 76 characters; digits of a hash only are none. */
const FULL =
  /^[ \t]{0,16}(?![0-9a-fA-F]+$)(?:[A-Za-z0-9+/]{64}|[A-Za-z0-9+/]{70}|[A-Za-z0-9+/]{76})[ \t]{0,4}$/;
const LONGEST_BODY = 256;
const MOST_LINES = 500;

/** Whether a private key in PEM begins in a text and does not end there. */
export function leavesKeyOpen(text: string): boolean {
  if (!text.includes('-----BEGIN ')) return false;
  let isOpen = false;
  for (const [, mark] of text.matchAll(MARK)) isOpen = mark === 'BEGIN';
  return isOpen;
}

/** Whether a line may stand between the first and the last line of a key, or is the last. */
export function mayBeInKey(text: string): boolean {
  return text.length <= LONGEST_BODY && (BODY.test(text) || END.test(text));
}

/** Whether a private key ends in a line that may stand in one. */
export function endsKey(text: string): boolean {
  return text.includes('-----END ') && END.test(text);
}

/** Whether a line looks like a full one of a key, whatever stands above it. */
export function isFullKeyLine(text: string): boolean {
  return FULL.test(text);
}

/**
 * Whether what is read begins within a key, with lines that lead to the end of one.
 * @param messageOf what a line says behind a time and a name, which are asked for where a key ends only
 */
export function beginsInKey(texts: readonly string[], messageOf: (text: string) => string): boolean {
  const end = texts.findIndex(endsKey);
  const isKey = (text: string): boolean => mayBeInKey(text) || mayBeInKey(messageOf(text));
  return (
    end >= 0 && end < MOST_LINES && texts.slice(0, end).every(isKey) && !texts[end].includes('-----BEGIN ')
  );
}
