import type { Blob } from 'node:buffer';
import type Stream from 'node:stream';
import type { Feature } from 'write-excel-file/node';
import {
  findElement,
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  prependMarkupInsideElement,
  replaceElement,
  sanitizeTextContent,
} from 'write-excel-file/utility';

const SHEET = 'xl/worksheets/sheet{id}.xml';
const WORKBOOK = 'xl/workbook.xml';

/** How the sheets of a file are printed. */
export interface PrintTerms {
  /** Rows at the top of each sheet that its pages repeat, in the order of the sheets. */
  readonly headingRows: readonly number[];
  /** Left part of the foot of every page; the page number is on the right. */
  readonly footer: string;
}

/** Margins in inches, which leave columns the most of the width that office printers reach. */
const ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  pageMargins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 },
  pageSetup: { fitToWidth: 1, fitToHeight: 0 },
};

/** Lays every sheet out for A4: one page wide, headings repeated, a foot with the page number (ECMA-376, 18.3). */
export function printLayout({ headingRows, footer }: PrintTerms): Feature<Stream | Buffer | Blob> {
  return {
    files: {
      transform: {
        [SHEET]: {
          transformElementAttributes: (tagName, attributes) => ({ ...attributes, ...ATTRIBUTES[tagName] }),
          transform: (xml) => withFooter(fittedToPage(xml), footer),
        },
        [WORKBOOK]: { transform: (xml) => withRepeatedRows(xml, headingRows) },
      },
    },
  };
}

/** `sheetPr` must be the first of its siblings. */
function fittedToPage(xml: string): string {
  const worksheet = findElement(xml, 'worksheet');
  if (worksheet === undefined) return xml;
  return prependMarkupInsideElement(xml, worksheet, '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
}

function withFooter(xml: string, footer: string): string {
  // An ampersand begins a code in the foot of a page (18.3.1.46), so it is doubled.
  const left = sanitizeTextContent(footer.replaceAll('&', '&&'));
  const markup = `<headerFooter><oddFooter>&amp;L${left}&amp;R&amp;P/&amp;N</oddFooter></headerFooter>`;
  return insertElementMarkupAccordingToOrderOfSiblings(
    xml,
    markup,
    getOrderOfSiblings(SHEET, 'worksheet') ?? [],
    'worksheet',
  );
}

/** Names that a spreadsheet keeps for itself (18.2.5); a sheet is named by its place. */
function withRepeatedRows(xml: string, headingRows: readonly number[]): string {
  const names = sheetNamesOf(xml);
  const definitions = headingRows.map((rowCount, index) => {
    const sheet = names[index] ?? '';
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${sheet}'!$${rowCount}:$${rowCount}</definedName>`;
  });
  const markup = `<definedNames>${definitions.join('')}</definedNames>`;
  const present = findElement(xml, 'definedNames');
  if (present !== undefined) return replaceElement(xml, present, markup);
  return insertElementMarkupAccordingToOrderOfSiblings(
    xml,
    markup,
    getOrderOfSiblings(WORKBOOK, 'workbook') ?? [],
    'workbook',
  );
}

/** As they stand in the file, escaped for XML; an apostrophe within quotes is doubled. */
function sheetNamesOf(xml: string): readonly string[] {
  return [...xml.matchAll(/<sheet [^>]*?name="([^"]*)"/g)].map(([, name = '']) =>
    name.replaceAll(/'|&apos;|&#39;/g, "''"),
  );
}
