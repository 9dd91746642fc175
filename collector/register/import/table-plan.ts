import type { AgencyScope } from '../../people/principal.ts';
import type { ImportChange } from './import-change.ts';
import type { ProblemList } from './import-problem.ts';
import type { KnownRegister } from './known-register.ts';
import type { RowReader } from './row-reader.ts';

/** What rows of a table are compared with, and what they mean when their cells say nothing. */
export interface PlanContext {
  readonly known: KnownRegister;
  /** Agencies that whoever imports may change. */
  readonly scope: AgencyScope;
  readonly problems: ProblemList;
  readonly warnings: ProblemList;
  /** Day `yyyy-mm-dd` a row holds for unless it says another. */
  readonly asOf: string;
  /** Whether somebody said that day, or it is just today: today's file must not be new again tomorrow. */
  readonly isAsOfGiven: boolean;
  readonly source: string;
  /** Whether somebody said that source, or it is just the name of the file. */
  readonly isSourceGiven: boolean;
  /** Ids of the antivirus catalogue, sorted. */
  readonly productIds: readonly string[];
  /** Codes in the file's table of agencies with their lines, those of rows with problems included. */
  readonly agencyRows: SeenRows;
}

/** When a row holds and who said it, and whether the file itself or an option says so. */
export interface RowOrigin {
  readonly asOf: string;
  readonly isAsOfGiven: boolean;
  readonly source: string;
  readonly isSourceGiven: boolean;
}

/** What a table does to the register. */
export interface TablePlan {
  readonly changes: readonly ImportChange[];
  readonly addedCount: number;
  readonly changedCount: number;
  readonly unchangedCount: number;
}

/** What one row does. */
export interface RowPlan {
  /** Whether the thing itself was unknown. */
  readonly isNew: boolean;
  /** Whether its row has no problem; one that has is looked at for problems of the tree, and never applied. */
  readonly isSound: boolean;
  readonly changes: readonly ImportChange[];
}

/** Most characters of a source. */
const MAX_SOURCE_LENGTH = 500;

/** Reads the cells that say when a row holds and where it comes from. */
export function readOrigin(
  reader: RowReader<'asOf' | 'source'>,
  context: Pick<PlanContext, 'asOf' | 'isAsOfGiven' | 'source' | 'isSourceGiven'>,
): RowOrigin {
  const day = reader.date('asOf');
  const source = reader.text('source', MAX_SOURCE_LENGTH);
  return {
    asOf: day ?? context.asOf,
    isAsOfGiven: day !== undefined || context.isAsOfGiven,
    source: source ?? context.source,
    isSourceGiven: source !== undefined || context.isSourceGiven,
  };
}

/** Joins what the rows do, and counts them. */
export function joinPlans(plans: readonly RowPlan[]): TablePlan {
  const sound = plans.filter(({ isSound }) => isSound);
  const changed = sound.filter(({ changes }) => changes.length > 0);
  const addedCount = changed.filter(({ isNew }) => isNew).length;
  return {
    changes: plans.flatMap(({ changes }) => changes),
    addedCount,
    changedCount: changed.length - addedCount,
    unchangedCount: sound.length - changed.length,
  };
}

/** Refuses rows that say a thing twice: gives each key's first line to whoever comes later. */
export class SeenRows {
  readonly #lines = new Map<string, number>();

  /** The first line of a key; undefined when no row has it. */
  lineOf(key: string): number | undefined {
    return this.#lines.get(key);
  }

  /** The line that had the key before; undefined when this one is the first. */
  note(key: string, line: number): number | undefined {
    const other = this.#lines.get(key);
    if (other === undefined) this.#lines.set(key, line);
    return other;
  }
}
