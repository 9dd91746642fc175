import { describe, expect, it } from 'vitest';
import { hypervisorOf } from '#agent/probes/hardware/hypervisor.ts';
import { isJunkSerial, meaningful } from '#agent/probes/hardware/junk-text.ts';
import { machineKindOf, parseChassisType } from '#agent/probes/hardware/machine-kind.ts';
import { parseCpuinfo } from '#agent/probes/hardware/parse-cpuinfo.ts';
import { isDiskName, parseDisk } from '#agent/probes/hardware/parse-disk.ts';
import { parseFirmwareDate } from '#agent/probes/hardware/parse-firmware-date.ts';
import { parseMemTotal } from '#agent/probes/hardware/parse-meminfo.ts';

describe('isJunkSerial()', () => {
  it.each([
    '',
    '   ',
    '0000000',
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '03000200-0400-0500-0006-000700080009',
    'xxxxxxx',
    'To be filled by O.E.M.',
    'To Be Filled By O.E.M.',
    'to be filled by OEM',
    'Default string',
    'System Serial Number',
    'Chassis Serial Number',
    'None',
    'Not Specified',
    'Not Available',
    '0123456789',
    '123456789',
    'INVALID',
    'Unknown',
    'N/A',
    'TBD by ODM',
    'SerNum0',
    'MB-1234567890',
    'BSS-0123456789',
    'O.E.M.',
    '................',
  ])('knows %j as junk', (text) => {
    expect(isJunkSerial(text)).toBe(true);
  });

  it.each([
    '7XX2XX3',
    'PF4XXXX1',
    'CZJ1280RQ2',
    'VMware-50 0c 23 94',
    '4c4c4544-0058-5810-8032-b7c04f585833',
    '1234567A',
  ])('keeps %j', (text) => {
    expect(isJunkSerial(text)).toBe(false);
  });
});

