import { stringify } from 'csv-stringify/sync';
import type { ImportTable } from '#collector/register/import/table-shape.ts';
import { TABLE_SHAPES } from '#collector/register/import/table-shapes.ts';
import { linesAfter, provinceAfter, provinceBefore, type SampleRow, systemsAfter } from './sample-province.ts';

/** The files of docs/samples by name, as test/tools/make-sample-register.ts writes them. */
export function sampleFiles(): Readonly<Record<string, string>> {
  return {
    'tinh-truoc-1-7-2025.csv': printTable('agencies', provinceBefore()),
    'tinh-sau-1-7-2025.csv': printTable('agencies', provinceAfter()),
    'tinh-sau-1-7-2025-duong-truyen.csv': printTable('lines', linesAfter()),
    'tinh-sau-1-7-2025-he-thong.csv': printTable('systems', systemsAfter()),
  };
}

function printTable(table: ImportTable, rows: readonly SampleRow[]): string {
  const { columns } = TABLE_SHAPES[table];
  const used = columns.filter(({ key }) => rows.some((row) => row[key] !== undefined));
  const lines = rows.map((row) => used.map(({ key }) => row[key] ?? ''));
  return `\uFEFF${stringify([used.map(({ heading }) => heading.vi), ...lines], { delimiter: ';' })}`;
}
