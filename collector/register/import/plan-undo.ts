import type { DeclaredMachine } from '../../machines/declared-machine.ts';
import type { Agency } from '../agency.ts';
import type { RegisterChange, RegisterKeys } from '../register-change.ts';
import type { RegisterFacts } from '../register-state.ts';
import type { ImportChange } from './import-change.ts';
import { KnownRegister } from './known-register.ts';
import { isSameFact } from './same-facts.ts';

/** Something that changed after the import, so that undoing would take it away. */
export interface UndoConflict {
  /** Line of the file. */
  readonly line: number;
  /** What it is: an agency code with a subject, item or asset. */
  readonly what: string;
}

/** What undoing an import writes. */
export interface UndoPlan {
  readonly conflicts: readonly UndoConflict[];
  /** Facts as they were before. */
  readonly restored: RegisterChange;
  /** Facts that were not there before. */
  readonly removed: RegisterKeys;
  readonly restoredMachines: readonly DeclaredMachine[];
  readonly removedMachines: readonly DeclaredMachine[];
  /** Codes of the agencies that were not there before, sorted. */
  readonly removedCodes: readonly string[];
}

/**
 * What is to be written so that the register is as it was before an import; pure.
 *
 * A fact that is no longer what the import made of it is a conflict, and so is whatever was declared since for an agency
 * that the import brought.
 */
export function planUndo(
  changes: readonly ImportChange[],
  facts: RegisterFacts,
  machines: readonly DeclaredMachine[],
): UndoPlan {
  const known = new KnownRegister(facts, machines);
  const added = changes.filter(({ before }) => before === undefined);
  const removedCodes = added.flatMap((change) => (change.kind === 'agency' ? [change.after.code] : [])).toSorted();
  const conflicts = [
    ...changes
      .filter((change) => isChangedSince(change, known))
      .map((change) => ({ line: change.line, what: nameOf(change) })),
    ...declaredSince(changes, removedCodes, facts, machines),
  ].toSorted((a, b) => a.line - b.line);
  return {
    conflicts,
    restored: {
      agencies: changes.flatMap((change) => (change.kind === 'agency' ? listOf(change.before) : [])),
      versions: changes.flatMap((change) => (change.kind === 'version' ? listOf(change.before) : [])),
      numbers: changes.flatMap((change) => (change.kind === 'number' ? listOf(change.before) : [])),
      items: changes.flatMap((change) => (change.kind === 'item' ? listOf(change.before) : [])),
    },
    removed: {
      agencyCodes: removedCodes,
      versions: added.flatMap((change) => (change.kind === 'version' ? [change.after] : [])),
      numbers: added.flatMap((change) => (change.kind === 'number' ? [change.after] : [])),
      items: added.flatMap((change) => (change.kind === 'item' ? [change.after] : [])),
    },
    restoredMachines: changes.flatMap((change) => (change.kind === 'machine' ? listOf(change.before) : [])),
    removedMachines: added.flatMap((change) => (change.kind === 'machine' ? [change.after] : [])),
    removedCodes,
  };
}

/** The facts of the register after an undoing, to look at the tree before anything is written. */
export function factsAfterUndo(facts: RegisterFacts, { restored, removedCodes, removed }: UndoPlan): RegisterFacts {
  const codes = new Set(removedCodes);
  const before = new Map(restored.agencies?.map((agency) => [agency.code, agency]));
  const versions = new Map(restored.versions?.map((version) => [`${version.code} ${version.from ?? ''}`, version]));
  const gone = new Set(removed.versions?.map(({ code, from }) => `${code} ${from ?? ''}`));
  return {
    ...facts,
    agencies: facts.agencies.filter(({ code }) => !codes.has(code)).map((agency) => before.get(agency.code) ?? agency),
    versions: facts.versions
      .filter(({ code, from }) => !codes.has(code) && !gone.has(`${code} ${from ?? ''}`))
      .map((version) => versions.get(`${version.code} ${version.from ?? ''}`) ?? version),
  };
}

function listOf<Fact>(fact: Fact | undefined): readonly Fact[] {
  return fact === undefined ? [] : [fact];
}

function isChangedSince(change: ImportChange, known: KnownRegister): boolean {
  const now = factNow(change, known);
  if (now === undefined) return true;
  // Name, level and parent of an agency are those of its newest version, which has a change of its own.
  if (change.kind === 'agency') return !isSameFact(validityOf(change.after), validityOf(now));
  return !isSameFact(change.after, now);
}

function factNow(change: ImportChange, known: KnownRegister): object | undefined {
  switch (change.kind) {
    case 'agency':
      return known.agency(change.after.code);
    case 'version':
      return known.versionFrom(change.after.code, change.after.from ?? '');
    case 'number':
      return known.numberOf(change.after.agencyCode, change.after.subject, change.after.asOf);
    case 'item':
      return known.itemOf(change.after.agencyCode, change.after.kind, change.after.itemId, change.after.asOf);
    case 'machine':
      return known.machineOf(change.after);
  }
}

function validityOf({ validFrom, validTo, replacedBy }: Partial<Agency>): object {
  return { validFrom, validTo, replacedBy };
}

function nameOf(change: ImportChange): string {
  switch (change.kind) {
    case 'agency':
    case 'version':
      return change.after.code;
    case 'number':
      return `${change.after.agencyCode} ${change.after.subject}`;
    case 'item':
      return `${change.after.agencyCode} ${change.after.kind} ${change.after.itemId}`;
    case 'machine':
      return `${change.after.agencyCode} ${change.after.assetId}`;
  }
}

/** What belongs to an agency that goes and is not of the import. */
function declaredSince(
  changes: readonly ImportChange[],
  removedCodes: readonly string[],
  facts: RegisterFacts,
  machines: readonly DeclaredMachine[],
): readonly UndoConflict[] {
  const codes = new Set(removedCodes);
  const own = new Set(changes.map(nameAndDay));
  const lines = new Map(
    changes.flatMap((change) => (change.kind === 'agency' ? [[change.after.code, change.line] as const] : [])),
  );
  const versionCounts = Map.groupBy(facts.versions, ({ code }) => code);
  const later = [
    // A new agency has one version, which the store made of it.
    ...removedCodes.filter((code) => (versionCounts.get(code)?.length ?? 0) > 1),
    ...facts.numbers
      .filter(
        (number) =>
          codes.has(number.agencyCode) && !own.has(`number ${number.agencyCode} ${number.subject} ${number.asOf}`),
      )
      .map(({ agencyCode }) => agencyCode),
    ...facts.items
      .filter(
        (item) =>
          codes.has(item.agencyCode) && !own.has(`item ${item.agencyCode} ${item.kind} ${item.itemId} ${item.asOf}`),
      )
      .map(({ agencyCode }) => agencyCode),
    ...machines
      .filter(
        (machine) => codes.has(machine.agencyCode) && !own.has(`machine ${machine.agencyCode} ${machine.assetId}`),
      )
      .map(({ agencyCode }) => agencyCode),
  ];
  return [...new Set(later)].map((what) => ({ line: lines.get(what) ?? 0, what }));
}

function nameAndDay(change: ImportChange): string {
  const day = change.kind === 'number' || change.kind === 'item' ? ` ${change.after.asOf}` : '';
  return `${change.kind} ${nameOf(change)}${day}`;
}
