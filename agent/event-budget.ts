/** How many lines went to the event log in the hour that began at an instant. */
export interface EventCount {
  /** Epoch milliseconds, by the machine's clock. */
  readonly sinceMs: number;
  readonly toldCount: number;
  readonly leftOutCount: number;
}

/** What becomes of one more line. */
export interface EventDecision {
  readonly count: EventCount;
  readonly isTold: boolean;
  /** Lines left out in the hour before, to be told of first; 0 when there were none. */
  readonly leftOutBefore: number;
}

const HOUR_MS = 3_600_000;
const MAX_PER_HOUR = 10;

/**
 * Decides whether one more line goes to the event log: ten an hour, so that a PC in trouble does not drown the log
 * that others need. A clock that was set back begins a new hour.
 */
export function spendEvent(before: EventCount | undefined, nowMs: number): EventDecision {
  const age = before === undefined ? HOUR_MS : nowMs - before.sinceMs;
  if (before === undefined || age < 0 || age >= HOUR_MS) {
    const count = { sinceMs: nowMs, toldCount: 1, leftOutCount: 0 };
    return { count, isTold: true, leftOutBefore: before?.leftOutCount ?? 0 };
  }
  if (before.toldCount < MAX_PER_HOUR) {
    return { count: { ...before, toldCount: before.toldCount + 1 }, isTold: true, leftOutBefore: 0 };
  }
  return { count: { ...before, leftOutCount: before.leftOutCount + 1 }, isTold: false, leftOutBefore: 0 };
}

/** Reads the count as it lies on disk; undefined when there is none or the file is damaged. */
export function parseEventCount(text: string | undefined): EventCount | undefined {
  const [, sinceMs, toldCount, leftOutCount] =
    /"sinceMs":([0-9]+),"toldCount":([0-9]+),"leftOutCount":([0-9]+)/.exec(text ?? '') ?? [];
  if (sinceMs === undefined || toldCount === undefined || leftOutCount === undefined) return undefined;
  return { sinceMs: Number(sinceMs), toldCount: Number(toldCount), leftOutCount: Number(leftOutCount) };
}
