import { stringify } from 'csv-stringify/sync';
import type { Language } from '../../catalogues/language.ts';
import type { Table } from '../../exports/table.ts';
import { writeXlsx } from '../../exports/xlsx.ts';
import { REMARK } from './sheet.ts';
import { IMPORT_TABLES, type ImportTable, type TableShape } from './table-shape.ts';
import { TABLE_SHAPES } from './table-shapes.ts';

/** Formats of the template. */
export const TEMPLATE_FORMATS = ['csv', 'xlsx'] as const;

/** A byte order mark, by which Excel knows UTF-8. */
const MARK = '\uFEFF';

/** How wide columns are, in characters. */
const TABLE_WIDTH = 16;
const GUIDE_WIDTHS = [22, 28, 10, 60, 28];

const GUIDE_TEXTS = {
  vi: {
    guide: 'Hướng dẫn',
    examples: 'Ví dụ',
    headings: ['Bảng', 'Cột', 'Bắt buộc', 'Cách điền', 'Ví dụ'],
    yes: 'có',
    footer: 'Mẫu nạp danh mục tramdo',
  },
  en: {
    guide: 'Guide',
    examples: 'Examples',
    headings: ['Table', 'Column', 'Required', 'What to write', 'Example'],
    yes: 'yes',
    footer: 'Template of the tramdo register',
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

/**
 * The empty tables as a workbook made to be printed too: a sheet each, then one that explains every column and one of
 * examples; the import leaves those two out.
 */
export function xlsxTemplate(tables: readonly ImportTable[], language: Language): Promise<Buffer<ArrayBufferLike>> {
  const shapes = tables.map((table) => TABLE_SHAPES[table]);
  const texts = GUIDE_TEXTS[language];
  const guide: Table = {
    name: texts.guide,
    titles: [],
    columns: texts.headings.map((heading, index) => ({
      heading,
      widthCharacters: GUIDE_WIDTHS[index] ?? TABLE_WIDTH,
      isWrapped: true,
    })),
    rows: shapes.flatMap(({ name, columns }) =>
      columns.map(({ heading, isRequired, note, example }) => [
        name[language],
        heading[language],
        isRequired ? texts.yes : '',
        note[language],
        example,
      ]),
    ),
  };
  const examples = shapes
    .slice(0, 1)
    .map((shape) =>
      sheetOf(shape, language, { name: texts.examples, rows: [shape.columns.map(({ example }) => example)] }),
    );
  const empty = shapes.map((shape) => sheetOf(shape, language, { name: shape.name[language], rows: [] }));
  return writeXlsx([...empty, guide, ...examples], { language, footer: texts.footer });
}

/** Every table of the template. */
export const TEMPLATE_TABLES: readonly ImportTable[] = IMPORT_TABLES.filter((table) => table !== 'numbers');

function sheetOf({ columns }: TableShape, language: Language, { name, rows }: Pick<Table, 'name' | 'rows'>): Table {
  return {
    name,
    titles: [],
    columns: columns.map(({ heading }) => ({
      heading: heading[language],
      widthCharacters: TABLE_WIDTH,
      isWrapped: true,
    })),
    rows,
  };
}
