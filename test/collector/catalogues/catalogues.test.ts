import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCatalogues, productHints } from '#collector/catalogues/catalogues.ts';
import { TramdoError } from '#shared/errors.ts';
import { plan } from '#shared/plan.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tramdo-catalogues-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const write = (file: string, content: unknown) =>
  writeFileSync(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

function refusal(): string {
  try {
    loadCatalogues(folder);
    return 'accepted';
  } catch (error) {
    return error instanceof TramdoError ? `${error.code}: ${error.message.replace(folder, 'FOLDER')}` : String(error);
  }
}

describe('loadCatalogues()', () => {
  it('reads the shipped files, products in order with unique ids', () => {
    const { products } = loadCatalogues();
    expect([products[0]?.id, new Set(products.map(({ id }) => id)).size]).toEqual(['clamav', products.length]);
  });

  it('names a source for every end of support', () => {
    expect(loadCatalogues().osLifeCycles.filter(({ source }) => !source.includes('https://'))).toEqual([]);
  });

  it('takes one file of the customer and the others as shipped', () => {
    write('calendar.json', { weekendDays: [0], yearlyHolidays: [], datedHolidays: [] });
    const [own, shipped] = [loadCatalogues(folder), loadCatalogues()];
    expect([own.calendar.weekendDays, own.products, own.version === shipped.version]).toEqual([
      new Set([0]),
      shipped.products,
      false,
    ]);
  });

  it.each([
    {
      when: 'a date is no date',
      file: 'os-life-cycles.json',
      content: {
        lifeCycles: [
          { id: 'debian', version: '12', name: 'Debian 12', source: 'x' },
          { id: 'debian', version: '13', name: 'Debian 13', source: 'x', supportedUntil: '2030-02-31' },
        ],
      },
      want: 'CATALOGUE_INVALID: Cannot use the catalogue "FOLDER/os-life-cycles.json" as row 2, key "supportedUntil" is not allowed: Invalid ISO date',
    },
    {
      when: 'the text is no JSON',
      file: 'calendar.json',
      content: '{',
      want: /^CATALOGUE_INVALID: Cannot use the catalogue "FOLDER\/calendar.json" as it is not readable as JSON \(/,
    },
    {
      when: 'two products have one id',
      file: 'antivirus-products.json',
      content: {
        products: [
          { id: 'a', name: 'A', flags: {} },
          { id: 'a', name: 'B', flags: {} },
        ],
      },
      want: 'CATALOGUE_INVALID: Cannot use the catalogue "antivirus-products.json" as row 2, key "id" is there twice: "a"',
    },
  ])('refuses a file and names file, row and key when $when', ({ file, content, want }) => {
    write(file, content);
    expect(refusal()).toEqual(want instanceof RegExp ? expect.stringMatching(want) : want);
  });
});

describe('productHints()', () => {
  it('gives what a plan may carry', () => {
    const hints = productHints(loadCatalogues());
    expect(plan.shape.products.parse(hints)).toEqual(hints);
  });
});
