import { TramdoError } from '#shared/errors.ts';
import { type Principal, scopeOf } from '../people/principal.ts';
import type { RegisterState } from '../register/register-state.ts';
import type { ConflictDecision, MachineConflict } from '../store/machine-conflict-store.ts';
import type { ListedMachine, MachineQuery } from '../store/machine-page.ts';
import type { Machine } from '../store/machine-store.ts';
import type { ObservationChange } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import type { Ageing } from './ageing.ts';
import { decideConflict } from './decide-conflict.ts';
import type { DeclaredMachine } from './declared-machine.ts';
import { findMachine } from './find-machine.ts';
import { type ListedAsset, listAssets, listUnassigned, listUnregistered } from './machine-lists.ts';
import { type MachineNotes, machineNotes } from './machine-notes.ts';
import { type MachineRecord, readMachineRecord } from './machine-record.ts';
import { moveMachine } from './move-machine.ts';
import { replaceFingerprint } from './replace-fingerprints.ts';
import { bringBackMachine, retireMachine } from './retire-machine.ts';

/** What the desk works with. */
export interface MachineDeskParts {
  readonly store: Store;
  readonly ageing: Pick<Ageing, 'boundsAt'>;
  /** The register as it is today. */
  readonly registerState: () => Promise<RegisterState>;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** What a person changes of a machine's notes: a field that is absent stays, one that is `null` is forgotten. */
export type NoteChange = { readonly [Field in keyof MachineNotes]?: MachineNotes[Field] | null };

/** The work on machines: lists and records to read, and every change a person makes, each with its audit line. */
export class MachineDesk {
  readonly #parts: MachineDeskParts;

  constructor(parts: MachineDeskParts) {
    this.#parts = parts;
  }

  /** Machines with an agent that fit, sorted by agency, host name and id. */
  list(query: MachineQuery): Promise<readonly ListedMachine[]> {
    const { store, ageing, nowMs } = this.#parts;
    return store.machines.page(query, ageing.boundsAt(nowMs()));
  }

  /**
   * Finds one machine.
   *
   * @throws {TramdoError} MACHINE_NOT_FOUND
   */
  find(id: string): Promise<Machine> {
    return findMachine(this.#parts.store, id);
  }

  /**
   * Everything that is known of one machine.
   *
   * @throws {TramdoError} MACHINE_NOT_FOUND
   */
  async show(id: string): Promise<MachineRecord> {
    const { store, ageing, nowMs } = this.#parts;
    return readMachineRecord(store, await this.find(id), ageing.boundsAt(nowMs()));
  }

  /** What one probe saw of a machine over time, newest first. */
  async observationHistory(id: string, probeId: string, limit: number): Promise<readonly ObservationChange[]> {
    return this.#parts.store.reports.history(await this.find(id), probeId, limit);
  }

  /** Conflicts nobody decided, newest first; of some agencies or of all. */
  conflicts(agencyCodes?: ReadonlySet<string>): Promise<readonly MachineConflict[]> {
    return this.#parts.store.conflicts.open(agencyCodes);
  }

  /** Machines with an agent that are not in the asset list of their agency, though it has one. */
  unregistered(agencyCodes?: ReadonlySet<string>): Promise<readonly Machine[]> {
    return listUnregistered(this.#parts.store, agencyCodes);
  }

  /** Assets with the machine each of them is; see ListedAsset. */
  assets(agencyCodes?: ReadonlySet<string>): Promise<readonly ListedAsset[]> {
    return listAssets(this.#parts.store, agencyCodes);
  }

  /** Assets that ought to have an agent and have none: neither stand-alone nor ever seen. */
  async unseen(agencyCodes?: ReadonlySet<string>): Promise<readonly ListedAsset[]> {
    return (await this.assets(agencyCodes)).filter(({ state }) => state === 'unseen');
  }

  /** Machines of agencies that are no more and have no successor. */
  unassigned(): Promise<readonly Machine[]> {
    return listUnassigned(this.#parts.store, this.#parts.nowMs());
  }

  /**
   * Changes what people say of a machine.
   *
   * @throws {TramdoError} MACHINE_NOT_FOUND, MACHINE_INVALID
   */
  async setNotes(principal: Principal, id: string, change: NoteChange): Promise<MachineNotes> {
    const { store, nowMs } = this.#parts;
    return store.transaction(async (transaction) => {
      const { agencyCode, machineId } = await findMachine(transaction, id);
      const key = { agencyCode, machineId };
      const before = (await transaction.machines.notes([key])).get(machineId) ?? {};
      const changed = Object.entries({ ...before, ...change }).filter(([, value]) => value !== null);
      const after = parseNotes(Object.fromEntries(changed));
      const detail = Object.fromEntries(Object.entries(change).map(([field, value]) => [field, value ?? '']));
      if (Object.keys(detail).length === 0) return after;
      await transaction.machines.saveNotes(key, after);
      const audited = { action: 'machine.set', target: machineId, agencyCode, detail } as const;
      await transaction.audit.append({ atMs: nowMs(), actor: principal, ...audited });
      return after;
    });
  }

  /**
   * Moves a machine to another agency from now on.
   *
   * @throws {TramdoError} MACHINE_NOT_FOUND, AGENCY_UNKNOWN, MACHINE_INVALID when it is there already
   */
  async move(principal: Principal, id: string, toCode: string): Promise<void> {
    const { store, registerState, nowMs } = this.#parts;
    const register = await registerState();
    const isThere = register.agencies.some(({ code }) => code === toCode);
    if (!isThere || !scopeOf(principal, register).covers(toCode)) {
      throw new TramdoError('AGENCY_UNKNOWN', `Cannot move the machine as today's register has no agency "${toCode}"`);
    }
    await store.transaction(async (transaction) => {
      const { machineId, agencyCode: fromCode } = await findMachine(transaction, id);
      if (fromCode === toCode) {
        throw new TramdoError('MACHINE_INVALID', `Cannot move the machine as it belongs to "${toCode}" already`);
      }
      const atMs = nowMs();
      const move = { machineId, fromCode, toCode, atMs, sinceMs: atMs, movedBy: principal.name };
      await moveMachine(transaction, move, principal);
    });
  }

  /**
   * Takes a machine out of every count and refuses its reports; its history stays.
   *
   * @throws {TramdoError} MACHINE_NOT_FOUND
   */
  retire(principal: Principal, id: string): Promise<void> {
    return this.#change(principal, id, 'machine.retire', (store, machine, atMs) =>
      retireMachine(store, machine.machineId, atMs).then(() => ({})),
    );
  }

  /**
   * Counts a retired machine again.
   *
   * @throws {TramdoError} MACHINE_NOT_FOUND
   */
  bringBack(principal: Principal, id: string): Promise<void> {
    return this.#change(principal, id, 'machine.set', async (store, machine, atMs) => {
      await bringBackMachine(store, machine.machineId, atMs);
      return { isRetired: false };
    });
  }

  /**
   * Decides the newest conflict of a machine; without one, `same-machine` takes a changed fingerprint for its own.
   *
   * @throws {TramdoError} MACHINE_NOT_FOUND, MACHINE_INVALID when there is nothing to decide
   */
  decide(principal: Principal, id: string, decision: ConflictDecision): Promise<void> {
    return this.#change(principal, id, 'machine.decide', async (store, machine, atMs) => {
      const conflict = (await store.conflicts.of(machine.machineId)).find((one) => one.decision === undefined);
      if (conflict !== undefined) {
        await decideConflict(store, conflict, { decision, decidedBy: principal.name, atMs });
        return { decision, kind: conflict.kind, otherId: conflict.otherId ?? '' };
      }
      const { fingerprint = '' } = (await store.reports.standings([machine])).get(machine.machineId) ?? {};
      if (decision !== 'same-machine' || fingerprint === '' || fingerprint === machine.fingerprint) {
        throw new TramdoError('MACHINE_INVALID', `Cannot decide anything of the machine as it has no open conflict`);
      }
      await replaceFingerprint(store, machine.machineId, { fingerprint, atMs });
      return { decision, kind: 'fingerprint', otherId: '' };
    });
  }

