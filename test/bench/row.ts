/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  readonly what: string;
  readonly measured: string;
  /** What it is compared with, in the same run. */
  readonly against: string;
  readonly ratio?: number;
  readonly budget: string;
  /** Absent when the row has no budget of its own. */
  readonly isMet?: boolean;
}

/** The middle of several runs. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]];
  return (low + high) / 2;
}

/** Prints rows as a Markdown table. */
export function printTable(rows: readonly BenchRow[]): void {
  console.log('\n| what | measured | against (same run) | ratio | budget | met |\n|---|---|---|---|---|---|');
  for (const { what, measured, against, ratio, budget, isMet } of rows) {
    const met = { true: 'yes', false: 'no', undefined: '' }[String(isMet)] ?? '';
    console.log(`| ${what} | ${measured} | ${against} | ${ratio?.toFixed(2) ?? ''} | ${budget} | ${met} |`);
  }
}
