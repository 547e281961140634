import { type JSX } from 'preact';
import { ClearDialog } from './clear-dialog.js';
import { DownloadDialog } from './download-dialog.js';
import { HelpDialog } from './help-dialog.js';
import { ReportDialog } from './report-dialog.js';
import { useConsole } from './use-console.js';

const DIALOGS = { clear: ClearDialog, download: DownloadDialog, help: HelpDialog, report: ReportDialog };

/** The dialog that is open, if any. */
export function Dialogs(): JSX.Element | null {
  const { dialog } = useConsole();
  const Opened = dialog.value && DIALOGS[dialog.value];
  return Opened ? <Opened /> : null;
}
