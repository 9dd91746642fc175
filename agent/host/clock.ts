/** The machine's wall clock, epoch milliseconds; for what has no {@link Host} at hand. */
export function wallClockMs(): number {
  return Date.now();
}

/**
 * Milliseconds since some instant before the machine was started: the same count in every process, untouched when
 * somebody sets the clock; it begins anew with the machine.
 */
export function machineUptimeMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
