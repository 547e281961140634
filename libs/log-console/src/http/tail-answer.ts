import { StreamableFile } from '@nestjs/common';
import { type OperationSource } from '../domain/log-operations.js';
import { GrowingText } from './growing-text.js';
import { htmlFormat } from './html-format.js';
import { type OpenStreams } from './open-streams.js';
import { textFormat } from './text-format.js';

/** How the live text of an operation is written. */
export interface TailOptions {
  /** `html`: a page that grows, coloured by level, without JavaScript. Default `text`. */
  readonly format?: 'text' | 'html';
  /** `sgr`: colour codes stay in the text, and nothing else; a page has none. Default: all are shown, not sent. */
  readonly ansi?: 'none' | 'sgr';
}

/** An operation's live text as what Nest answers with, on every adapter. */
export function tailAnswer(
  operation: OperationSource,
  { format, ansi }: TailOptions,
  open: OpenStreams,
): StreamableFile {
  const written = format === 'html' ? htmlFormat(operation.summary.name) : textFormat(ansi);
  return new StreamableFile(new GrowingText(operation, written, open), {
    type: written.headers['Content-Type'],
  });
}
