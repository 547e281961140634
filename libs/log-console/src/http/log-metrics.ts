import { type LogStats } from '../domain/log-stats.js';
import { type SinkStats } from '../domain/log-sink.js';
import { type Metric, type Sample } from './metrics-text.js';

/** What is measured. */
export interface Measured {
  readonly stats: LogStats;
  /** Streams and polls that found no free slot. */
  readonly refused: number;
  /** Operations that run. */
  readonly operations: number;
  /** Of this package. */
  readonly version: string;
  readonly instance: string;
}

const one = (value: number): Sample[] => [{ value }];
const by = (label: string, values: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));

/** The module's counters as metrics. Labels are levels, and names of rules and destinations, which the options give: never text of a line. */
export function logMetrics({ stats, refused, operations, version, instance }: Measured): Metric[] {
  const counter = (name: string, help: string, samples: Sample[]): Metric => ({
    name: `log_console_${name}_total`,
    help,
    type: 'counter',
    samples,
  });
  const gauge = (name: string, help: string, samples: Sample[]): Metric => ({
    name: `log_console_${name}`,
    help,
    type: 'gauge',
    samples,
  });
  const ofSinks = (pick: (sink: SinkStats) => number): Sample[] =>
    Object.entries(stats.sinks).map(([sink, each]) => ({ labels: { sink }, value: pick(each) }));
  const { streams, polls } = stats.readers;
  return [
    gauge('info', 'This process, and the version of nestjs-log-console in it.', [
      { labels: { version, instance }, value: 1 },
    ]),
    counter(
      'entries_accepted',
      'Entries that were taken into the ring.',
      by('level', stats.accepted.byLevel),
    ),
    counter('entries_below_level', 'Lines not captured because of their level.', one(stats.belowLevel)),
    counter('entries_rejected', 'Lines logged too deep within the capture of another.', one(stats.rejected)),
    counter(
      'entries_suppressed',
      'Lines about the own routes of the console, not captured.',
      one(stats.suppressed),
    ),
    counter('entries_evicted', 'Entries that gave way to newer ones.', one(stats.evicted)),
    counter('entries_cleared', 'Entries that somebody cleared.', one(stats.cleared)),
    gauge('ring_entries', 'Entries held.', one(stats.held.entries)),
    gauge('ring_bytes', 'Text held, one byte per UTF-16 code unit.', one(stats.held.bytes)),
    gauge('ring_capacity_entries', 'Entries held at most.', one(stats.capacity.entries)),
    gauge('ring_capacity_bytes', 'Text held at most.', one(stats.capacity.bytes)),
    gauge('readers', 'Open live answers, and polls that wait.', by('kind', { stream: streams, poll: polls })),
    counter('readers_refused', 'Streams and polls that found no free slot.', one(refused)),
    counter(
      'sink_written',
      'Lines a destination took.',
      ofSinks(({ written }) => written),
    ),
    counter(
      'sink_filtered',
      'Lines kept away by the level or context of a destination.',
      ofSinks(({ filtered }) => filtered),
    ),
    counter(
      'sink_dropped',
      'Lines that were gone before a destination could take them.',
      ofSinks(({ dropped }) => dropped),
    ),
    gauge(
      'sink_behind',
      'Lines a destination still has to be handed.',
      ofSinks(({ behind }) => behind),
    ),
    gauge(
      'sink_failing',
      '1 while a destination does not take lines.',
      ofSinks(({ state }) => (state === 'failing' ? 1 : 0)),
    ),
    counter('redactions', 'How often a redaction rule masked something.', by('rule', stats.redactions)),
    gauge('operations_running', 'Operations that run.', one(operations)),
  ];
}
