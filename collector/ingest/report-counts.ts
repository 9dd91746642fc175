/** Counts what became of reports since the collector started. */
export class ReportCounts {
  readonly #counts = new Map<string, number>();

  /** @param result `accepted`, `duplicate` or the code of the refusal, never text of a machine */
  add(result: string): void {
    this.#counts.set(result, (this.#counts.get(result) ?? 0) + 1);
  }

  /** The counts so far, sorted by result. */
  list(): readonly { readonly result: string; readonly count: number }[] {
    return [...this.#counts].map(([result, count]) => ({ result, count })).toSorted((a, b) => (a.result < b.result ? -1 : 1));
  }
}
