import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { loadBaseline } from '#collector/baselines/load-baseline.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const SAMPLES = join(import.meta.dirname, '../../../docs/samples');

const RULE = { ruleId: 'firewall-on', severity: 'high', source: { document: 'Quy chế 1', isVerified: true } };
const FILE = { id: 'tinh-1', name: { vi: 'Bộ', en: 'Set' }, staleAfterMs: { default: 86_400_000 }, rules: [RULE] };

function folderWith(content: unknown): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'baseline.json'), JSON.stringify(content));
  return folder;
}

describe('loadBaseline()', () => {
  it('gives the shipped baseline where the customer has none', () => {
    expect([loadBaseline(), loadBaseline(temporaryFolder())]).toEqual([DEFAULT_BASELINE, DEFAULT_BASELINE]);
  });

  it('reads the sample with its thresholds and ages', () => {
    const { id, staleAfterMs, rules } = loadBaseline(SAMPLES);
    expect([id, staleAfterMs, rules[1]]).toEqual([
      'tinh-mau-2026',
      { default: 259_200_000, hardware: 2_592_000_000 },
      {
        ruleId: 'antivirus-signatures',
        parameters: { maxDays: 3 },
        severity: 'high',
        source: { document: 'Quy chế mẫu số 01/QĐ-UBND', clause: 'Điều 5', isVerified: true },
      },
    ]);
  });

  it.each([
    {
      when: 'a rule does not exist',
      file: { ...FILE, rules: [RULE, { ...RULE, ruleId: 'moon' }] },
      want: /baseline\.json" as row 2, key "ruleId" names no rule: current value is "moon"/,
    },
    {
      when: 'a rule is there twice',
      file: { ...FILE, rules: [RULE, RULE] },
      want: /row 2, key "ruleId" is there twice/,
    },
    {
      when: 'a threshold is none of the rule',
      file: { ...FILE, rules: [{ ...RULE, parameters: { maxDays: 3 } }] },
      want: /row 1, key "parameters" is not allowed: .*maxDays/,
    },
    {
      when: 'a severity is not known',
      file: { ...FILE, rules: [{ ...RULE, severity: 'urgent' }] },
      want: /row 1, key "severity" is not allowed/,
    },
    {
      when: 'an age names no probe',
      file: { ...FILE, staleAfterMs: { default: 86_400_000, byProbe: { moon: 86_400_000 } } },
      want: /key "staleAfterMs\.byProbe.*" is not allowed/,
    },
  ])('refuses a file when $when', ({ file, want }) => {
    expect(() => loadBaseline(folderWith(file))).toThrow(
      expect.objectContaining({ code: 'CATALOGUE_INVALID', message: expect.stringMatching(want) }),
    );
  });
});
