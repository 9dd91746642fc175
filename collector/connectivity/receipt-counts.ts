import type { ReceiptResult } from './verify-receipt.ts';

/** Counts what became of receipts since the collector started. */
export class ReceiptCounts {
  readonly #counts = new Map<ReceiptResult, number>();

  /** Counts one receipt. */
  add(result: ReceiptResult): void {
    this.#counts.set(result, (this.#counts.get(result) ?? 0) + 1);
  }

  /** The counts so far, sorted by result; a result nobody had is absent. */
  list(): readonly { readonly result: ReceiptResult; readonly count: number }[] {
    return [...this.#counts]
      .map(([result, count]) => ({ result, count }))
      .toSorted((a, b) => (a.result < b.result ? -1 : 1));
  }
}
