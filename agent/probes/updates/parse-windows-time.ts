/** 1 January 1970 as a FILETIME, in milliseconds since 1601. */
const EPOCH_MS = 11_644_473_600_000;
/** 1 January 2000 and 2100, epoch milliseconds: what lies outside was written by a machine without a clock. */
const [EARLIEST_MS, LATEST_MS] = [946_684_800_000, 4_102_444_800_000];

/**
 * The instant of a FILETIME in two halves (MS-DTYP 2.3.3: units of 100 nanoseconds since 1601), epoch milliseconds.
 *
 * PowerShell reads a REG_DWORD as a signed number, so either half may be negative. Undefined when one is missing or the
 * instant is not of our time.
 */
export function fileTimeMs(high: number | undefined, low: number | undefined): number | undefined {
  if (high === undefined || low === undefined) return undefined;
  const units = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  const instantMs = Number(units / 10_000n) - EPOCH_MS;
  return instantMs > EARLIEST_MS && instantMs < LATEST_MS ? instantMs : undefined;
}

/** `2026-11-10 03:12:45`, which the update agent writes in UTC, as epoch milliseconds; undefined for anything else. */
export function parseUpdateAgentTime(text: string | undefined): number | undefined {
  const [, day, clock] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})$/.exec(text ?? '') ?? [];
  if (day === undefined || clock === undefined) return undefined;
  const instantMs = Date.parse(`${day}T${clock}Z`);
  return Number.isNaN(instantMs) ? undefined : instantMs;
}
