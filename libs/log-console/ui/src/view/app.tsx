import { type JSX } from 'preact';
import { type Console } from '../console/console.js';
import { Announcer } from './announcer.js';
import { Banners } from './banners.js';
import { Controls } from './controls.js';
import { Dialogs } from './dialogs.js';
import { FilterBar } from './filter-bar.js';
import { Footer } from './footer.js';
import { LineList } from './line-list.js';
import { MinutesBar } from './minutes-bar.js';
import { OperationHead } from './operation-head.js';
import { RequestHead } from './request-head.js';
import { SignIn } from './sign-in.js';
import { SourceSwitcher } from './source-switcher.js';
import { Status } from './status.js';
import { ConsoleContext } from './use-console.js';

/** The console: what it is and how it is connected, what is shown, the lines, and what there is to know about them. */
export function App({ console }: { console: Console }): JSX.Element {
  const { kind } = console.state.value;
  const { source } = console;
  const { requestId } = console.filters.value;
  const hasLines = console.mayRead.value;
  const signIn = kind === 'signed-out' && <SignIn />;
  return (
    <ConsoleContext.Provider value={console}>
      <header>
        <div class="top">
          <SourceSwitcher />
          <Status />
          <Controls />
        </div>
        {hasLines && source.kind === 'operation' && <OperationHead />}
        {hasLines && requestId !== undefined && <RequestHead key={requestId} id={requestId} />}
        {hasLines && <FilterBar />}
        {hasLines && <MinutesBar />}
      </header>
      <div class="body">{hasLines ? <LineList /> : <main class="lines">{signIn}</main>}</div>
      {hasLines && signIn}
      <Banners />
      {hasLines && <Footer />}
      <Dialogs />
      <Announcer />
    </ConsoleContext.Provider>
  );
}
