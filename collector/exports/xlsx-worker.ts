import { parentPort, workerData } from 'node:worker_threads';
import { unpackRows } from './packed-rows.ts';
import { writeXlsx, type XlsxOptions } from './xlsx.ts';
import type { PackedTable } from './xlsx-writer.ts';

const { tables, options }: { readonly tables: readonly PackedTable[]; readonly options: XlsxOptions } = workerData;

const file = await writeXlsx(
  tables.map((table) => ({ ...table, rows: unpackRows(table.rows) })),
  options,
);
// A copy of its own, as a small file lies in memory that others share.
const copy = Uint8Array.from(file);
parentPort?.postMessage(copy, [copy.buffer]);
