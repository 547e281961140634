const LONGEST_MS = 60_000;
const ENTRY = /\{"id":\d+,"time":"([^"]+)"/g;

/** How long entries took from the time they bear until all of their event had arrived, counted in whole milliseconds. */
export class Latencies {
  #counts = new Uint32Array(LONGEST_MS + 1);

  /** Forgets what was counted. */
  clear() {
    this.#counts.fill(0);
  }

  /** What is called with each piece of text one reader gets. */
  reader() {
    let waiting = '';
    return (text) => {
      const end = text.lastIndexOf('\n\n');
      if (end < 0) {
        waiting += text;
        return;
      }
      const now = Date.now();
      for (const [, time] of (waiting + text.slice(0, end)).matchAll(ENTRY)) {
        this.#counts[Math.min(LONGEST_MS, Math.max(0, now - Date.parse(time)))]++;
      }
      waiting = text.slice(end);
    };
  }

  /** The milliseconds within which such a share of the entries arrived; NaN when none did. */
  within(share) {
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) return NaN;
    let seen = 0;
    return this.#counts.findIndex((count) => (seen += count) >= total * share);
  }
}
