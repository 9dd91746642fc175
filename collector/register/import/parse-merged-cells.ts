import type { WorkbookPart } from './unpack-workbook.ts';

/** Cells that are joined into one, whose value the first one holds; lines and columns count from 1. */
export interface MergedCells {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Joined cells of a sheet that are told of; a register has few, and every row looks through them. */
const MAX_MERGED_COUNT = 1_000;

const SHEET = /<(?:\w+:)?sheet\s[^<>]*>/g;
const RELATION = /<(?:\w+:)?Relationship\s[^<>]*>/g;
const MERGED = /<(?:\w+:)?mergeCell\s[^<>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g;

/**
 * The joined cells of every sheet, in the order of the workbook. It only explains why a cell is empty: what is written
 * in another way than spreadsheets do has none.
 */
export function parseMergedCells(parts: readonly WorkbookPart[]): readonly (readonly MergedCells[])[] {
  const bytesOf = (name: string) => parts.find((part) => part.name === name)?.bytes ?? Buffer.alloc(0);
  const targets = new Map(
    [...bytesOf('xl/_rels/workbook.xml.rels').toString('utf8').matchAll(RELATION)].map(([tag]) => [
      attributeOf(tag, 'Id'),
      attributeOf(tag, 'Target'),
    ]),
  );
  return [...bytesOf('xl/workbook.xml').toString('utf8').matchAll(SHEET)].map(([tag]) => {
    const target = targets.get(attributeOf(tag, '\\w+:id')) ?? '';
    return mergedIn(bytesOf(target.startsWith('/') ? target.slice(1) : `xl/${target}`));
  });
}

function attributeOf(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

function mergedIn(bytes: Buffer): readonly MergedCells[] {
  // Joined cells stand behind the rows, which may be many.
  const behind = bytes.subarray(bytes.lastIndexOf('</sheetData>') + 1).toString('utf8');
  return [...behind.matchAll(MERGED).take(MAX_MERGED_COUNT)].map(([, left = '', top, right = '', bottom]) => ({
    top: Number(top),
    left: columnNumber(left),
    bottom: Number(bottom),
    right: columnNumber(right),
  }));
}

/** 1 for `A`, 27 for `AA`. */
function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
