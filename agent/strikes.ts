/** Strikes after which a probe rests. */
const STRIKES_TO_REST = 3;
/** How long it rests, in milliseconds. */
const REST_MS = 86_400_000;

/** Failures that count as a strike: the probe hung or crashed, so running it again may harm the machine. */
const STRIKING_CODES: ReadonlySet<string> = new Set(['PROBE_TIMED_OUT', 'COMMAND_TIMED_OUT', 'PROBE_CRASHED']);

/** What is remembered of a probe that hung or crashed. */
export interface StrikeRecord {
  readonly count: number;
  /** Newest failure, in words. */
  readonly reason: string;
  /** Instant at which it may run again, epoch milliseconds; absent while it may. */
  readonly restsUntilMs?: number;
}

/** Strikes by probe id; a probe without any is absent. */
export type Strikes = Readonly<Record<string, StrikeRecord>>;

/** Tells whether a probe rests at this instant. */
export function isResting(strikes: Strikes, probeId: string, nowMs: number): boolean {
  const until = strikes[probeId]?.restsUntilMs;
  // A clock that was set back by years must not silence a probe for years.
  return until !== undefined && nowMs < until && until - nowMs <= REST_MS;
}

/**
 * Notes the end of one run: a hang or crash adds a strike and the third one gives 24 hours of rest; every other end,
 * a named failure included, clears them. After the rest one more strike is enough for the next.
 */
export function noteEnd(
  strikes: Strikes,
  probeId: string,
  end: { readonly failure?: { readonly code: string; readonly message: string }; readonly nowMs: number },
): Strikes {
  const { [probeId]: record, ...others } = strikes;
  const { failure } = end;
  if (failure === undefined || !STRIKING_CODES.has(failure.code)) return others;
  const count = Math.min((record?.count ?? 0) + 1, STRIKES_TO_REST);
  const rest = count >= STRIKES_TO_REST ? { restsUntilMs: end.nowMs + REST_MS } : {};
  return { ...others, [probeId]: { count, reason: `${failure.code}: ${failure.message}`.slice(0, 200), ...rest } };
}

/**
 * Reads the journal of probe runs and names the probes that were started and never ended: the agent itself died
 * while they ran. Lines are `start ID` and `end ID`; a line cut short by the crash is skipped.
 */
export function unfinishedProbes(journal: string): readonly string[] {
  const running = new Set<string>();
  for (const line of journal.split('\n')) {
    const [word, probeId] = line.split(' ');
    if (probeId === undefined) continue;
    if (word === 'start') running.add(probeId);
    if (word === 'end') running.delete(probeId);
  }
  return [...running].toSorted();
}
