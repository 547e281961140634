/** Texts of what is only there where several processes share the log, in English; the others have their shape. */
export const texts = {
  all: 'All instances',
  instance: 'Instance',
  only: 'Only this instance',
  away: (since: string, name: string) =>
    `The shared log is away since ${since}. You see the lines of this server only (${name}). It comes back by itself.`,
  awaited: (since: string) =>
    `The shared log is away since ${since}. New lines appear here when it is back; it comes back by itself.`,
  onlyThisServer: 'Show this server only',
  lost: (name: string) => `they were lost on the way from ${name} to the shared log`,
  anew: (time: string) =>
    `The shared log begins anew here, at ${time}. Lines from just before may be missing; reload the page for all that it holds.`,
  elsewhere:
    'This server does not know this operation: it runs, or ran, on another one. These are its lines in the shared log.',
  events: {
    joined: (name: string, time: string) => `${name} joined at ${time}.`,
    left: (name: string, time: string) => `${name} left at ${time}.`,
    'is gone': (name: string, time: string) => `${name} is gone, noticed at ${time}.`,
    'is back': (name: string, time: string) => `${name} is back since ${time}.`,
  },
};

export type SharedTexts = typeof texts;
