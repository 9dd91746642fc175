import { describe, expect, it } from 'vitest';
import { osSupported } from '#collector/baselines/rules/os-supported.ts';
import type { Observation } from '#shared/observations/index.ts';
import { judgeRule } from '../judge-rule.ts';

const base = { family: 'linux', name: 'as the vendor writes it', architecture: 'x86_64' } as const;
const windows = { ...base, family: 'windows', id: 'windows' } as const;

const cases: { when: string; os: Observation<'os'>; want: [string, string, string?] }[] = [
  {
    when: 'LTS of Debian 12 goes on',
    os: { ...base, id: 'debian', version: '12' },
    want: ['pass', 'Debian 12 (bookworm): supported until 30/06/2028', '2028-06-30T17:00:00.000Z'],
  },
  {
    when: 'LTS of Debian 11 ended in August',
    os: { ...base, id: 'debian', version: '11' },
    want: ['fail', 'Debian 11 (bullseye): support ended on 31/08/2026'],
  },
  {
    when: 'only the paid support of Ubuntu 20.04 goes on',
    os: { ...base, id: 'ubuntu', version: '20.04' },
    want: ['fail', 'Ubuntu 20.04 LTS: support ended on 31/05/2025'],
  },
  {
    when: 'the catalogue has the major version',
    os: { ...base, id: 'rocky', version: '9.5' },
    want: ['pass', 'Rocky Linux 9: supported until 31/05/2032', '2032-05-31T17:00:00.000Z'],
  },
  {
    when: 'the major version only looks alike',
    os: { ...base, id: 'rocky', version: '95' },
    want: ['unknown', 'The catalogue does not know as the vendor writes it, version "95"'],
  },
  {
    when: 'it rolls',
    os: { ...base, id: 'arch', version: '' },
    want: ['pass', 'Arch Linux: supported, no end announced'],
  },
  {
    when: 'Debian has no version (testing)',
    os: { ...base, id: 'debian', version: '' },
    want: ['unknown', 'The catalogue does not know as the vendor writes it, version ""'],
  },
  {
    when: 'Windows 10 is in its last version',
    os: { ...windows, version: '22H2', build: '19045.5247', edition: 'Professional' },
    want: ['fail', 'Windows 10 22H2: support ended on 14/10/2025'],
  },
  {
    when: 'Windows 11 Pro 24H2 is over',
    os: { ...windows, version: '24H2', build: '26100', edition: 'Professional' },
    want: ['fail', 'Windows 11 24H2: support ended on 13/10/2026'],
  },
  {
    when: 'the Enterprise edition of the same build goes on',
    os: { ...windows, version: '24H2', build: '10.0.26100.2033', edition: 'Enterprise' },
    want: ['pass', 'Windows 11 24H2 Enterprise, Education: supported until 12/10/2027', '2027-10-12T17:00:00.000Z'],
  },
  {
    when: 'it is a long-term edition',
    os: { ...windows, version: '1809', build: '17763', edition: 'EnterpriseS' },
    want: ['pass', 'Windows 10 Enterprise LTSC 2019: supported until 09/01/2029', '2029-01-09T17:00:00.000Z'],
  },
  {
    when: 'the same build is a server',
    os: { ...windows, id: 'windows-server', version: '1809', build: '17763', edition: 'ServerStandard' },
    want: ['pass', 'Windows Server 2019: supported until 09/01/2029', '2029-01-09T17:00:00.000Z'],
  },
  {
    when: 'the build is too new for the catalogue',
    os: { ...windows, version: '27H2', build: '28999' },
    want: ['unknown', 'The catalogue does not know as the vendor writes it, version "28999"'],
  },
];

describe('os-supported', () => {
  it.each(cases)('says $want.0 when $when', ({ os, want }) => {
    const { verdict, text, until } = judgeRule(osSupported, { os });
    expect(until === undefined ? [verdict, text] : [verdict, text, until]).toEqual(want);
  });

  it('counts the last day whole, in the time of Viet Nam', () => {
    const os = { ...base, id: 'debian', version: '11' };
    const lastMs = Date.parse('2026-08-31T16:59:59.999Z');
    const at = (ms: number) => judgeRule(osSupported, { os }, { at: new Date(ms).toISOString() }).verdict;
    expect([at(lastMs), at(lastMs + 1)]).toEqual(['pass', 'fail']);
  });
});
