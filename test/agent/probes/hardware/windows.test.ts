import { describe, expect, it } from 'vitest';
import { describeWindowsDisks } from '#agent/probes/hardware/describe-windows-disks.ts';
import { hardwareProbe } from '#agent/probes/hardware/probe.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';

const seen = (name: string) => hardwareProbe.read(openRecordedHost(name), EMPTY_CONTEXT);

describe('hardwareProbe on Windows', () => {
  it('sees a laptop, by the name people know', async () => {
    expect(await seen('windows-11-24h2-domain-kaspersky')).toEqual({
      maker: 'LENOVO',
      model: 'ThinkPad X1 Carbon Gen 9',
      serial: 'DOC0002',
      kind: 'laptop',
      chassisType: 10,
      firmwareVersion: 'N32ET93W (1.69 )',
      firmwareDate: '2024-11-20',
      cpuModel: '11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz',
      cpuThreadCount: 8,
      cpuCoreCount: 4,
      memoryBytes: 16_655_581_184,
      disks: [
        {
          name: 'PhysicalDrive0',
          model: 'WDC PC SN730 SDBQNTY-512G',
          serial: 'DOC1_0000_0002.',
          sizeBytes: 512_110_190_592,
          kind: 'nvme',
        },
      ],
      hasBattery: true,
    });
  });

  it('takes placeholders for no names and no serial numbers', async () => {
    expect(await seen('windows-10-22h2-cloned')).toEqual({
      kind: 'desktop',
      chassisType: 3,
      firmwareVersion: 'P1.20',
      firmwareDate: '2016-01-29',
      cpuModel: 'Intel(R) Pentium(R) CPU G4400 @ 3.30GHz',
      cpuThreadCount: 2,
      cpuCoreCount: 2,
      memoryBytes: 4_200_595_456,
      disks: [
        {
          name: 'PhysicalDrive0',
          model: 'ST500DM002-1BD142',
          serial: 'DOC00006',
          sizeBytes: 500_107_862_016,
          kind: 'hdd',
        },
      ],
      hasBattery: false,
    });
  });

  it('adds the sockets of a server up, and reads its disks where the storage namespace knows none', async () => {
    expect(await seen('windows-server-2019-defender')).toEqual({
      maker: 'HPE',
      model: 'ProLiant DL380 Gen10',
      serial: 'DOC0005',
      kind: 'server',
      chassisType: 23,
      firmwareVersion: 'U30',
      firmwareDate: '2023-09-18',
      cpuModel: 'Intel(R) Xeon(R) Silver 4210 CPU @ 2.20GHz',
      cpuThreadCount: 40,
      cpuCoreCount: 20,
      memoryBytes: 68_719_476_736,
      disks: [
        {
          name: 'PhysicalDrive0',
          model: 'HPE LOGICAL VOLUME SCSI Disk Device',
          serial: 'DOC-RAID-0005',
          sizeBytes: 1_200_210_247_680,
          kind: 'unknown',
        },
      ],
      hasBattery: false,
    });
  });

  it('leaves a memory stick out', async () => {
    const { disks } = await seen('windows-10-22h2-defender');
    expect(disks.map(({ model }) => model)).toEqual(['Samsung SSD 870 EVO 500GB']);
  });
});

const disk = { name: '0', friendlyName: undefined, serial: undefined, sizeBytes: 1_000 };

describe('describeWindowsDisks()', () => {
  it.each([
    { model: 'Msft Virtual Disk', mediaType: 0, busType: 10, want: 'virtual' },
    { model: 'ST1000', mediaType: 3, busType: 11, want: 'hdd' },
    { model: 'CT480', mediaType: 4, busType: 11, want: 'ssd' },
    { model: 'SN730', mediaType: 4, busType: 17, want: 'nvme' },
    { model: 'RAID', mediaType: 0, busType: 8, want: 'unknown' },
  ])('calls $model $want', ({ model, mediaType, busType, want }) => {
    const [found] = describeWindowsDisks({ disks: [{ ...disk, model, mediaType, busType }], drives: [] });
    expect(found?.kind).toBe(want);
  });
});
