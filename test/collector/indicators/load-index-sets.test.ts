import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { definitionsOn } from '#collector/indicators/compute-indicators.ts';
import { loadIndexSets } from '#collector/indicators/load-index-sets.ts';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const SAMPLES = join(import.meta.dirname, '../../../docs/samples');

const ROW = {
  id: 'ma-doc',
  code: '1.1',
  name: { vi: 'Mã độc', en: 'Malware' },
  formula: { id: 'machines-passing', ruleIds: ['antivirus-active'] },
  countedKinds: ['desktop'],
  legalBasis: ['Kế hoạch 1'],
  validFrom: '2026-01-01',
};
const SET = { id: 'tinh-1', name: { vi: 'Bộ', en: 'Set' }, indicators: [ROW] };

function folderWith(content: unknown): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'index-sets'));
  writeFileSync(
    join(folder, 'index-sets', 'tinh.json'),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
  return folder;
}

describe('loadIndexSets()', () => {
  it('gives the shipped sets where no folder is set, or it has none', () => {
    expect([loadIndexSets(), loadIndexSets(temporaryFolder())]).toEqual([INDEX_SETS, INDEX_SETS]);
  });

  it('reads the sample, in which one row follows another on 1 July 2026', () => {
    const sample = loadIndexSets(SAMPLES).find(({ id }) => id === 'tinh-mau-2026');
    const formulas = (day: string) =>
      definitionsOn(sample?.indicators ?? [], day).map(({ id, formula }) => `${id} ${formula.id}`);
    expect([formulas('2026-06-30'), formulas('2026-07-01'), formulas('2025-12-31')]).toEqual([
      ['ma-doc machines-passing', 'mang-chuyen-dung agencies-connected'],
      ['ma-doc machines-protected', 'mang-chuyen-dung agencies-connected'],
      [],
    ]);
  });

  it('puts a set of the customer among the others, with what it does not say filled in', () => {
    const sets = loadIndexSets(folderWith(SET));
    expect(sets.map(({ id }) => id)).toEqual(['catalogue-2026', 'dti-security-2022', 'ict-index-2017', 'tinh-1']);
    expect(sets[3]?.minimumCoverageRatio).toBe(0.9);
  });

  it.each([
    { when: 'it is no JSON', set: '{', want: /tinh\.json" as it is not readable as JSON/ },
    { when: 'it has an unknown key', set: { ...SET, extra: 1 }, want: /tinh\.json".*extra/ },
    {
      when: 'a row lacks its legal basis',
      set: { ...SET, indicators: [ROW, { ...ROW, id: 'b', code: '2', legalBasis: [] }] },
      want: /tinh\.json" as row 2, key "legalBasis" is not allowed/,
    },
    {
      when: 'a formula does not exist',
      set: { ...SET, indicators: [{ ...ROW, formula: { id: 'guessing' } }] },
      want: /row 1, key "formula\.id" is not allowed/,
    },
    {
      when: 'a formula names a rule that does not exist',
      set: { ...SET, indicators: [{ ...ROW, formula: { id: 'machines-failing', ruleId: 'moon' } }] },
      want: /row 1, key "formula" names the rule "moon"/,
    },
    {
      when: 'a row ends before it begins',
      set: { ...SET, indicators: [{ ...ROW, validTo: '2025-12-31' }] },
      want: /row 1, key "validTo" is before validFrom: current value is "2025-12-31", allowed is from 2026-01-01 on/,
    },
    {
      when: 'two rows with one id are valid on one day',
      set: {
        ...SET,
        indicators: [
          { ...ROW, validTo: '2026-06-30' },
          { ...ROW, validFrom: '2026-06-30' },
        ],
      },
      want: /row 2, key "id" or "code" is that of an earlier row that is valid on the same days/,
    },
    {
      when: 'two rows with one code are valid on one day',
      set: { ...SET, indicators: [ROW, { ...ROW, id: 'b' }] },
      want: /row 2, key "id" or "code"/,
    },
    {
      when: 'the id is that of a shipped set',
      set: { ...SET, id: 'catalogue-2026' },
      want: /key "id" is taken by another set: current value is "catalogue-2026"/,
    },
  ])('refuses a file when $when', ({ set, want }) => {
    expect(() => loadIndexSets(folderWith(set))).toThrow(
      expect.objectContaining({ code: 'CATALOGUE_INVALID', message: expect.stringMatching(want) }),
    );
  });
});
