import { describe, expect, it } from 'vitest';
import { describeWindowsProducts, type WindowsAntivirusFacts } from '#agent/probes/antivirus/windows-products.ts';
import type { SecurityCenterProduct } from '#agent/probes/security-center-product.ts';
import type { ProductHint } from '#shared/plan.ts';

const HINTS: readonly ProductHint[] = [
  { id: 'defender', name: 'Microsoft Defender', processes: ['MsMpEng.exe'], services: ['WinDefend'], paths: [] },
  {
    id: 'kaspersky',
    name: 'Kaspersky Endpoint Security',
    processes: ['avp.exe'],
    services: ['AVP.KES'],
    paths: [],
    securityCenterNames: ['Kaspersky'],
  },
  { id: 'sentinelone', name: 'SentinelOne', processes: [], services: ['SentinelAgent'], paths: [] },
];

const NOTHING: WindowsAntivirusFacts = { center: [], runningServices: [], stoppedServices: [], processes: [] };

function entry(name: string, changes: Partial<SecurityCenterProduct> & { readonly isThere?: boolean } = {}) {
  const { isThere = true, ...rest } = changes;
  const programs = [{ path: `C:\\Program Files\\${name}\\guard.exe`, isThere }];
  return { name, guid: '{00000000-0000-4000-8000-000000000001}', state: 0x04_10_00, programs, ...rest };
}

const DEFENDER_ENTRY = entry('Windows Defender', {
  guid: '{D68DDC3A-831F-4fae-9E44-DA132C1ACF46}',
  state: 0x06_11_00,
  programs: [{ path: 'windowsdefender://', isThere: undefined }],
});

function describeProducts(changes: Partial<WindowsAntivirusFacts>) {
  return describeWindowsProducts({ ...NOTHING, ...changes }, HINTS);
}

describe('describeWindowsProducts()', () => {
  it('finds none on a machine that shows none', () => {
    expect(describeProducts({})).toEqual([]);
  });

  it('lists a product nobody knows under its own name, running by its own program', () => {
    expect(describeProducts({ center: [entry('Lá chắn')], processes: ['Guard.exe'] })).toEqual([
      {
        id: 'other',
        name: 'Lá chắn',
        realTime: 'on',
        signatures: 'up_to_date',
        rawState: 0x04_10_00,
        saidBy: 'security_center',
        isRunning: true,
        evidence: ['Security Center 0x041000', 'process Guard.exe', 'file guard.exe'],
      },
    ]);
  });

  it('does not know whether a product runs of which no name is known', () => {
    expect(describeProducts({ center: [entry('Lá chắn')] })).toEqual([
      expect.not.objectContaining({ isRunning: expect.anything() }),
    ]);
  });

  it('leaves out an entry whose programs are gone and of which nothing runs', () => {
    expect(describeProducts({ center: [entry('Kaspersky Free', { isThere: false })] })).toEqual([]);
  });

  it('keeps an entry whose programs were not found but whose service runs', () => {
    const center = [entry('Kaspersky', { isThere: false })];
    expect(describeProducts({ center, runningServices: ['AVP.KES.21.3'] })).toEqual([
      expect.objectContaining({ id: 'kaspersky', realTime: 'on', isRunning: true }),
    ]);
  });

  it('sees that the service of a product that says it is on was stopped', () => {
    expect(describeProducts({ center: [entry('Kaspersky')], stoppedServices: ['AVP.KES.21.3'] })).toEqual([
      expect.objectContaining({ id: 'kaspersky', realTime: 'on', isRunning: false }),
    ]);
  });

  it('believes the entry that runs when one product has two', () => {
    const old = entry('Kaspersky Endpoint Security 10', { state: 0x04_10_00 });
    const current = entry('Kaspersky Endpoint Security 12', {
      state: 0x04_10_10,
      programs: [{ path: 'C:\\KES12\\wmi32.exe', isThere: true }],
    });
    expect(describeProducts({ center: [old, current], processes: ['wmi32.exe'] })).toEqual([
      expect.objectContaining({ name: 'Kaspersky Endpoint Security 12', signatures: 'out_of_date', isRunning: true }),
    ]);
  });

  it('keeps two products nobody knows apart, sorted by name', () => {
    const names = describeProducts({ center: [entry('Lá chắn'), entry('An toàn')] }).map(({ name }) => name);
    expect(names).toEqual(['An toàn', 'Lá chắn']);
  });

  it('keeps a state nobody has explained raw and unknown', () => {
    expect(describeProducts({ center: [entry('Lá chắn', { state: 0x04_50_20 })] })).toEqual([
      expect.objectContaining({ realTime: 'unknown', signatures: 'unknown', rawState: 0x04_50_20 }),
    ]);
  });

  it('lists a product that Security Center does not, without a word on its protection', () => {
    expect(describeProducts({ runningServices: ['SentinelAgent'] })).toEqual([
      {
        id: 'sentinelone',
        name: 'SentinelOne',
        realTime: 'unknown',
        isRunning: true,
        signatures: 'unknown',
        evidence: ['service SentinelAgent'],
      },
    ]);
  });

  it('is off when its service is installed and nothing of it runs', () => {
    expect(describeProducts({ stoppedServices: ['SentinelAgent'] })).toEqual([
      expect.objectContaining({ id: 'sentinelone', realTime: 'off', isRunning: false }),
    ]);
  });
});

describe('describeWindowsProducts() with Defender', () => {
  const running = { runningServices: ['WinDefend'], processes: ['MsMpEng.exe'] };
  const status = { mode: 'Passive Mode', isServiceEnabled: true, isAntivirusEnabled: true, isRealTimeEnabled: true };

  it('takes its own word before that of Security Center, and keeps the raw value', () => {
    expect(describeProducts({ ...running, center: [DEFENDER_ENTRY], defender: status })).toEqual([
      {
        id: 'defender',
        name: 'Windows Defender',
        realTime: 'off',
        isRunning: true,
        signatures: 'unknown',
        rawState: 0x06_11_00,
        saidBy: 'product',
        evidence: [
          'answer MSFT_MpComputerStatus, mode Passive Mode',
          'Security Center 0x061100',
          'service WinDefend',
          'process MsMpEng.exe',
        ],
      },
    ]);
  });

  it('takes the word of Security Center where it does not answer', () => {
    expect(describeProducts({ ...running, center: [DEFENDER_ENTRY] })).toEqual([
      expect.objectContaining({ realTime: 'on', isRunning: true, saidBy: 'security_center' }),
    ]);
  });

  it('does not know what it protects when only its service is seen', () => {
    expect(describeProducts(running)).toEqual([
      expect.objectContaining({ name: 'Microsoft Defender', realTime: 'unknown', isRunning: true }),
    ]);
  });

  it('is off when its service is stopped and nobody else speaks', () => {
    expect(describeProducts({ stoppedServices: ['WinDefend'] })).toEqual([
      expect.objectContaining({ id: 'defender', realTime: 'off', isRunning: false }),
    ]);
  });

  it('is listed beside the product it gave way to', () => {
    const aside = { ...DEFENDER_ENTRY, state: 0x06_01_00 };
    const seen = describeProducts({
      center: [aside, entry('Kaspersky')],
      runningServices: ['AVP.KES.21.3'],
      stoppedServices: ['WinDefend'],
    });
    expect(seen.map(({ id, realTime, isRunning }) => [id, realTime, isRunning])).toEqual([
      ['defender', 'off', false],
      ['kaspersky', 'on', true],
    ]);
  });
});
