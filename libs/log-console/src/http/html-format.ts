import { entryText } from '../domain/entry-text.js';
import { createHash } from 'node:crypto';
import { type LogBatch } from '../domain/log-batch.js';
import { type LogLevel } from '../domain/log-level.js';
import { type OperationState } from '../domain/log-operations.js';
import { type TailFormat } from './live-format.js';
import { outcomeLine } from './outcome-line.js';
import { gapLine } from './text-format.js';
import { visible } from '../domain/visible.js';

/**
 * The only style there may be. Turned round, the page opens at its end and stays there while it grows, until somebody
 * scrolls up: a list that begins at its end keeps that in view by itself.
 */
const STYLE = [
  ':root{color-scheme:light dark;--page:#fff;--log:#1f2328;--low:#59636e;--warn:#7d4e00;--error:#b3141d;--ok:#116329}',
  '@media(prefers-color-scheme:dark){:root{--page:#0d1117;--log:#e6edf3;--low:#9198a1;--warn:#e3b341;--error:#ff8f87;--ok:#56d364}}',
  'html{block-size:100%;overflow:hidden;background:var(--page);color:var(--log)}',
  'body{margin:0;block-size:100%;overflow:auto;display:flex;flex-direction:column-reverse}',
  'main{margin-block-end:auto;padding:.75rem;font:13px/1.5 ui-monospace,Menlo,Consolas,monospace}',
  'p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;unicode-bidi:isolate;direction:ltr}',
  '.verbose,.debug{color:var(--low)}',
  '.warn,.gap{color:var(--warn)}',
  '.error,.fatal,.failed,.abandoned{color:var(--error)}',
  '.fatal,.ok,.failed,.cancelled,.abandoned{font-weight:bold}',
  '.ok{color:var(--ok)}',
  '@media print{html,body{display:block;block-size:auto;overflow:visible}}',
].join('');

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox',
].join('; ');

/** Characters that turn the direction of text or are not seen, beyond those that `visible` shows; what joins emoji stays. */
const UNSEEN =
  /(?!\p{VS}|[\t\n]|(?<=[\p{Extended_Pictographic}\p{EMod}\ufe0f])\u200d(?=\p{Extended_Pictographic}))[\p{Cf}\p{Zl}\p{Zp}\p{DI}]/gu;

/** The lines of `GET tail` as a page that grows, a whole paragraph each: it is right at every moment, without JavaScript. */
export function htmlFormat(title: string): TailFormat {
  return {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'X-Robots-Tag': 'noindex',
    },
    head:
      '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
      '<meta name="viewport" content="width=device-width">\n' +
      `<title>${inHtml(visible(title, 'none'))}</title>\n<style>${STYLE}</style>\n</head>\n` +
      // By the Tab key one gets to where the arrow keys scroll.
      '<body tabindex="0">\n<main>\n',
    foot: '</main>\n</body>\n</html>\n',
    batch: (batch) => Buffer.from(batchHtml(batch)),
    outcome: (operation) => paragraph(operation.state, outcomeLine(operation)),
  };
}

function batchHtml({ gap, entries }: LogBatch): string {
  const lines = entries.map((entry) => paragraph(entry.level, entryText(entry)));
  return (gap ? paragraph('gap', gapLine(gap)) : '') + lines.join('');
}

/** A line of the text, its line end left out. */
function paragraph(of: LogLevel | 'gap' | OperationState, line: string): string {
  return `<p class="${of}">${inHtml(line.slice(0, -1))}</p>\n`;
}

function inHtml(text: string): string {
  return text
    .replace(UNSEEN, (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`)
    .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
