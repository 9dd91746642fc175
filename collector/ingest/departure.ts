import type { ArrivedReport } from './apply-batch.ts';

/** How long a relay may say that it kept a report, in milliseconds: what is older is not counted any more. */
export const MAX_WAIT_MS = 40 * 86_400_000;

/** What tells when a report left its machine. */
export type Departure = Pick<ArrivedReport, 'arrivedAtMs' | 'madeAtMs' | 'waitedMs'>;

/**
 * When a report left its machine, by the collector's clock, epoch milliseconds: when it arrived, unless it was carried by
 * hand or waited in a relay. What a machine dates is laid on the collector's clock by it, and it is the machine's sign of
 * life; how long a report was on its way says nothing of the machine's clock.
 */
export function leftAtMs({ arrivedAtMs, madeAtMs, waitedMs = 0 }: Departure): number {
  return madeAtMs ?? arrivedAtMs - waitedMs;
}

/** The wait that a relay tells in a header, in milliseconds; none when it is no whole number of seconds. */
export function waitedMsOf(header: string | readonly string[] | undefined): number {
  if (typeof header !== 'string' || !/^[0-9]{1,9}$/.test(header)) return 0;
  return Math.min(Number(header) * 1_000, MAX_WAIT_MS);
}
