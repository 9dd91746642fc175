import type { Store } from '../store/store.ts';
import type { Judge } from './judge.ts';
import { recordStandings } from './record-standings.ts';

/** Machines judged in one transaction; short enough to let reports in between. */
const BATCH_COUNT = 200;

/** Between two looks for machines whose verdicts have run out, in milliseconds. */
const INTERVAL_MS = 60_000;

/** Something that runs until it is stopped. */
export interface RunningJob {
  /** Stops and waits for a run that is under way. */
  stop(): Promise<void>;
}

/**
 * Judges the machines whose verdicts have run out or come from another baseline or catalogue.
 *
 * @returns how many were judged
 * @throws {TramdoError} what the store throws
 */
export async function rejudgeDue(store: Store, judge: Judge, atMs: number): Promise<number> {
  let judgedCount = 0;
  for (;;) {
    const count = await rejudgeSome(store, judge, atMs);
    judgedCount += count;
    if (count < BATCH_COUNT) return judgedCount;
    // Lets reports that arrived meanwhile go first.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function rejudgeSome(store: Store, judge: Judge, atMs: number): Promise<number> {
  return store.transaction(async (transaction) => {
    const { reports } = transaction;
    const keys = await reports.dueForJudging(atMs, judge.version, BATCH_COUNT);
    if (keys.length === 0) return 0;
    const standings = await reports.standings(keys);
    const observations = await reports.observations(keys);
    const judged = [...standings.values()].map((standing) =>
      judge.judge(standing, observations.get(standing.machineId) ?? new Map(), atMs),
    );
    const after = judged.map(({ standing }) => standing);
    await recordStandings(transaction, { before: standings, after, atMs });
    await reports.saveVerdicts(judged.map(({ verdicts }) => verdicts));
    return keys.length;
  });
}

/**
 * Looks every minute, beginning at once, so that silence turns into other verdicts by itself. Runs never overlap.
 *
 * @param run one look; it must not be running when it is called again
 * @param onError told of every run that failed
 */
export function startEveryMinute(run: () => Promise<void>, onError: (error: unknown) => void): RunningJob {
  let running: Promise<void> | undefined;
  const start = () => {
    running ??= run()
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  start();
  const timer = setInterval(start, INTERVAL_MS).unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
