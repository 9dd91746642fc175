import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf, keptChange } from '#collector/register/import/import-change.ts';
import { IMPORT_TABLES } from '#collector/register/import/table-shape.ts';
import { TABLE_SHAPES } from '#collector/register/import/table-shapes.ts';
import { planned } from './planned.ts';

/** Cells that mean something, cells that nearly do, and anything at all. */
const cell = fc.oneof(
  fc.constantFrom(
    'Y99',
    'Y99.12',
    '12.00.Y99',
    'sở',
    'xã',
    'có',
    'x',
    '1.234',
    '1,2',
    '0',
    '5',
    '01/07/2025',
    '2025-02-30',
  ),
  fc.constantFrom(
    'internet',
    'tường lửa',
    'để bàn',
    'kaspersky',
    '=1+1',
    '#REF!',
    'ab-1',
    '\u200b',
    'a\nb',
    '0000-01-01',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);

describe('planTable()', () => {
  it.each(IMPORT_TABLES)(
    'answers whatever the cells of %s hold, and what it would write can be read back',
    async (table) => {
      const headings = TABLE_SHAPES[table].columns.map(({ heading }) => heading.vi);
      const rows = fc.array(fc.array(cell, { minLength: headings.length, maxLength: headings.length }), {
        maxLength: 4,
      });
      await fc.assert(
        fc.asyncProperty(rows, async (cells) => {
          const quoted = cells.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(';'));
          const { changes, problemCount, tables, problems } = await planned(
            [headings.join(';'), ...quoted].join('\n'),
            { table },
          );
          expect(tables.reduce((count, one) => count + one.problemCount, 0)).toBeLessThanOrEqual(problemCount);
          expect(tables.length + problems.length).toBeGreaterThan(0);
          for (const change of changes) expect(changeOf(keptChange(change))).toEqual(change);
        }),
        { numRuns: 100 },
      );
    },
  );
});