describe('meaningful()', () => {
  it('folds the blanks and control characters firmware pads with', () => {
    expect(meaningful(' SAMSUNG  MZVL2512\0\0\r\n')).toBe('SAMSUNG MZVL2512');
  });

  it('cuts what is longer than the observation allows', () => {
    expect(meaningful('ab'.repeat(100))).toBe('ab'.repeat(64));
  });

  it('has nothing of nothing and of junk', () => {
    expect([meaningful(undefined), meaningful('\n'), meaningful('Default string\n')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('parseChassisType()', () => {
  it.each([
    ['3\n', 3],
    ['131', 3],
    ['', undefined],
    ['-1', undefined],
    ['Desktop', undefined],
  ])('reads %j as %j', (text, want) => {
    expect(parseChassisType(text)).toBe(want);
  });
});

describe('machineKindOf()', () => {
  const plain = { hypervisor: undefined, isContainer: false };

  it.each([
    ['desktop', [3, 4, 5, 6, 7, 13, 15, 16, 24, 34, 35, 36]],
    ['laptop', [8, 9, 10, 11, 14, 30, 31, 32]],
    ['server', [17, 23, 25, 26, 27, 28, 29]],
    ['other', [0, 1, 2, 12, 18, 33, 99]],
  ])('finds a %s in the chassis types %j', (want, types) => {
    expect(types.map((chassisType) => machineKindOf({ ...plain, chassisType }))).toEqual(types.map(() => want));
  });

  it('says virtual under a hypervisor, whatever the case claims to be', () => {
    expect(machineKindOf({ chassisType: 3, hypervisor: 'kvm', isContainer: true })).toBe('virtual');
  });

  it('says other of a container that sees the DMI of a desktop, and of a machine without DMI', () => {
    expect(machineKindOf({ ...plain, chassisType: 3, isContainer: true })).toBe('other');
    expect(machineKindOf({ ...plain, chassisType: undefined })).toBe('other');
  });
});

describe('hypervisorOf()', () => {
  const bare = {
    vendor: 'Dell Inc.\n',
    product: 'OptiPlex 3080\n',
    firmwareVendor: 'Dell Inc.\n',
    hypervisorType: undefined,
    isVirtualCpu: false,
    clockSources: 'tsc hpet acpi_pm \n',
  };

  it.each([
    [undefined, bare],
    ['vmware', { ...bare, vendor: 'VMware, Inc.\n' }],
    ['virtualbox', { ...bare, vendor: 'innotek GmbH\n' }],
    ['hyper-v', { ...bare, vendor: 'Microsoft Corporation\n', product: 'Virtual Machine\n' }],
    [undefined, { ...bare, vendor: 'Microsoft Corporation\n', product: 'Surface Pro 7\n' }],
    ['kvm', { ...bare, vendor: 'QEMU\n', product: 'Standard PC (Q35 + ICH9, 2009)\n' }],
    ['xen', { ...bare, hypervisorType: 'xen\n' }],
    ['kvm', { ...bare, isVirtualCpu: true, clockSources: 'kvm-clock tsc \n' }],
    ['hyper-v', { ...bare, isVirtualCpu: true, clockSources: 'hyperv_clocksource_tsc_page acpi_pm \n' }],
    ['unknown', { ...bare, isVirtualCpu: true, clockSources: '' }],
  ])('says %s', (want, traces) => {
    expect(hypervisorOf(traces)).toBe(want);
  });
});

describe('parseCpuinfo()', () => {
  it('counts cores by socket and core, and threads by processor', () => {
    const text = [0, 1, 2, 3]
      .map(
        (id) => `processor\t: ${id}\nmodel name\t: CPU\nphysical id\t: ${id % 2}\ncore id\t\t: 0\nflags\t\t: fpu vme`,
      )
      .join('\n\n');
    expect(parseCpuinfo(text)).toEqual({ model: 'CPU', threadCount: 4, coreCount: 2, isVirtual: false });
  });

  it('reads the form of 32-bit ARM, where the model stands behind the processors', () => {
    const text =
      'processor\t: 0\nBogoMIPS\t: 38.40\nCPU part\t: 0xd03\n\nprocessor\t: 1\nCPU part\t: 0xd03\n\nHardware\t: BCM2835\nRevision\t: a02082\n';
    expect(parseCpuinfo(text)).toEqual({ model: 'BCM2835', threadCount: 2, isVirtual: false });
  });

  it('finds the flag of a virtual processor, in a text with CRLF and without an end of line', () => {
    expect(parseCpuinfo('processor\t: 0\r\nflags\t\t: fpu hypervisor lm')).toEqual({ threadCount: 1, isVirtual: true });
  });

  it('has no counts of an empty text', () => {
    expect(parseCpuinfo('')).toEqual({ isVirtual: false });
  });
});

describe('parseMemTotal()', () => {
  it.each([
    ['MemTotal:       24684084 kB\nMemFree: 1 kB\n', 25_276_502_016],
    ['MemTotal: 1024 kB\r\n', 1_048_576],
    ['MemTotal: 1024 kB', 1_048_576],
    ['MemTotal: -1 kB\n', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, want) => {
    expect(parseMemTotal(text)).toBe(want);
  });
});

describe('parseFirmwareDate()', () => {
  it.each([
    ['03/21/2022\n', '2022-03-21'],
    ['12/31/99', '1999-12-31'],
    ['02/29/2024', '2024-02-29'],
    ['02/30/2024', undefined],
    ['13/01/2024', undefined],
    ['2024-01-01', undefined],
    ['', undefined],
  ])('reads %j as %j', (text, want) => {
    expect(parseFirmwareDate(text)).toBe(want);
  });
});

describe('isDiskName()', () => {
  it('leaves out memory, loops, stacks and boot parts', () => {
    const names = 'dm-0 fd0 loop7 md127 mmcblk0 mmcblk0boot0 nvme0c0n1 nvme0n1 ram1 sda sdaa sr0 vda xvda zram0'.split(
      ' ',
    );
    expect(names.filter(isDiskName)).toEqual(['mmcblk0', 'nvme0n1', 'sda', 'sdaa', 'vda', 'xvda']);
  });
});

describe('parseDisk()', () => {
  const sda = {
    name: 'sda',
    linkTarget: '../devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block/sda',
    size: '2048\n',
    removable: '0\n',
    rotational: '1\n',
    model: 'DISK            \n',
    serial: undefined,
    type: '0\n',
  };

  it.each([
    ['hdd', sda],
    ['ssd', { ...sda, rotational: '0\n' }],
    ['unknown', { ...sda, rotational: undefined }],
    ['nvme', { ...sda, name: 'nvme0n1', rotational: '0' }],
    ['virtual', { ...sda, name: 'vda' }],
    ['virtual', { ...sda, model: 'VBOX HARDDISK' }],
  ])('knows %s', (want, texts) => {
    expect(parseDisk(texts)?.kind).toBe(want);
  });

  it.each([
    ['removable', { ...sda, removable: '1\n' }],
    ['an SD card', { ...sda, name: 'mmcblk0', type: 'SD\n' }],
    ['on USB', { ...sda, linkTarget: '../devices/pci0000:00/0000:00:14.0/usb2/2-1/block/sda' }],
    ['empty', { ...sda, size: '0\n' }],
    ['of negative size', { ...sda, size: '-1\n' }],
    ['without a size', { ...sda, size: undefined }],
  ])('leaves out a disk that is %s', (_, texts) => {
    expect(parseDisk(texts)).toBeUndefined();
  });

  it('drops a junk serial number', () => {
    expect(parseDisk({ ...sda, serial: '00000000000000000000\n' })).toEqual({
      name: 'sda',
      model: 'DISK',
      sizeBytes: 1_048_576,
      kind: 'hdd',
    });
  });
});
