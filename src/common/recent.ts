/** Keeps the newest documents under their number, and forgets the oldest beyond the limit. */
export class Recent<T extends { readonly id: number }> {
  readonly #byId = new Map<number, T>();

  constructor(private readonly limit = 500) {}

  add(document: T): void {
    this.#byId.set(document.id, document);
    if (this.#byId.size <= this.limit) return;
    const [oldest] = this.#byId.keys();
    this.#byId.delete(oldest);
  }

  find(id: number): T | undefined {
    return this.#byId.get(id);
  }

  /** Newest first. */
  list(): T[] {
    return [...this.#byId.values()].reverse();
  }
}
