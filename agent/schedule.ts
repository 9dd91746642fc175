import { Cron } from 'croner';
import { messageOf } from '#shared/errors.ts';
import { log } from './log.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/**
 * Cron pattern (with seconds) of a job that runs every `intervalMs`, shifted by `offsetMs` within the interval.
 *
 * @param intervalMs one of INTERVAL_SECONDS of shared/plan.ts: it divides a minute, an hour or a day
 */
export function cronPattern(intervalMs: number, offsetMs: number): string {
  const offset = Math.floor((offsetMs % intervalMs) / SECOND_MS);
  const second = offset % 60;
  const minute = Math.floor(offset / 60) % 60;
  const hour = Math.floor(offset / 3_600);
  if (intervalMs < MINUTE_MS) return `${second}-59/${intervalMs / SECOND_MS} * * * * *`;
  if (intervalMs < HOUR_MS) return `${second} ${minute}-59/${intervalMs / MINUTE_MS} * * * *`;
  return `${second} ${minute} ${hour}-23/${intervalMs / HOUR_MS} * * *`;
}

/**
 * Shift of a machine within an interval: the same every day, and spread evenly over machines.
 *
 * The last 32 bits of a UUIDv7 are random (RFC 9562 section 5.7), so that no hash is needed here; `node:crypto` alone
 * would add 5 MB to the resident process.
 */
export function splayMs(machineId: string, intervalMs: number): number {
  const spread = Number.parseInt(machineId.slice(-8), 16) / 2 ** 32;
  return Math.floor((spread * intervalMs) / SECOND_MS) * SECOND_MS;
}

/** A job with its name and interval. */
export interface ScheduledJob {
  readonly name: string;
  readonly intervalMs: number;
  readonly offsetMs: number;
  readonly run: () => Promise<void>;
}

/** Starts a job; it never overlaps itself, and a failure is logged and ends nothing. */
export function schedule({ name, intervalMs, offsetMs, run }: ScheduledJob): { stop(): void } {
  return new Cron(
    cronPattern(intervalMs, offsetMs),
    {
      // Hours of UTC: a change of the local zone must not shift the grid. It also keeps time zone data out of memory.
      utcOffset: 0,
      protect: true,
      catch: (error: unknown) => log('error', { job: name, err: messageOf(error) }, 'Scheduled job failed'),
    },
    run,
  );
}

/** The next instant of a machine's grid, epoch milliseconds. */
export function nextRunMs(machineId: string, intervalMs: number, nowMs: number): number {
  const offset = splayMs(machineId, intervalMs);
  return Math.floor((nowMs - offset) / intervalMs + 1) * intervalMs + offset;
}
