import type { RuleVerdict, StoredObservation } from '../baselines/evaluate.ts';
import type { MachineState } from '../metrics/metric-family.ts';
import { type StateBounds, stateAt } from '../store/figure-store.ts';
import type { MachineConflict } from '../store/machine-conflict-store.ts';
import type { MachineSpan } from '../store/machine-history-store.ts';
import type { MachineMove } from '../store/machine-move-store.ts';
import type { Machine, MachineEvent } from '../store/machine-store.ts';
import type { MachineStanding } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import { type ListedAsset, listAssets } from './machine-lists.ts';
import type { MachineNotes } from './machine-notes.ts';

/** Spans that a record shows. */
const MAX_SPANS = 50;

/** Everything that is known of one machine. */
export interface MachineRecord {
  readonly machine: Machine;
  readonly state: MachineState | 'retired';
  /** Undefined for a machine whose standing was lost. */
  readonly standing: MachineStanding | undefined;
  /** The newest outcome of every probe, by probe id. */
  readonly observations: ReadonlyMap<string, StoredObservation>;
  /** As of the newest judgement, sorted by rule id. */
  readonly verdicts: readonly RuleVerdict[];
  readonly notes: MachineNotes;
  /** Newest first. */
  readonly events: readonly MachineEvent[];
  /** Newest first. */
  readonly moves: readonly MachineMove[];
  /** Open and decided ones, newest first. */
  readonly conflicts: readonly MachineConflict[];
  /** How it was counted, newest first. */
  readonly spans: readonly MachineSpan[];
  /** The row of the asset list that it is; absent when there is none. */
  readonly asset?: ListedAsset;
}

/** Reads the record of a machine. */
export async function readMachineRecord(store: Store, machine: Machine, bounds: StateBounds): Promise<MachineRecord> {
  const { machineId, agencyCode, retiredAtMs, enrolledAtMs } = machine;
  const standing = (await store.reports.standings([machine])).get(machineId);
  const assets = await listAssets(store, new Set([agencyCode]));
  const asset = assets.find((one) => one.machineId === machineId);
  return {
    machine,
    state: retiredAtMs === undefined ? stateAt(standing?.lastSeenAtMs ?? enrolledAtMs, bounds) : 'retired',
    standing,
    observations: (await store.reports.observations([machine])).get(machineId) ?? new Map(),
    verdicts: (await store.reports.verdicts([machine])).get(machineId)?.verdicts ?? [],
    notes: (await store.machines.notes([machine])).get(machineId) ?? {},
    events: await store.machines.events(machine),
    moves: await store.machineMoves.movesOf(machineId),
    conflicts: await store.conflicts.of(machineId),
    spans: await store.history.spansOf(machineId, MAX_SPANS),
    ...(asset === undefined ? {} : { asset }),
  };
}
