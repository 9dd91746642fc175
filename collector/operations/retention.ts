import { DAY_MS, dayNumber, isoDateOf } from '../catalogues/viet-nam-time.ts';
import { IDLE_MS, WHOLE_MS } from '../people/session-rules.ts';
import type { MachineKey } from '../store/machine-store.ts';
import { firstKeptDay } from '../store/metric-source.ts';
import type { Store } from '../store/store.ts';
import type { AgingTable } from '../store/upkeep-store.ts';

/** Days of connectivity beyond those of the machine history: a window of availability ends on the oldest of them. */
const EARLIER_NETWORK_DAYS = 31;

/** Time after which nobody remembers failures to sign in; a lock-out lasts an hour at most, in milliseconds. */
const KEPT_FAILURES_MS = DAY_MS;

/** Machines whose rows are looked through in one transaction: few enough that a report hardly notices. */
const MACHINES_AT_ONCE = 20;

/** Rows of the machine history that are removed in one transaction. */
const ROWS_AT_ONCE = 500;

/** How long things are kept, in days. */
export interface KeptDays {
  readonly keepObservationHistoryDays: number;
  readonly keepMachineEventDays: number;
  readonly keepMachineHistoryDays: number;
}

/** What the work of forgetting is handed. */
export interface RetentionParts {
  readonly store: Store;
  readonly kept: KeptDays;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: number;
  /** Waits between two small transactions and lets reports in; rejects when the collector stops. */
  readonly pause: () => Promise<void>;
}

/** Rows that are gone, by what they were of. */
export interface Forgotten {
  readonly observationCount: number;
  readonly eventCount: number;
  readonly historyCount: number;
}

/**
 * Forgets what is older than it is kept, in transactions of a few milliseconds each. Seals, the audit log, the register
 * and the newest of everything are never touched.
 *
 * @throws {TramdoError} what the store throws; what was forgotten until then stays forgotten
 */
export async function forgetOld({ store, kept, nowMs, pause }: RetentionParts): Promise<Forgotten> {
  const { upkeep } = store;
  const beforeMs = (days: number) => nowMs - days * DAY_MS;
  await store.networkDays.forgetBefore(firstKeptDay(nowMs, kept.keepMachineHistoryDays + EARLIER_NETWORK_DAYS));
  await store.agencyTargets.forgetBefore(beforeMs(kept.keepMachineHistoryDays));
  await store.lineSamples.forgetBefore(dayNumber(beforeMs(kept.keepMachineHistoryDays)));
  await store.sessions.forget({ startedBeforeMs: nowMs - WHOLE_MS, seenBeforeMs: nowMs - IDLE_MS });
  await store.setUpLinks.forgetBefore(nowMs);
  await store.signInFailures.forgetBefore(nowMs - KEPT_FAILURES_MS);
  const observationCount = await forgetByMachine(store, pause, 'observation_history', (machines) =>
    upkeep.forgetObservations(machines, beforeMs(kept.keepObservationHistoryDays)),
  );
  const eventCount = await forgetByMachine(store, pause, 'machine_events', (machines) =>
    upkeep.forgetEvents(machines, beforeMs(kept.keepMachineEventDays)),
  );
  const historyCount = await forgetHistory(store, pause, isoDateOf(beforeMs(kept.keepMachineHistoryDays)));
  return { observationCount, eventCount, historyCount };
}

async function forgetByMachine(
  store: Store,
  pause: () => Promise<void>,
  table: AgingTable,
  forget: (machines: readonly MachineKey[]) => Promise<number>,
): Promise<number> {
  let count = 0;
  let after: MachineKey | undefined;
  for (;;) {
    const machines = await store.upkeep.machinesIn(table, after, MACHINES_AT_ONCE);
    if (machines.length === 0) return count;
    count += await forget(machines);
    after = machines.at(-1);
    await pause();
  }
}

async function forgetHistory(store: Store, pause: () => Promise<void>, day: string): Promise<number> {
  let count = 0;
  for (;;) {
    const spanCount = await store.history.forgetBefore(day, ROWS_AT_ONCE);
    const goneCount = spanCount + (await store.places.forgetBefore(day, ROWS_AT_ONCE));
    if (goneCount === 0) return count;
    count += goneCount;
    await pause();
  }
}
