import { type SinkStats } from '../../../src/domain/log-sink.js';

/** Texts of the dialog about the server, in English; the others have their shape. */
export const texts = {
  title: 'Server and logging',
  tabs: {
    levels: 'What is logged',
    destinations: 'Where it goes',
    instances: 'Instances',
    audit: 'Who did what',
    redaction: 'What is masked',
  },

  unanswered: 'The server did not answer. Try again.',
  notAllowed: 'Your account is not allowed to do this.',
  signedOut: 'Your session ended. Close this, and sign in again.',
  notThere: 'This server cannot do this.',

  levelsText:
    'Errors and critical lines are always logged. A change ends by itself after the time you choose.',
  part: 'Part',
  lines: 'Lines',
  level: 'Logged',
  allParts: 'All parts',
  otherParts: 'Others, too many to list',
  everything: 'Everything',
  andAbove: (level: string) => `${level} and above`,
  until: (time: string, left: string) => `until ${time}, for another ${left}`,
  setBy: (who: string) => `set by ${who}`,
  because: (reason: string) => `because: ${reason}`,
  setTitle: 'Change the level of a part for a while',
  partField: 'Part or beginning*',
  levelField: 'Log',
  howLong: 'For how long',
  ttls: {
    600: '10 minutes',
    1800: '30 minutes',
    3600: '1 hour',
    28800: '8 hours',
    86400: '1 day',
  } as Readonly<Record<string, string>>,
  reasonField: 'Why (optional)',
  set: 'Set',
  setDone: (part: string, level: string) => `Done. Logged of ${part}: ${level}.`,
  change: 'Change',
  changeOf: (part: string) => `Change ${part}`,
  reset: 'Reset',
  resetOf: (part: string) => `Reset ${part}`,
  resetDone: (part: string) => `Done. ${part} is logged as before.`,

  destinationsText: 'Beside the live list, every line goes here.',
  noDestinations:
    'Lines are in the live list only, and gone when the server stops. Whoever installs it can have them written to a file, or sent elsewhere.',
  sinkStates: {
    up: (since: string) => `Works since ${since}`,
    failing: (since: string) => `Takes no lines since ${since}; it is tried again`,
    closed: (since: string) => `Closed since ${since}`,
  } satisfies Record<SinkStats['state'], (since: string) => string>,
  written: (n: number, count: string) => (n === 1 ? 'took 1 line' : `took ${count} lines`),
  filtered: (n: number, count: string) => (n === 1 ? 'did not want 1 line' : `did not want ${count} lines`),
  behind: (n: number, count: string) => (n === 1 ? 'is 1 line behind' : `is ${count} lines behind`),
  lost: (n: number, count: string) => (n === 1 ? 'lost 1 line' : `lost ${count} lines`),
  test: 'Test',
  testOf: (name: string) => `Test ${name}`,
  testing: 'Testing…',
  testWorked: 'The test worked',
  testFailed: (why: string) => `The test failed: ${why}`,

  instancesText: 'These share one log: whichever of them answers, you see the lines of all.',
  oneInstance: 'There is only this one.',
  onlyThisKnown: 'The shared log is away: only the instance that answers is known.',
  instanceStates: {
    up: (since: string) => `Up since ${since}`,
    gone: (seen: string) => `Gone; last heard of at ${seen}`,
  },
  process: (pid: number, host: string) => `process ${pid} on ${host}`,
  version: (version: string) => `version ${version}`,
  allSeen: 'all of its lines are there',
  unseen: (n: number, count: string) =>
    n === 1 ? '1 of its lines is not there yet' : `${count} of its lines are not there yet`,
  dropped: (n: number, count: string) =>
    n === 1 ? '1 of its lines was lost' : `${count} of its lines were lost`,

  auditText: 'The newest first.',
  action: 'Show',
  allActions: 'Everything',
  auditActions: {
    'sign-in': 'Signing in',
    denied: 'Refused',
    stream: 'Reading live',
    export: 'Download',
    clear: 'Clearing',
    level: 'Level changed',
    'level-expired': 'Level ended',
    file: 'File read',
    cancel: 'Operation cancelled',
    'sink-test': 'Destination tested',
    configuration: 'Configuration',
  } as Readonly<Record<string, string>>,
  when: 'When',
  who: 'Who',
  what: 'What',
  noDeeds: 'Nothing here.',
  older: 'Older',

  redactionText: 'A text to try. It is not stored.',
  preview: 'What would be masked?',
  wouldMaskNothing: 'Nothing in it would be masked.',
  wouldMask: (n: number, count: string) =>
    n === 1
      ? 'This would be masked, by this rule:'
      : `These ${count} would be masked, each by the rule behind it:`,
  inTheLog: 'In the log:',
  masked: 'Masked since the server started',
  nothingMasked: 'Nothing yet.',
  rule: 'Rule',
  howOften: 'How often',
};

export type ServerTexts = typeof texts;
