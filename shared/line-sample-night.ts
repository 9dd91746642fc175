import type { Plan } from './plan.ts';

/** When and how capacity of lines is measured; a part of the plan. */
export type LineSampleTerms = NonNullable<Plan['lineSample']>;

/** Shortest time between two samples of one agency, and of one machine, in milliseconds. */
export const SAMPLE_PAUSE_MS = 20 * 3_600_000;

const HOUR_MS = 3_600_000;
/** Asia/Ho_Chi_Minh is UTC+7 all year since 1975 (IANA tz database). */
const OFFSET_MS = 7 * HOUR_MS;

/** Tells whether an instant lies in the night of the plan, which may go over midnight. */
export function isAtNight(atMs: number, { fromHour, toHour }: Pick<LineSampleTerms, 'fromHour' | 'toHour'>): boolean {
  const hour = Math.floor((atMs + OFFSET_MS) / HOUR_MS) % 24;
  return fromHour < toHour ? hour >= fromHour && hour < toHour : hour >= fromHour || hour < toHour;
}
