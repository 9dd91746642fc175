import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { TramdoError } from '#shared/errors.ts';
import { isoDateOf } from '../catalogues/viet-nam-time.ts';
import { type Principal, scopeOf } from '../people/principal.ts';
import type { Store } from '../store/store.ts';
import { newProblems } from './check-register.ts';
import { machinesOf, registerChangeOf } from './import/import-change.ts';
import type { ImportResult, TableResult } from './import/import-result.ts';
import { KnownRegister } from './import/known-register.ts';
import { type FilePlan, type ImportFile, planFile } from './import/plan-file.ts';
import { factsAfterUndo, planUndo, type UndoConflict } from './import/plan-undo.ts';
import { isSameFact } from './import/same-facts.ts';
import type { ImportRecord } from './import-record.ts';
import { registerAt } from './register-state.ts';

/** What the desk works with. */
export interface ImportDeskParts {
  readonly store: Store;
  /** Ids of the antivirus catalogue. */
  readonly productIds: readonly string[];
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** How often a plan is made again because the register changed meanwhile. */
const MAX_ATTEMPTS = 3;

/** Conflicts that one message names; the number of the others is said. */
const MAX_NAMED = 10;

interface Planned {
  readonly plan: FilePlan;
  /** Changes of the register when the plan was made. */
  readonly changeCount: number;
}

/** The work of loading files into the register: looking first, then all or nothing, and taking it back. */
export class ImportDesk {
  readonly #parts: ImportDeskParts;

  constructor(parts: ImportDeskParts) {
    this.#parts = { ...parts, productIds: parts.productIds.toSorted() };
  }

  /** Says what a file would do and everything that is wrong with it; writes nothing. */
  async check(actor: Principal, file: ImportFile): Promise<ImportResult> {
    const { plan } = await this.#plan(actor, file);
    return { ...resultOf(file, plan), isDryRun: true };
  }

