import { type ServerTexts } from './server-en.js';

/** Texte des Dialogs über den Server, auf Deutsch. */
export const texts: ServerTexts = {
  title: 'Server und Protokollierung',
  tabs: {
    levels: 'Was protokolliert wird',
    destinations: 'Wohin es geht',
    audit: 'Wer was tat',
    redaction: 'Was verdeckt wird',
  },

  unanswered: 'Der Server hat nicht geantwortet. Versuchen Sie es noch einmal.',
  notAllowed: 'Ihr Konto darf das nicht.',
  signedOut: 'Ihre Sitzung ist beendet. Schließen Sie dies, und melden Sie sich wieder an.',
  notThere: 'Dieser Server kann das nicht.',

  levelsText:
    'Fehler und Kritisches werden immer protokolliert. Eine Änderung endet von selbst nach der Zeit, die Sie wählen.',
  part: 'Teil',
  lines: 'Zeilen',
  level: 'Protokolliert',
  allParts: 'Alle Teile',
  everything: 'Alles',
  andAbove: (level) => `${level} und höher`,
  until: (time, left) => `bis ${time}, noch ${left}`,
  setBy: (who) => `eingestellt von ${who}`,
  because: (reason) => `weil: ${reason}`,
  setTitle: 'Die Stufe eines Teils für eine Weile ändern',
  partField: 'Teil, oder Anfang und *',
  levelField: 'Protokollieren',
  howLong: 'Wie lange',
  ttls: {
    600: '10 Minuten',
    1800: '30 Minuten',
    3600: '1 Stunde',
    28800: '8 Stunden',
    86400: '1 Tag',
  },
  reasonField: 'Warum (freiwillig)',
  set: 'Einstellen',
  setDone: (part, level) => `Erledigt. Protokolliert wird von ${part}: ${level}.`,
  change: 'Ändern',
  changeOf: (part) => `Ändern: ${part}`,
  reset: 'Zurücksetzen',
  resetOf: (part) => `Zurücksetzen: ${part}`,
  resetDone: (part) => `Erledigt. ${part}: wie zuvor.`,

  destinationsText: 'Neben der Live-Liste geht jede Zeile hierhin.',
  noDestinations:
    'Zeilen stehen nur in der Live-Liste und sind weg, wenn der Server endet. Wer ihn einrichtet, kann sie in eine Datei schreiben oder anderswohin schicken lassen.',
  sinkStates: {
    up: (since) => `Arbeitet seit ${since}`,
    failing: (since) => `Nimmt seit ${since} keine Zeilen an; es wird weiter versucht`,
    closed: (since) => `Geschlossen seit ${since}`,
  },
  written: (n, count) => (n === 1 ? 'nahm 1 Zeile' : `nahm ${count} Zeilen`),
  filtered: (n, count) => (n === 1 ? 'wollte 1 Zeile nicht' : `wollte ${count} Zeilen nicht`),
  behind: (n, count) => (n === 1 ? 'ist 1 Zeile im Rückstand' : `ist ${count} Zeilen im Rückstand`),
  lost: (n, count) => (n === 1 ? 'hat 1 Zeile verloren' : `hat ${count} Zeilen verloren`),
  test: 'Prüfen',
  testOf: (name) => `Prüfen: ${name}`,
  testing: 'Wird geprüft …',
  testWorked: 'Die Prüfung gelang',
  testFailed: (why) => `Die Prüfung scheiterte: ${why}`,

  auditText: 'Das Neueste zuerst.',
  action: 'Zeigen',
  allActions: 'Alles',
  auditActions: {
    'sign-in': 'Anmeldung',
    denied: 'Abgelehnt',
    stream: 'Live gelesen',
    export: 'Heruntergeladen',
    clear: 'Geleert',
    level: 'Stufe geändert',
    'level-expired': 'Stufe abgelaufen',
    file: 'Datei gelesen',
    configuration: 'Einrichtung',
  },
  when: 'Wann',
  who: 'Wer',
  what: 'Was',
  noDeeds: 'Hier ist nichts.',
  older: 'Ältere',

  redactionText: 'Ein Text zum Ausprobieren. Er wird nicht gespeichert.',
  preview: 'Was würde verdeckt?',
  wouldMaskNothing: 'Nichts darin würde verdeckt.',
  wouldMask: (n, count) =>
    n === 1
      ? 'Das würde verdeckt, nach dieser Regel:'
      : `Diese ${count} würden verdeckt, jedes nach der Regel dahinter:`,
  inTheLog: 'Im Protokoll:',
  masked: 'Verdeckt, seit der Server läuft',
  nothingMasked: 'Noch nichts.',
  rule: 'Regel',
  howOften: 'Wie oft',
};
