import type { AgencyScope } from '../../people/principal.ts';
import { applyRegisterChange } from '../register-change.ts';
import { detectEncoding } from './detect-encoding.ts';
import { detectFileKind } from './detect-file-kind.ts';
import { FileRefusal } from './file-refusal.ts';
import { findTables } from './find-tables.ts';
import { type ImportChange, registerChangeOf } from './import-change.ts';
import { MAX_FILE_BYTES } from './import-limits.ts';
import { ProblemList } from './import-problem.ts';
import type { ImportResult } from './import-result.ts';
import type { KnownRegister } from './known-register.ts';
import { type PlannedTable, planTable } from './plan-table.ts';
import { readCsv } from './read-csv.ts';
import { readWorkbook } from './read-workbook.ts';
import type { Sheet } from './sheet.ts';
import { SeenRows } from './table-plan.ts';
import type { ImportTable } from './table-shape.ts';
import { TABLE_SHAPES } from './table-shapes.ts';

/** A file to be imported, and what was said of it. */
export interface ImportFile {
  /** Name for people; it decides nothing. */
  readonly name: string;
  readonly bytes: Buffer;
  /** The only table to be read; found out by names of sheets and headings when absent. */
  readonly table?: ImportTable;
  /** Day `yyyy-mm-dd` that rows hold for unless they say another; today when absent. */
  readonly asOf?: string;
  /** Document that rows come from unless they say another; the name of the file when absent. */
  readonly source?: string;
}

/** What a file is compared with. */
export interface FileContext {
  readonly known: KnownRegister;
  readonly scope: AgencyScope;
  readonly productIds: readonly string[];
  /** Day of the import, `yyyy-mm-dd`. */
  readonly today: string;
}

/** What a file does, with the changes themselves in the order of its tables and lines. */
export interface FilePlan extends Pick<ImportResult, 'tables' | 'problems' | 'problemCount'> {
  readonly changes: readonly ImportChange[];
}

/** Reads a file and compares it with what is known; writes nothing. A file that cannot be read is a problem of its own. */
export async function planFile(file: ImportFile, context: FileContext): Promise<FilePlan> {
  const problems = new ProblemList();
  const planned: PlannedTable[] = [];
  try {
    await planTables(file, context, problems, planned);
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    const line = Number(error.params['line'] ?? 0);
    problems.add({ line }, error.code, error.params);
  }
  const tables = planned.map(({ result }) => result);
  return {
    tables,
    problems: problems.kept,
    problemCount: tables.reduce((count, table) => count + table.problemCount, problems.count),
    changes: planned.flatMap(({ changes }) => changes),
  };
}

async function planTables(
  file: ImportFile,
  context: FileContext,
  problems: ProblemList,
  planned: PlannedTable[],
): Promise<void> {
  const agencyRows = new SeenRows();
  let { known } = context;
  for (const found of await findTables(await readSheets(file.bytes), file.table, problems)) {
    // The tree is not for those who stand in it to change.
    if (found.table === 'agencies' && context.scope.codes !== undefined) {
      problems.add({ line: 0 }, 'table-forbidden', { value: TABLE_SHAPES.agencies.name });
      continue;
    }
    const table = await planTable(found, {
      known,
      scope: context.scope,
      productIds: context.productIds,
      agencyRows,
      problems: new ProblemList(),
      warnings: new ProblemList(),
      asOf: file.asOf ?? context.today,
      isAsOfGiven: file.asOf !== undefined,
      source: file.source ?? file.name,
      isSourceGiven: file.source !== undefined,
    });
    planned.push(table);
    if (table.changes.length > 0) known = knownAfter(known, table.changes);
  }
  // A template is filled in one sheet at a time; the others are left empty.
  const isEmpty = planned.every(({ result }) => result.lineCount === 0);
  if (isEmpty && problems.count === 0) problems.add({ line: 0 }, 'empty-file');
}

async function readSheets(bytes: Buffer): Promise<readonly Sheet[]> {
  if (bytes.length > MAX_FILE_BYTES) {
    throw new FileRefusal('file-too-large', { max: MAX_FILE_BYTES });
  }
  if (detectFileKind(bytes) === 'xlsx') return await readWorkbook(bytes);
  return [{ rows: readCsv(bytes, detectEncoding(bytes)) }];
}

/** What later tables of the file may refer to; none of them reads what an earlier one says of machines. */
function knownAfter(known: KnownRegister, changes: readonly ImportChange[]): KnownRegister {
  return known.with(applyRegisterChange(known.facts, registerChangeOf(changes)));
}
