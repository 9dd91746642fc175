import type { Observation } from '#shared/observations/index.ts';

/** What a time service says of itself; a clock that is ahead has a positive offset. */
export type ClockSync = Pick<Observation<'time'>, 'source' | 'isSynchronised' | 'offsetSeconds'>;
