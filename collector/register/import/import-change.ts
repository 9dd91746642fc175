import { type DeclaredMachine, declaredMachine } from '../../machines/declared-machine.ts';
import {
  type Agency,
  type AgencyVersion,
  agency,
  agencyVersion,
  type DeclaredNumber,
  declaredNumber,
} from '../agency.ts';
import { type DeclaredItem, declaredItem } from '../declared-item.ts';
import type { RegisterChange } from '../register-change.ts';

/** What an import can change, by kind. */
interface FactByKind {
  readonly agency: Agency;
  readonly version: AgencyVersion;
  readonly number: DeclaredNumber;
  readonly item: DeclaredItem;
  readonly machine: DeclaredMachine;
}

/** Kinds of facts that an import can change. */
export type FactKind = keyof FactByKind;

/** One fact that a row of a file changes. */
export type ImportChange = {
  readonly [Kind in FactKind]: {
    readonly kind: Kind;
    /** Line of the file. */
    readonly line: number;
    /** The fact before; absent when there was none. */
    readonly before?: FactByKind[Kind];
    readonly after: FactByKind[Kind];
  };
}[FactKind];

/** A change as it is kept: facts as JSON. */
export interface KeptChange {
  readonly line: number;
  readonly kind: string;
  readonly before?: string;
  readonly after: string;
}

/** Writes a change down. */
export function keptChange({ line, kind, before, after }: ImportChange): KeptChange {
  const rest = before === undefined ? {} : { before: JSON.stringify(before) };
  return { line, kind, ...rest, after: JSON.stringify(after) };
}

/** A change as it was written down. */
export function changeOf({ line, kind, before, after }: KeptChange): ImportChange {
  const was: unknown = before === undefined ? undefined : JSON.parse(before);
  const is: unknown = JSON.parse(after);
  switch (kind) {
    case 'agency':
      return { kind, line, after: agency.parse(is), ...(was === undefined ? {} : { before: agency.parse(was) }) };
    case 'version':
      return {
        kind,
        line,
        after: agencyVersion.parse(is),
        ...(was === undefined ? {} : { before: agencyVersion.parse(was) }),
      };
    case 'number':
      return {
        kind,
        line,
        after: declaredNumber.parse(is),
        ...(was === undefined ? {} : { before: declaredNumber.parse(was) }),
      };
    case 'item':
      return {
        kind,
        line,
        after: declaredItem.parse(is),
        ...(was === undefined ? {} : { before: declaredItem.parse(was) }),
      };
    case 'machine':
      return {
        kind,
        line,
        after: declaredMachine.parse(is),
        ...(was === undefined ? {} : { before: declaredMachine.parse(was) }),
      };
    default:
      throw new RangeError(`Cannot read a change of the kind "${kind}"`);
  }
}

/** The facts of the register after the changes; machines are no part of it. */
export function registerChangeOf(changes: readonly ImportChange[]): RegisterChange {
  return {
    agencies: changes.flatMap((change) => (change.kind === 'agency' ? [change.after] : [])),
    versions: changes.flatMap((change) => (change.kind === 'version' ? [change.after] : [])),
    numbers: changes.flatMap((change) => (change.kind === 'number' ? [change.after] : [])),
    items: changes.flatMap((change) => (change.kind === 'item' ? [change.after] : [])),
  };
}

/** The machines of asset lists after the changes. */
export function machinesOf(changes: readonly ImportChange[]): readonly DeclaredMachine[] {
  return changes.flatMap((change) => (change.kind === 'machine' ? [change.after] : []));
}
