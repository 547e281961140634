import { type SharedTexts } from './shared-en.js';

/** Texte für das, was nur da ist, wo mehrere Prozesse das Protokoll teilen, auf Deutsch. */
export const texts: SharedTexts = {
  all: 'Alle Instanzen',
  instance: 'Instanz',
  only: 'Nur diese Instanz',
  away: (since, name) =>
    `Das gemeinsame Protokoll ist seit ${since} nicht erreichbar. Sie sehen nur die Zeilen dieses Servers (${name}). Es kommt von selbst zurück.`,
  awaited: (since) =>
    `Das gemeinsame Protokoll ist seit ${since} nicht erreichbar. Neue Zeilen erscheinen, wenn es zurück ist; es kommt von selbst zurück.`,
  onlyThisServer: 'Nur diesen Server zeigen',
  lost: (name) => `sie gingen auf dem Weg von ${name} zum gemeinsamen Protokoll verloren`,
  anew: (time) =>
    `Hier, um ${time}, beginnt das gemeinsame Protokoll neu. Zeilen von kurz davor fehlen vielleicht; laden Sie die Seite neu für alles, was es hat.`,
  elsewhere:
    'Dieser Server kennt diesen Vorgang nicht: er läuft oder lief auf einem anderen. Das sind seine Zeilen im gemeinsamen Protokoll.',
  events: {
    joined: (name, time) => `${name} kam um ${time} dazu.`,
    left: (name, time) => `${name} ging um ${time}.`,
    'is gone': (name, time) => `${name} ist fort, bemerkt um ${time}.`,
    'is back': (name, time) => `${name} ist seit ${time} wieder da.`,
  },
};