  /**
   * Says which machine an asset is, or takes that back.
   *
   * @param machineId undefined: by its names again
   * @throws {TramdoError} MACHINE_NOT_FOUND, MACHINE_INVALID
   */
  async link(
    principal: Principal,
    { agencyCode, assetId }: Pick<DeclaredMachine, 'agencyCode' | 'assetId'>,
    machineId: string | undefined,
  ): Promise<void> {
    const { store, nowMs } = this.#parts;
    await store.transaction(async (transaction) => {
      const asset = await transaction.declaredMachines.find({ agencyCode, assetId });
      if (asset === undefined) {
        throw new TramdoError('MACHINE_NOT_FOUND', `Cannot find the asset "${assetId}" in the list of "${agencyCode}"`);
      }
      const { linkedMachineId: _, ...unlinked } = asset;
      const linked = machineId === undefined ? undefined : await findMachine(transaction, machineId);
      if (linked !== undefined && linked.agencyCode !== agencyCode) {
        throw new TramdoError(
          'MACHINE_INVALID',
          `Cannot link the asset as the machine belongs to another agency than "${agencyCode}"`,
        );
      }
      const link = linked === undefined ? {} : { linkedMachineId: linked.machineId };
      await transaction.declaredMachines.save([{ ...unlinked, ...link }]);
      const detail = { asset: assetId, linkedMachineId: linked?.machineId ?? '' };
      const audited = { action: 'machine.set', target: assetId, agencyCode, detail } as const;
      await transaction.audit.append({ atMs: nowMs(), actor: principal, ...audited });
    });
  }

  #change(
    principal: Principal,
    id: string,
    action: 'machine.retire' | 'machine.set' | 'machine.decide',
    work: (store: Store, machine: Machine, atMs: number) => Promise<Readonly<Record<string, string | boolean>>>,
  ): Promise<void> {
    const { store, nowMs } = this.#parts;
    return store.transaction(async (transaction) => {
      const atMs = nowMs();
      const machine = await findMachine(transaction, id);
      const { agencyCode, machineId: target } = machine;
      const detail = await work(transaction, machine, atMs);
      await transaction.audit.append({ atMs, actor: principal, action, target, agencyCode, detail });
    });
  }
}

function parseNotes(input: unknown): MachineNotes {
  const parsed = machineNotes.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new TramdoError('MACHINE_INVALID', `Cannot change "${field}" of the machine: ${issue?.message ?? ''}`);
}
