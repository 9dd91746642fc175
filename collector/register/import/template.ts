import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
import type { Language } from '../../catalogues/language.ts';
import { REMARK } from './sheet.ts';
import { IMPORT_TABLES, type ImportTable, type TableShape } from './table-shape.ts';
import { TABLE_SHAPES } from './table-shapes.ts';

/** Formats of the template. */
export const TEMPLATE_FORMATS = ['csv', 'xlsx'] as const;

/** One of {@link TEMPLATE_FORMATS}. */
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];

/** A byte order mark, by which Excel knows UTF-8. */
const MARK = '\uFEFF';

/** How wide a column of a sheet is, in characters. */
const WIDTH = { table: 22, guide: 60 };

const GUIDE_TEXTS = {
  vi: { guide: 'Hướng dẫn', examples: 'Ví dụ', headings: ['Bảng', 'Cột', 'Bắt buộc', 'Cách điền', 'Ví dụ'], yes: 'có' },
  en: {
    guide: 'Guide',
    examples: 'Examples',
    headings: ['Table', 'Column', 'Required', 'What to write', 'Example'],
    yes: 'yes',
  },
} as const;

/**
 * The empty table as CSV: headings, then a row of remarks and one of examples, both of which the import leaves out.
 * Delimited by semicolons, as spreadsheets in Vietnamese want it.
 */
export function csvTemplate(table: ImportTable, language: Language): Buffer {
  const { columns } = TABLE_SHAPES[table];
  const remark = (cells: readonly string[]) => cells.map((cell, index) => (index === 0 ? `${REMARK} ${cell}` : cell));
  const rows = [
    columns.map(({ heading }) => heading[language]),
    remark(columns.map(({ note }) => note[language])),
    remark(columns.map(({ example }) => example)),
  ];
  return Buffer.from(MARK + stringify(rows, { delimiter: ';', record_delimiter: 'windows' }), 'utf8');
}

/** The empty tables as a workbook: a sheet each, then a sheet that explains every column; the import leaves that out. */
export async function xlsxTemplate(tables: readonly ImportTable[], language: Language): Promise<Buffer> {
  const shapes = tables.map((table) => TABLE_SHAPES[table]);
  const texts = GUIDE_TEXTS[language];
  const guide = shapes.flatMap(({ name, columns }) =>
    columns.map(({ heading, isRequired, note, example }) =>
      [name[language], heading[language], isRequired ? texts.yes : '', note[language], example].map(textCell),
    ),
  );
  return writeExcelFile([
    ...shapes.map((shape) => ({
      sheet: shape.name[language],
      data: [headingRow(shape.columns.map(({ heading }) => heading[language]))],
      columns: shape.columns.map(() => ({ width: WIDTH.table })),
      stickyRowsCount: 1,
    })),
    {
      sheet: texts.guide,
      data: [headingRow(texts.headings), ...guide],
      columns: [22, 28, 10, WIDTH.guide, 28].map((width) => ({ width })),
      stickyRowsCount: 1,
    },
    ...shapes.slice(0, 1).map((shape) => exampleSheet(shape, language)),
  ]).toBuffer();
}

/** Every table of the template. */
export const TEMPLATE_TABLES: readonly ImportTable[] = IMPORT_TABLES.filter((table) => table !== 'numbers');

function exampleSheet({ columns }: TableShape, language: Language) {
  return {
    sheet: GUIDE_TEXTS[language].examples,
    data: [
      headingRow(columns.map(({ heading }) => heading[language])),
      columns.map(({ example }) => textCell(example)),
    ],
    columns: columns.map(() => ({ width: WIDTH.table })),
    stickyRowsCount: 1,
  };
}

function headingRow(texts: readonly string[]) {
  return texts.map((value) => ({ value, type: String, fontWeight: 'bold', wrap: true }) as const);
}

function textCell(value: string) {
  return { value, type: String, wrap: true } as const;
}
