/** A line of a file as it stands there, or as much of it as is known. */
export interface RawLine {
  /** Offset of its first byte. */
  readonly start: number;
  /** Offset after its last byte, the LF included: where the next line starts. */
  readonly end: number;
  /** Its text without LF or CRLF; bad bytes are U+FFFD. */
  readonly text: string;
  /** Bytes of the whole line, without its end. */
  readonly bytes: number;
  /** Whether it was longer than what is kept of a line. */
  readonly isCut: boolean;
  /** Whether its LF was seen. */
  readonly hasEnd: boolean;
  /** Whether its beginning was handed out before, as a line without an end. */
  readonly isRest?: true;
}
