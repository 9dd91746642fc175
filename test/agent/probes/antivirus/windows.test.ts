import { describe, expect, it } from 'vitest';
import { antivirusProbe } from '#agent/probes/antivirus/probe.ts';
import { loadCatalogues, productHints } from '#collector/catalogues/catalogues.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { hostWithSection } from '../section-output.ts';

const CONTEXT = { ...EMPTY_CONTEXT, products: productHints(loadCatalogues()) };

async function look(name: string) {
  const seen = await antivirusProbe.read(openRecordedHost(name), CONTEXT);
  expect(OBSERVATIONS.antivirus.parse(seen)).toEqual(seen);
  return seen.products;
}

const DEFENDER = {
  id: 'defender',
  name: 'Windows Defender',
  version: '4.18.26090.3011',
  realTime: 'on',
  isRunning: true,
  signatures: 'up_to_date',
  signaturesAt: '2026-11-19T21:14:32.000Z',
  rawState: 397_568,
  saidBy: 'product',
  isTamperProtected: true,
  evidence: [
    'answer MSFT_MpComputerStatus, mode Normal',
    'Security Center 0x061100',
    'service WinDefend',
    'process MsMpEng.exe',
  ],
};

describe('antivirus probe on Windows', () => {
  it('finds Defender, by its own word', async () => {
    expect(await look('windows-10-22h2-defender')).toEqual([DEFENDER]);
  });

  it('finds Kaspersky on and Defender stopped, with ages that mean never', async () => {
    expect(await look('windows-11-24h2-domain-kaspersky')).toEqual([
      {
        id: 'defender',
        name: 'Windows Defender',
        version: '4.18.26090.3011',
        realTime: 'off',
        isRunning: false,
        signatures: 'out_of_date',
        rawState: 393_472,
        saidBy: 'product',
        isTamperProtected: false,
        evidence: [
          'answer MSFT_MpComputerStatus, mode Not running',
          'Security Center 0x060100',
          'stopped service WinDefend',
        ],
      },
      {
        id: 'kaspersky',
        name: 'Kaspersky Endpoint Security for Windows',
        realTime: 'on',
        isRunning: true,
        signatures: 'up_to_date',
        rawState: 266_240,
        saidBy: 'security_center',
        evidence: [
          'Security Center 0x041000',
          'service AVP.KES.21.20',
          'process avp.exe',
          'file wmi32.exe',
          'file avp.exe',
        ],
      },
    ]);
  });

  it('finds ESET and Defender in passive mode, whatever the language of their names', async () => {
    const seen = await look('windows-11-23h2-vietnamese-eset');
    expect(seen.map(({ id, name, realTime, isRunning }) => [id, name, realTime, isRunning])).toEqual([
      ['defender', 'Phần mềm chống vi-rút của Microsoft Defender', 'off', true],
      ['eset', 'ESET Security', 'on', true],
    ]);
  });

  it('knows Bkav by its name and sees its own program run', async () => {
    const seen = await look('windows-11-24h2-bkav');
    expect(seen.map(({ id, name, realTime, isRunning, saidBy }) => [id, name, realTime, isRunning, saidBy])).toEqual([
      ['bkav', 'Bkav Pro', 'on', true, 'security_center'],
      ['defender', 'Windows Defender', 'off', false, 'security_center'],
    ]);
  });

  it('takes the word of Defender on a server without Security Center', async () => {
    const { rawState: _rawState, ...unlisted } = DEFENDER;
    expect(await look('windows-server-2019-defender')).toEqual([
      {
        ...unlisted,
        name: 'Microsoft Defender',
        signatures: 'out_of_date',
        signaturesAt: '2026-11-08T03:02:55.000Z',
        isTamperProtected: false,
        evidence: DEFENDER.evidence.filter((text) => !text.startsWith('Security Center')),
      },
    ]);
  });

  it('leaves out the entry of a product that was removed', async () => {
    expect(await look('windows-10-22h2-cloned')).toEqual([DEFENDER]);
  });

  it('lists a product under its own name when there is no plan yet', async () => {
    const seen = await antivirusProbe.read(openRecordedHost('windows-11-24h2-bkav'), EMPTY_CONTEXT);
    expect(seen.products.map(({ id, name }) => [id, name])).toEqual([
      ['defender', 'Windows Defender'],
      ['other', 'Bkav Pro'],
    ]);
  });

  it.each([
    ['windows-11-24h2-wmi-hangs', 'COMMAND_TIMED_OUT'],
    ['windows-10-22h2-powershell-blocked', 'COMMAND_MISSING'],
  ])('fails on %s with %s', async (name, code) => {
    await expect(look(name)).rejects.toMatchObject({ code });
  });

  it('finds none where there is neither Security Center nor Defender nor a service', async () => {
    const host = hostWithSection('antivirus', { center: null, centerFailure: 'missing', defenderFailure: 'missing' });
    expect(await antivirusProbe.read(host, CONTEXT)).toEqual({ products: [] });
  });

  it('takes what a function of PowerShell 5.1 did not give for nothing', async () => {
    const programs = [{ path: 'windowsdefender://', isThere: {} }];
    const host = hostWithSection('antivirus', {
      center: [{ name: 'Windows Defender', guid: null, state: 397_568, programs }],
      defender: { mode: 'Normal', isRealTimeEnabled: true, isAntivirusEnabled: true, signaturesAt: {} },
    });
    const { products } = await antivirusProbe.read(host, CONTEXT);
    expect(products.map(({ id, realTime, signaturesAt }) => [id, realTime, signaturesAt])).toEqual([
      ['defender', 'on', undefined],
    ]);
  });

  it('fails when Security Center is there and says nothing, and Defender neither', async () => {
    const host = hostWithSection('antivirus', {
      center: null,
      centerFailure: 'failed',
      runningServices: ['WinDefend'],
    });
    await expect(antivirusProbe.read(host, CONTEXT)).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: 'Cannot ask Windows Security Center: current value is "failed"',
    });
  });
});
