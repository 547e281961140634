import { type JSX } from 'preact';
import { downloadFromServer, downloadShown, EXPORT_FORMATS } from '../console/download.js';
import { Dialog } from './dialog.js';
import { useTexts } from './use-console.js';

/** What is shown here, or everything on the server that matches the filters. */
export function DownloadDialog(): JSX.Element {
  const { console, t, lines } = useTexts();
  return (
    <Dialog title={t.downloadTitle}>
      <button type="button" onClick={() => downloadShown(console)}>
        {t.downloadShown(lines(console.rows.matching))}
      </button>
      <fieldset>
        <legend>{t.downloadServer}</legend>
        {EXPORT_FORMATS.map((format) => (
          <button key={format} type="button" onClick={() => void downloadFromServer(console, format)}>
            {t.formats[format]}
          </button>
        ))}
      </fieldset>
    </Dialog>
  );
}
