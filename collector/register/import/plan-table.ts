import { setImmediate as afterOthers } from 'node:timers/promises';
import { checkTree } from './check-tree.ts';
import { FileRefusal } from './file-refusal.ts';
import type { ImportChange } from './import-change.ts';
import { MAX_ROW_COUNT } from './import-limits.ts';
import type { TableResult } from './import-result.ts';
import { agencyPlanner } from './plan-agencies.ts';
import { declaredNumbersPlanner } from './plan-declared-numbers.ts';
import { deploymentsPlanner, linesPlanner, placesPlanner, solutionsPlanner, systemsPlanner } from './plan-items.ts';
import { machinesPlanner } from './plan-machines.ts';
import { type FoundColumns, readHeadings } from './read-headings.ts';
import { RowReader } from './row-reader.ts';
import type { SheetRow } from './sheet.ts';
import { joinPlans, type PlanContext, type RowPlan } from './table-plan.ts';
import type { ImportTable } from './table-shape.ts';
import { TABLE_SHAPES } from './table-shapes.ts';

/** A table of a file whose headings were read. */
export interface FoundTable {
  readonly table: ImportTable;
  readonly sheet?: string;
  readonly headings: SheetRow;
  readonly rows: AsyncIterable<SheetRow> | Iterable<SheetRow>;
}

/** What a table does, with the changes themselves. */
export interface PlannedTable {
  readonly result: TableResult;
  readonly changes: readonly ImportChange[];
}

const PLANNERS: Readonly<
  Record<ImportTable, (context: PlanContext) => (reader: RowReader<string>) => RowPlan | undefined>
> = {
  agencies: agencyPlanner,
  numbers: declaredNumbersPlanner,
  lines: linesPlanner,
  solutions: solutionsPlanner,
  systems: systemsPlanner,
  deployments: deploymentsPlanner,
  places: placesPlanner,
  machines: machinesPlanner,
};

/** Rows after which reports are answered in between. */
const ROWS_AT_ONCE = 500;

/**
 * Compares a table with what is known, row by row as they are read; writes nothing.
 *
 * @throws {FileRefusal} for a file that ends badly or has too many rows
 */
export async function planTable(found: FoundTable, context: PlanContext): Promise<PlannedTable> {
  const { problems, warnings } = context;
  const shape = TABLE_SHAPES[found.table];
  const columns = readHeadings(shape, found.headings, problems);
  const { rowPlans, lineCount } = await planRows(found, columns, context);
  const plan = joinPlans(rowPlans);
  if (found.table === 'agencies') checkTree(plan.changes, columns, context);
  warnOfSource(plan.changes, columns, context);
  return {
    changes: plan.changes,
    result: {
      table: found.table,
      ...(found.sheet === undefined ? {} : { sheet: found.sheet }),
      lineCount,
      addedCount: plan.addedCount,
      changedCount: plan.changedCount,
      unchangedCount: plan.unchangedCount,
      problems: problems.kept,
      problemCount: problems.count,
      warnings: warnings.kept,
      warningCount: warnings.count,
    },
  };
}

async function planRows({ table, rows }: FoundTable, columns: FoundColumns, context: PlanContext) {
  const reading = { ...context, shape: TABLE_SHAPES[table], columns };
  const planRow = PLANNERS[table](context);
  const rowPlans: RowPlan[] = [];
  let lineCount = 0;
  for await (const row of rows) {
    lineCount += 1;
    if (lineCount > MAX_ROW_COUNT) throw new FileRefusal('too-many-rows', { max: MAX_ROW_COUNT });
    if (lineCount % ROWS_AT_ONCE === 0) await afterOthers();
    const plan = planRow(new RowReader(reading, row));
    if (plan !== undefined) rowPlans.push(plan);
  }
  return { rowPlans, lineCount };
}

function warnOfSource(changes: readonly ImportChange[], columns: FoundColumns, context: PlanContext): void {
  const needsSource = changes.some(({ kind }) => kind === 'number' || kind === 'item' || kind === 'machine');
  if (context.isSourceGiven || columns.byKey.has('source') || !needsSource) return;
  context.warnings.add({ line: 0 }, 'no-source', { source: context.source });
}
