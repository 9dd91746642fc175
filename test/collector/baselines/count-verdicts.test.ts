import { describe, expect, it } from 'vitest';
import { countVerdicts, type VerdictFacts } from '#collector/baselines/count-verdicts.ts';
import { department, group } from '../indicators/province.ts';

const AGENCIES = [
  department({ code: 'H47', level: 'province' }),
  department({ parentCode: 'H47' }),
  department({ code: 'H47.02.1', level: 'unit', parentCode: 'H47.02' }),
  department({ code: 'H47.03', parentCode: 'H47' }),
];
const GROUPS = [
  group({ machineCount: 4 }),
  group({ machineCount: 3, verdicts: { 'firewall-on': 'fail' } }),
  group({ machineCount: 2, verdicts: {} }),
  group({ machineCount: 1, verdicts: { 'firewall-on': 'not_applicable' } }),
  group({ agencyCode: 'H47.02.1', machineCount: 5, verdicts: { 'firewall-on': 'fail' } }),
  group({ agencyCode: 'H47.03', machineCount: 6, verdicts: { 'firewall-on': 'fail' } }),
];

function counted(changes: Partial<VerdictFacts>) {
  const facts = { agencies: AGENCIES, groups: GROUPS, exceptions: [], ruleIds: ['firewall-on'], ...changes };
  return countVerdicts(facts).map(({ agencyCode, pass, fail, exceptedFail, unknown, notApplicable }) => [
    agencyCode,
    ...[pass, fail, exceptedFail, unknown, notApplicable],
  ]);
}

describe('countVerdicts()', () => {
  it('counts every agency, and nothing as excepted where nothing is', () => {
    expect(counted({})).toEqual([
      ['H47', 0, 0, 0, 0, 0],
      ['H47.02', 4, 3, 0, 2, 1],
      ['H47.02.1', 0, 5, 0, 0, 0],
      ['H47.03', 0, 6, 0, 0, 0],
    ]);
  });

  it('counts what fails under an exception once more, for the agency and everything below it, and changes no verdict', () => {
    expect(counted({ exceptions: [{ agencyCode: 'H47.02', ruleId: 'firewall-on' }] })).toEqual([
      ['H47', 0, 0, 0, 0, 0],
      ['H47.02', 4, 3, 3, 2, 1],
      ['H47.02.1', 0, 5, 5, 0, 0],
      ['H47.03', 0, 6, 0, 0, 0],
    ]);
  });

  it('counts a machine once under two exceptions, and not under one from another rule', () => {
    const exceptions = [
      { agencyCode: 'H47', ruleId: 'firewall-on' },
      { agencyCode: 'H47.02', ruleId: 'firewall-on' },
      { agencyCode: 'H47', ruleId: 'smb1-off' },
    ];
    const excepted = (ruleId: string) => counted({ exceptions, ruleIds: [ruleId] }).map((row) => row[3]);
    expect([excepted('firewall-on'), excepted('smb1-off')]).toEqual([
      [0, 3, 5, 6],
      [0, 0, 0, 0],
    ]);
  });
});
