import { describe, expect, it } from 'vitest';
import { describeWindowsOs } from '#agent/probes/os/describe-windows-os.ts';
import { osProbe } from '#agent/probes/os/probe.ts';
import { osSupported } from '#collector/baselines/rules/os-supported.ts';
import { judgeRule } from '../../../collector/baselines/judge-rule.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';

const seen = (name: string) => osProbe.read(openRecordedHost(name), EMPTY_CONTEXT);

describe('osProbe on Windows', () => {
  it('calls Windows 11 by its name, though the registry says Windows 10', async () => {
    expect(await seen('windows-11-24h2-domain-kaspersky')).toEqual({
      family: 'windows',
      id: 'windows',
      name: 'Windows 11 Enterprise',
      version: '24H2',
      build: '26100.7171',
      edition: 'Enterprise',
      architecture: 'x86_64',
      installedAt: '2025-02-18T07:30:00.000Z',
      displayLanguage: 'en-US',
    });
  });

  it('names the language of the people, which is a pack over an English Windows', async () => {
    expect(await seen('windows-11-23h2-vietnamese-eset')).toEqual({
      family: 'windows',
      id: 'windows',
      name: 'Windows 11 Pro',
      version: '23H2',
      build: '22631.6199',
      edition: 'Professional',
      architecture: 'x86_64',
      installedAt: '2024-04-09T01:00:00.000Z',
      displayLanguage: 'vi-VN',
    });
  });

  it('tells a server by its build', async () => {
    expect(await seen('windows-server-2019-defender')).toEqual({
      family: 'windows',
      id: 'windows-server',
      name: 'Windows Server 2019 Standard',
      version: '2019',
      build: '17763.7919',
      edition: 'ServerStandard',
      architecture: 'x86_64',
      installedAt: '2020-05-20T02:00:00.000Z',
      displayLanguage: 'en-US',
    });
  });

  it('fails by name where PowerShell is blocked', async () => {
    await expect(seen('windows-10-22h2-powershell-blocked')).rejects.toMatchObject({ code: 'COMMAND_MISSING' });
  });

  it.each([
    ['windows-10-22h2-defender', 'fail'],
    ['windows-11-23h2-vietnamese-eset', 'fail'],
    ['windows-11-24h2-bkav', 'fail'],
    ['windows-11-24h2-domain-kaspersky', 'pass'],
    ['windows-server-2019-defender', 'pass'],
  ])('gives what the catalogue of life cycles knows on %s', async (name, verdict) => {
    expect(judgeRule(osSupported, { os: await seen(name) }).verdict).toBe(verdict);
  });
});

const facts = {
  currentBuild: 19045,
  ubr: undefined,
  displayVersion: undefined,
  releaseId: undefined,
  editionId: undefined,
  installationType: 'Client',
  productName: undefined,
  installDate: undefined,
  architecture: 'x86',
  userLanguages: [],
  machineLanguages: [],
  installLanguage: '042A',
};

describe('describeWindowsOs()', () => {
  it('gives what little an old registry holds', () => {
    expect(describeWindowsOs({ ...facts, releaseId: '1809', currentBuild: 17763, editionId: 'EnterpriseS' })).toEqual({
      family: 'windows',
      id: 'windows',
      name: 'Windows 10 Enterprise LTSC',
      version: '1809',
      build: '17763',
      edition: 'EnterpriseS',
      architecture: 'i686',
      displayLanguage: 'vi-VN',
    });
  });

  it.each([
    {
      when: 'Windows 7',
      changes: { currentBuild: 7601, productName: 'Windows 7 Professional' },
      want: ['Windows 7 Professional', '7'],
    },
    {
      when: 'Windows 10 at first',
      changes: { currentBuild: 10240, editionId: 'Core' },
      want: ['Windows 10 Home', '1507'],
    },
    { when: 'the last build of Windows 10', changes: { displayVersion: '22H2' }, want: ['Windows 10', '22H2'] },
    {
      when: 'the first of Windows 11',
      changes: { currentBuild: 22000, displayVersion: '21H2' },
      want: ['Windows 11', '21H2'],
    },
    {
      when: 'a server that is not known yet',
      changes: {
        currentBuild: 30000,
        installationType: 'Server Core',
        productName: 'Windows Server 2030',
        displayVersion: '30H1',
      },
      want: ['Windows Server 2030', '30H1'],
    },
  ])('names $when', ({ changes, want }) => {
    const { name, version } = describeWindowsOs({ ...facts, ...changes });
    expect([name, version]).toEqual(want);
  });

  it('takes the language of the machine when people differ', () => {
    const found = describeWindowsOs({ ...facts, userLanguages: ['vi-VN', 'en-US'], machineLanguages: ['en-GB'] });
    expect(found.displayLanguage).toBe('en-GB');
  });
});
