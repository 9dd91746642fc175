import type { Probe } from './probes/probe.ts';
import { isResting, type Strikes } from './strikes.ts';
import type { OutcomeCache } from './uplink/agent-state.ts';

/** A failed look is repeated after an hour, even where a good one would hold for a day; in milliseconds. */
const RETRY_MS = 3_600_000;
/** Reports come a little early or late: an observation this close to its age limit is made anew; in milliseconds. */
const SLACK_MS = 60_000;

/** What decides which probes look now. */
export interface DueOptions {
  readonly outcomes: OutcomeCache;
  readonly strikes: Strikes;
  /** State of every probe's watched paths and commands now, by probe id. */
  readonly watched: Readonly<Record<string, string>>;
  readonly inventoryMs: number;
  readonly nowMs: number;
  /** Look with every probe, whatever its age. */
  readonly isForced: boolean;
}

/** How a due probe is run: side by side with the others, or alone after them because it hung or crashed before. */
export interface DueProbes {
  readonly together: readonly Probe[];
  readonly alone: readonly Probe[];
}

/** Chooses the probes that look now; those that rest are left out. */
export function dueProbes(probes: readonly Probe[], options: DueOptions): DueProbes {
  const due = probes.filter(
    (probe) =>
      !isResting(options.strikes, probe.id, options.nowMs) &&
      (options.isForced ||
        isNew(probe, options) ||
        (agedBy(probe, options).lateMs >= 0 && !hasJustWaited(probe, options))),
  );
  const isSuspect = (probe: Probe) => options.strikes[probe.id] !== undefined;
  return { together: due.filter((probe) => !isSuspect(probe)), alone: due.filter(isSuspect) };
}

/** Tells whether a probe is due whatever its age: it never looked, the clock was set back, or what it watches changed. */
export function isNew(probe: Probe, { outcomes, watched, nowMs }: DueOptions): boolean {
  const outcome = outcomes[probe.id];
  return outcome === undefined || nowMs < outcome.observedAtMs || outcome.watched !== watched[probe.id];
}

/** Finding out again that the machine runs on battery takes a process on Windows. */
function hasJustWaited(probe: Probe, { outcomes, nowMs }: DueOptions): boolean {
  const sinceMs = nowMs - (outcomes[probe.id]?.waitedAtMs ?? Number.NEGATIVE_INFINITY);
  return sinceMs >= 0 && sinceMs < RETRY_MS - SLACK_MS;
}

/** How old what a probe saw last is, and for how long it has been too old, in milliseconds; negative when it is not. */
export function agedBy(
  probe: Probe,
  { outcomes, inventoryMs, nowMs }: DueOptions,
): { readonly ageMs: number; readonly lateMs: number } {
  const outcome = outcomes[probe.id];
  const ageMs = nowMs - (outcome?.observedAtMs ?? nowMs);
  const refreshMs = probe.refresh === 'inventory' ? inventoryMs : probe.refresh;
  const limitMs = outcome?.failure === undefined ? refreshMs : Math.min(refreshMs, RETRY_MS);
  return { ageMs, lateMs: ageMs + Math.min(SLACK_MS, limitMs / 10) - limitMs };
}
