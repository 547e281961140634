import { reportOf } from '../lines/report.js';
import { type Console } from './console.js';
import { textOf } from './download.js';

/** The report for support, of what the page knows now. */
export function makeReport(console: Console): string {
  const { preferences, session, state, filters, list, rows } = console;
  const t = preferences.texts.value;
  const { name = '', version = '', instance = '' } = session.value?.server ?? {};
  return reportOf(
    {
      time: preferences.times.value.dateTime(console.now()),
      app: { name, version, instance },
      user: session.value?.user ?? { name: '', role: '' },
      connection: t.status[state.value.kind][0] ?? '',
      page: location.pathname,
      browser: navigator.userAgent,
      language: preferences.locale.value,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      filters: filters.value,
      list,
      rows,
      asText: (line) => textOf(console, line),
    },
    {
      ...t.reportHeadings,
      instance: t.instance,
      language: t.language,
      level: t.levelsLabel,
      search: t.search,
      context: t.part,
      requestId: t.request,
      operation: t.operation,
      process: t.instance,
      levels: t.levels,
    },
  );
}
