import { type JSX } from 'preact';
import { useState } from 'preact/hooks';
import { copy } from '../console/line-actions.js';
import { makeReport } from '../console/make-report.js';
import { saveFile } from '../formats/save-file.js';
import { Dialog } from './dialog.js';
import { useTexts } from './use-console.js';

/** Shows the report before it is copied. */
export function ReportDialog(): JSX.Element {
  const { console, t } = useTexts();
  const [report] = useState(() => makeReport(console));
  return (
    <Dialog
      title={t.reportTitle}
      actions={
        <>
          <button onClick={() => saveFile('report.txt', 'text/plain;charset=utf-8', report)}>{t.save}</button>
          <button class="primary" onClick={() => void copy(console, report, 'report.txt')}>
            {t.copy}
          </button>
        </>
      }
    >
      <p>{t.reportText}</p>
      <pre class="report" tabIndex={0}>
        {report}
      </pre>
    </Dialog>
  );
}
