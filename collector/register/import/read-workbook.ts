import { Worker } from 'node:worker_threads';
import { FileRefusal } from './file-refusal.ts';
import { MAX_SHEET_COUNT, MAX_WORKBOOK_HEAP_MIB, MAX_WORKBOOK_MS } from './import-limits.ts';
import type { MergedCells } from './parse-merged-cells.ts';
import type { ProblemParams } from './problem-texts.ts';
import type { RefusalCode } from './refusal-texts.ts';
import type { CellValue, Sheet, SheetRow } from './sheet.ts';

type ReadCell = string | number | boolean | Date | null;

/** What the reader's thread answers. */
interface WorkbookAnswer {
  readonly sheets?: readonly { readonly sheet: string; readonly data: readonly (readonly ReadCell[])[] }[];
  /** Of each sheet, in the same order. */
  readonly merged?: readonly (readonly MergedCells[])[];
  readonly refusal?: { readonly code: RefusalCode; readonly params: ProblemParams };
}

/**
 * Reads the sheets of an XLSX file: values only, of formulas the ones that were saved with them.
 *
 * It is read in a thread of its own with a bound on heap and time, so that a hostile or huge one costs no report.
 *
 * @throws {FileRefusal}
 */
export async function readWorkbook(bytes: Buffer): Promise<readonly Sheet[]> {
  const { sheets = [], merged = [], refusal } = await answerOfWorker(bytes);
  if (refusal !== undefined) throw new FileRefusal(refusal.code, refusal.params);
  if (sheets.length > MAX_SHEET_COUNT) {
    throw new FileRefusal('workbook-too-large', { what: `${sheets.length} sheets`, max: MAX_SHEET_COUNT });
  }
  return sheets.map(({ sheet, data }, index) => ({ name: sheet, rows: rowsOf(data, merged[index] ?? []) }));
}

function answerOfWorker(bytes: Buffer): Promise<WorkbookAnswer> {
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    workerData: { bytes },
    resourceLimits: { maxOldGenerationSizeMb: MAX_WORKBOOK_HEAP_MIB },
  });
  const answer = new Promise<WorkbookAnswer>((resolve, reject) => {
    const tooSlow = setTimeout(
      () => reject(new FileRefusal('workbook-too-large', { what: 'time', max: `${MAX_WORKBOOK_MS} ms` })),
      MAX_WORKBOOK_MS,
    );
    worker.once('message', (message: WorkbookAnswer) => resolve(message));
    // The thread ends with ERR_WORKER_OUT_OF_MEMORY when the workbook takes more than its heap.
    worker.once('error', (error) =>
      reject(
        new FileRefusal('workbook-too-large', { what: 'heap', max: `${MAX_WORKBOOK_HEAP_MIB} MiB` }, { cause: error }),
      ),
    );
    worker.once('exit', () => clearTimeout(tooSlow));
  });
  return answer.finally(() => worker.terminate());
}

function* rowsOf(data: readonly (readonly ReadCell[])[], merged: readonly MergedCells[]): Generator<SheetRow> {
  for (const [index, row] of data.entries()) {
    const cells = row.map(cellValue);
    const line = index + 1;
    if (cells.every((cell) => cell === undefined)) continue;
    const across = merged.filter(({ top, bottom }) => top <= line && line <= bottom);
    yield across.length === 0 ? { line, cells } : { line, cells, merged: across };
  }
}

function cellValue(cell: ReadCell): CellValue {
  if (cell === null) return undefined;
  if (typeof cell !== 'string') return cell;
  const text = cell.normalize('NFC').trim();
  return text === '' ? undefined : text;
}
