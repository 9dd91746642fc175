import { parentPort, workerData } from 'node:worker_threads';
import type { Table } from './table.ts';
import { writeXlsx, type XlsxOptions } from './xlsx.ts';

const { tables, options }: { readonly tables: readonly Table[]; readonly options: XlsxOptions } = workerData;

const file = await writeXlsx(tables, options);
parentPort?.postMessage(new Uint8Array(file));
