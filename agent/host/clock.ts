/** The machine's wall clock, epoch milliseconds; for what has no {@link Host} at hand. */
export function wallClockMs(): number {
  return Date.now();
}
