import { type JSX } from 'preact';
import { type EntryLine, type Line } from '../lines/line.js';
import { noticeText } from '../console/notice-text.js';
import { useTexts } from './use-console.js';

/** A gap, a restart or a clear, where it happened. */
export function NoticeRow({ line }: { line: Exclude<Line, EntryLine> }): JSX.Element {
  const { console, t } = useTexts();
  return (
    <div class="notice">
      <span>{noticeText(console, line)}</span>
      {line.kind === 'gap' && line.reason === 'page' && line.from !== undefined && (
        <button type="button" tabIndex={-1} onClick={() => void console.more.loadInto(line)}>
          {t.loadMissing}
        </button>
      )}
    </div>
  );
}
