import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { MachineDays } from '../store/machine-history-store.ts';
import type { MachineStanding } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import type { InternetDays } from './internet-days.ts';

/** Standings before and after something happened. */
export interface StandingChanges {
  /** By machine id; a machine that has none is new. */
  readonly before: ReadonlyMap<string, MachineStanding>;
  readonly after: readonly MachineStanding[];
  /** When it happened, epoch milliseconds. */
  readonly atMs: number;
  /** What reports said of days on the Internet that is not known yet, by machine id. */
  readonly internetDays?: ReadonlyMap<string, InternetDays>;
}

/**
 * Saves standings together with the history that makes their past days countable. A machine that is counted as before
 * on a day that is known costs nothing beside its standing.
 */
export async function recordStandings(store: Store, changes: StandingChanges): Promise<void> {
  const { before, after, atMs, internetDays } = changes;
  await store.reports.saveStandings(after);
  const changed = after.filter((standing) => isCountedOtherwise(before.get(standing.machineId), standing));
  if (changed.length > 0) await store.history.begin(changed, atMs);
  const days = after.flatMap((standing) =>
    newDays(before.get(standing.machineId), standing, internetDays?.get(standing.machineId)),
  );
  if (days.length > 0) await store.history.addDays(days);
}

function isCountedOtherwise(before: MachineStanding | undefined, after: MachineStanding): boolean {
  return (
    before === undefined ||
    before.verdictKey !== after.verdictKey ||
    before.antivirusKey !== after.antivirusKey ||
    before.kind !== after.kind ||
    before.isRetired !== after.isRetired
  );
}

function newDays(
  before: MachineStanding | undefined,
  { agencyCode, machineId, lastSeenAtMs }: MachineStanding,
  internet: InternetDays | undefined,
): readonly MachineDays[] {
  const day = dayNumber(lastSeenAtMs);
  const isNewDay = before === undefined || dayNumber(before.lastSeenAtMs) !== day;
  if (!isNewDay && internet === undefined) return [];
  const { tried = [], online = [] } = internet ?? {};
  return [{ agencyCode, machineId, seen: isNewDay ? [day] : [], tried, online }];
}
