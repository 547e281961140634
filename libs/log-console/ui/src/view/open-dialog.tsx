import { type JSX } from 'preact';
import { type DialogName } from '../console/console.js';
import { CancelDialog } from './cancel-dialog.js';
import { ClearDialog } from './clear-dialog.js';
import { DownloadDialog } from './download-dialog.js';
import { HelpDialog } from './help-dialog.js';
import { ReportDialog } from './report-dialog.js';
import { ServerDialog } from './server-dialog.js';

const DIALOGS = {
  cancel: CancelDialog,
  clear: ClearDialog,
  download: DownloadDialog,
  help: HelpDialog,
  report: ReportDialog,
  server: ServerDialog,
};

/** The dialog of a name. A file of its own, with all that only dialogs need. */
export function OpenDialog({ name }: { name: DialogName }): JSX.Element {
  const Dialog = DIALOGS[name];
  return <Dialog />;
}
