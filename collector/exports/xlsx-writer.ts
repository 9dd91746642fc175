import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type PackedRows, packRows } from './packed-rows.ts';
import type { Table } from './table.ts';
import type { XlsxOptions } from './xlsx.ts';

/** Memory that the writer of one file may take, in megabytes; 30,000 machines need about 100. */
const MAX_MEMORY_MB = 512;

/** Memory for what is just made, in megabytes: the less it is, the sooner what is used up is given back. */
const YOUNG_MEMORY_MB = 16;

/** A table as the thread gets it. */
export type PackedTable = Omit<Table, 'rows'> & { readonly rows: PackedRows };

const writtenFile = z.tuple([z.instanceof(Uint8Array)]);

/** Writes Excel files in a thread of its own, so that nobody waits for seconds while a long list is written. */
export class XlsxWriter {
  #last: Promise<unknown> = Promise.resolve();

  /** Writes one file after the other, as each takes much memory; see writeXlsx(). */
  write(tables: readonly Table[], options: XlsxOptions): Promise<Buffer> {
    const file = this.#last.then(() => writeAside(tables, options));
    // Whoever asked for it hears of a failure; the next one is not concerned.
    this.#last = file.catch(() => undefined);
    return file;
  }
}

async function writeAside(tables: readonly Table[], options: XlsxOptions): Promise<Buffer> {
  const packed: PackedTable[] = [];
  for (const table of tables) packed.push({ ...table, rows: await packRows(table.rows) });
  const worker = new Worker(new URL('./xlsx-worker.ts', import.meta.url), {
    workerData: { tables: packed, options },
    transferList: packed.flatMap(({ rows }) => rows.map(({ buffer }) => buffer)),
    resourceLimits: { maxOldGenerationSizeMb: MAX_MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MEMORY_MB },
  });
  const [file] = writtenFile.parse(await once(worker, 'message'));
  await worker.terminate();
  return Buffer.from(file.buffer, file.byteOffset, file.byteLength);
}
