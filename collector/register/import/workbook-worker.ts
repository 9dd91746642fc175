import { parentPort, workerData } from 'node:worker_threads';
import readWorkbookParts from 'read-excel-file/node';
import { messageOf } from '#shared/errors.ts';
import { checkParts, SHEET } from './check-parts.ts';
import { FileRefusal } from './file-refusal.ts';
import { packParts } from './pack-parts.ts';
import { parseMergedCells } from './parse-merged-cells.ts';
import { trimSheet } from './trim-sheet.ts';
import { unpackWorkbook } from './unpack-workbook.ts';

const { bytes }: { readonly bytes: Uint8Array } = workerData;

try {
  const unpacked = await unpackWorkbook(Buffer.from(bytes));
  const parts = unpacked.map(({ name, bytes: part }) => ({ name, bytes: SHEET.test(name) ? trimSheet(part) : part }));
  checkParts(parts);
  parentPort?.postMessage({ sheets: await readWorkbookParts(packParts(parts)), merged: parseMergedCells(parts) });
} catch (error) {
  const { code, params } =
    error instanceof FileRefusal
      ? error
      : new FileRefusal('workbook-broken', { reason: messageOf(error).slice(0, 200) });
  parentPort?.postMessage({ refusal: { code, params } });
}