  /**
   * Loads a file whole, or not at all when anything is wrong with it: the result says what. A file that says only what is
   * known changes nothing and leaves no import.
   *
   * @throws {TramdoError} IMPORT_INTERRUPTED when the register changes again and again meanwhile
   */
  async apply(actor: Principal, file: ImportFile): Promise<ImportResult> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const planned = await this.#plan(actor, file);
      const result = resultOf(file, planned.plan);
      if (result.problemCount > 0 || planned.plan.changes.length === 0) return result;
      const importId = await this.#write(actor, result, planned);
      if (importId !== undefined) return { ...result, importId };
    }
    throw new TramdoError(
      'IMPORT_INTERRUPTED',
      `Cannot import "${file.name}" as the register was changed ${MAX_ATTEMPTS} times meanwhile: import it again`,
    );
  }

  /** Imports newest first, those before an id when given, at most `limit`. */
  list(query: { readonly beforeId?: string; readonly limit: number }): Promise<readonly ImportRecord[]> {
    return this.#parts.store.imports.list(query);
  }

  /**
   * One import.
   *
   * @throws {TramdoError} IMPORT_UNKNOWN
   */
  async find(id: string): Promise<ImportRecord> {
    return recordOf(await this.#parts.store.imports.find(id), id);
  }

  /**
   * Makes the register what it was before an import.
   *
   * @throws {TramdoError} IMPORT_UNKNOWN, IMPORT_CHANGED_SINCE names what was changed after it and by itself undoes nothing
   */
  async undo(actor: Principal, id: string): Promise<ImportRecord> {
    const { store: whole, nowMs } = this.#parts;
    return whole.transaction(async (store) => {
      const record = recordOf(await store.imports.find(id), id);
      if (record.undoneAtMs !== undefined) {
        throw new TramdoError(
          'IMPORT_CHANGED_SINCE',
          `Cannot undo the import "${id}" as ${record.undoneBy} undid it already`,
        );
      }
      const facts = await store.register.facts();
      const plan = planUndo(await store.imports.changes(id), facts, await store.declaredMachines.list());
      const used = await store.imports.agenciesInUse(plan.removedCodes);
      const inTree = newProblems(facts, factsAfterUndo(facts, plan)).map(({ agencyCode }) => agencyCode);
      refuseConflicts(id, [...plan.conflicts, ...[...used, ...inTree].map((what) => ({ line: 0, what }))]);
      await store.declaredMachines.remove(plan.removedMachines);
      await store.declaredMachines.save(plan.restoredMachines);
      await store.register.save(plan.restored);
      await store.register.remove(plan.removed);
      const atMs = nowMs();
      await store.imports.markUndone(id, atMs, actor.name);
      await store.audit.append({
        atMs,
        actor: { kind: actor.kind, id: actor.id, name: actor.name },
        action: 'import.undo',
        target: id,
        detail: { fileName: record.fileName },
      });
      return { ...record, undoneAtMs: atMs, undoneBy: actor.name };
    });
  }

  async #plan(actor: Principal, file: ImportFile): Promise<Planned> {
    const { store, productIds, nowMs } = this.#parts;
    const changeCount = await store.register.changeCount();
    const facts = await store.register.facts();
    const today = isoDateOf(nowMs());
    const scope = scopeOf(actor, registerAt(facts, today));
    const known = new KnownRegister(facts, await store.declaredMachines.list());
    return { changeCount, plan: await planFile(file, { known, scope, productIds, today }) };
  }

  /** Writes a plan; undefined when the register is no longer what it was made for. */
  async #write(actor: Principal, result: ImportResult, { plan, changeCount }: Planned): Promise<string | undefined> {
    const { nowMs } = this.#parts;
    return this.#parts.store.transaction(async (store) => {
      if ((await store.register.changeCount()) !== changeCount) return undefined;
      if (!(await areMachinesAsPlanned(store, plan))) return undefined;
      const atMs = nowMs();
      const id = uuidv7({ msecs: atMs });
      const { fileName, sha256 } = result;
      const tables = result.tables.map(countsOf);
      const by = { kind: actor.kind, id: actor.id, name: actor.name };
      const change = registerChangeOf(plan.changes);
      if (Object.values(change).some((facts) => facts.length > 0)) await store.register.save(change);
      await store.declaredMachines.save(machinesOf(plan.changes));
      await store.imports.add({ id, atMs, actor: by, fileName, sha256, tables }, plan.changes);
      await store.audit.append({
        atMs,
        actor: by,
        action: 'import.apply',
        target: id,
        ...(actor.agencyCode === undefined ? {} : { agencyCode: actor.agencyCode }),
        detail: {
          fileName,
          sha256,
          tables: tables.map(({ table }) => table).join(' '),
          changeCount: plan.changes.length,
        },
      });
      return id;
    });
  }
}

function resultOf(file: ImportFile, { tables, problems, problemCount }: FilePlan): ImportResult {
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  return { fileName: file.name, sha256, isDryRun: false, tables, problems, problemCount };
}

function countsOf({ table, lineCount, addedCount, changedCount, unchangedCount }: TableResult) {
  return { table, lineCount, addedCount, changedCount, unchangedCount };
}

/** The counter of the register does not count asset lists. */
async function areMachinesAsPlanned(store: Store, { changes }: FilePlan): Promise<boolean> {
  const machines = changes.flatMap((change) => (change.kind === 'machine' ? [change] : []));
  if (machines.length === 0) return true;
  const now = new KnownRegister(await store.register.facts(), await store.declaredMachines.list());
  return machines.every(({ before, after }) => isSameFact(before ?? {}, now.machineOf(after) ?? {}));
}

function recordOf(record: ImportRecord | undefined, id: string): ImportRecord {
  if (record !== undefined) return record;
  throw new TramdoError('IMPORT_UNKNOWN', `Cannot find the import "${id.slice(0, 80)}": see "import list"`);
}

function refuseConflicts(id: string, conflicts: readonly UndoConflict[]): void {
  if (conflicts.length === 0) return;
  const named = conflicts.slice(0, MAX_NAMED).map(({ line, what }) => (line === 0 ? what : `line ${line} (${what})`));
  const rest = conflicts.length > MAX_NAMED ? ` and ${conflicts.length - MAX_NAMED} more` : '';
  throw new TramdoError(
    'IMPORT_CHANGED_SINCE',
    `Cannot undo the import "${id}" as it was built upon or changed since: ${named.join(', ')}${rest}; correct those by hand`,
  );
}
