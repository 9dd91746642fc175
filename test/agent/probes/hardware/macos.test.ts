import { describe, expect, it } from 'vitest';
import { readFingerprintIds } from '#agent/probes/hardware/fingerprint.ts';
import { parseIoregText } from '#agent/probes/hardware/parse-ioreg-text.ts';
import { parseSystemProfiler } from '#agent/probes/hardware/parse-system-profiler.ts';
import { hardwareProbe } from '#agent/probes/hardware/probe.ts';
import { hardware } from '#shared/observations/hardware.ts';
import type { Observation } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost, type HostChanges } from '../changed-host.ts';

const SEEN: Readonly<Record<string, Observation<'hardware'>>> = {
  'macos-15-laptop-filevault': {
    maker: 'Apple',
    model: 'MacBook Air (Mac14,2)',
    serial: 'H3XAMPLE0M15',
    kind: 'laptop',
    firmwareVersion: '11881.140.96',
    cpuModel: 'Apple M2',
    cpuThreadCount: 8,
    cpuCoreCount: 8,
    memoryBytes: 8_589_934_592,
    disks: [
      {
        name: 'disk0',
        model: 'APPLE SSD AP0256Z',
        serial: '0ba0example00001',
        sizeBytes: 251_000_193_024,
        kind: 'nvme',
      },
    ],
  },
  'macos-12-mac-mini-intel': {
    maker: 'Apple',
    model: 'Mac mini (Macmini7,1)',
    serial: 'H3XAMPLE0M12',
    kind: 'desktop',
    firmwareVersion: '430.140.3',
    cpuModel: 'Dual-Core Intel Core i5 1.4 GHz',
    cpuThreadCount: 4,
    cpuCoreCount: 2,
    memoryBytes: 4_294_967_296,
    disks: [
      {
        name: 'disk0',
        model: 'APPLE HDD HTS545050A7E362',
        serial: 'TNS5193H3EXAMPLE',
        sizeBytes: 500_107_862_016,
        kind: 'hdd',
      },
    ],
  },
};

function lookWith(overview: Readonly<Record<string, unknown>>) {
  const printed = { SPHardwareDataType: [{ physical_memory: '4 GB', ...overview }] };
  const commands = { 'system-profiler-hardware': { stdout: JSON.stringify(printed) } };
  const host = changeHost(openRecordedHost('macos-12-mac-mini-intel'), { commands });
  return hardwareProbe.read(host, EMPTY_CONTEXT);
}

describe('hardware probe on macOS', () => {
  it.each(Object.entries(SEEN))('sees what %s is made of, without disks that can be taken out', async (name, want) => {
    const seen = await hardwareProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual(want);
    expect(hardware.parse(seen)).toEqual(want);
  });

  it.each([
    [{ machine_name: 'MacBook Pro', machine_model: 'Mac16,8' }, 'laptop'],
    [{ machine_model: 'MacBookPro14,1' }, 'laptop'],
    [{ machine_name: 'iMac', machine_model: 'Mac15,4' }, 'desktop'],
    [{ machine_name: 'Mac Studio', machine_model: 'Mac14,13' }, 'desktop'],
    [{ machine_name: 'Mac Pro', machine_model: 'MacPro7,1' }, 'desktop'],
    [{ machine_name: 'Something New', machine_model: 'Mac99,1' }, 'other'],
    [{}, 'other'],
  ])('takes %j for its kind', async (overview, want) => {
    expect(await lookWith(overview)).toMatchObject({ kind: want });
  });

  it.each([
    ['VirtualMac2,1', 'apple-virtualization'],
    ['VMware20,1', 'vmware'],
    ['Parallels17,1', 'parallels'],
  ])('sees that %s is virtual', async (machine_model, hypervisor) => {
    expect(await lookWith({ machine_name: 'iMac', machine_model })).toMatchObject({ kind: 'virtual', hypervisor });
  });

  it('fails by name when system_profiler fails or prints something else', async () => {
    const look = (commands: HostChanges['commands'] = {}) =>
      hardwareProbe.read(changeHost(openRecordedHost('macos-12-mac-mini-intel'), { commands }), EMPTY_CONTEXT);
    await expect(look({ 'system-profiler-hardware': { exitCode: 1 } })).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
    });
    await expect(look({ 'system-profiler-hardware': { stdout: '{}' } })).rejects.toMatchObject({
      code: 'OUTPUT_UNREADABLE',
    });
  });
});

describe('parseSystemProfiler()', () => {
  const profile = (overview: unknown) => parseSystemProfiler(JSON.stringify({ SPHardwareDataType: [overview] }));

  it.each([
    ['16 GB', 17_179_869_184],
    ['16 Go', 17_179_869_184],
    ['1,5 TB', 1_649_267_441_664],
    ['192 ГБ', 206_158_430_208],
  ])('reads %s of memory in any language', (physical_memory, want) => {
    expect(profile({ physical_memory }).memoryBytes).toEqual(want);
  });

  it.each([
    ['proc 10:4:6', 10],
    ['proc 12:0:8:4', 12],
    [8, 8],
    ['many', undefined],
  ])('reads the cores of %s', (number_processors, want) => {
    expect(profile({ physical_memory: '8 GB', number_processors }).coreCount).toEqual(want);
  });

  it('leaves out texts that say nothing', () => {
    expect(profile({ physical_memory: '8 GB', serial_number: 'Not Available', machine_name: '' })).toEqual({
      memoryBytes: 8_589_934_592,
      disks: [],
    });
  });
});

describe('readFingerprintIds() on macOS', () => {
  it('finds what does not change', async () => {
    expect(await readFingerprintIds(openRecordedHost('macos-12-mac-mini-intel'))).toEqual([
      'serial:h3xample0m12',
      'uuid:0f3e4d2c-9a88-5b66-a1c0-77e6d5c4b303',
    ]);
  });

  it('finds nothing when ioreg does not answer, and takes no junk', async () => {
    const look = (commands: HostChanges['commands'] = {}) =>
      readFingerprintIds(changeHost(openRecordedHost('macos-12-mac-mini-intel'), { commands }));
    expect(await look({ 'ioreg-platform': 'COMMAND_TIMED_OUT' })).toEqual([]);
    expect(await look({ 'ioreg-platform': { stdout: '  "IOPlatformSerialNumber" = "0000000"\n' } })).toEqual([]);
  });
});

describe('parseIoregText()', () => {
  it('takes a text by its whole name, through the bars of the tree', () => {
    const printed = '  | |   "IOPlatformSerialNumber" = "ABC"\n  | |   "model" = <"Mac14,2">\n';
    expect(parseIoregText(printed, 'IOPlatformSerialNumber')).toEqual('ABC');
    expect(parseIoregText(printed, 'SerialNumber')).toEqual(undefined);
    expect(parseIoregText(printed, 'model')).toEqual(undefined);
  });
});
