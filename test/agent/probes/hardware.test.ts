import { describe, expect, it } from 'vitest';
import { fingerprintOf, readFingerprintIds } from '#agent/probes/hardware/fingerprint.ts';
import { hardwareProbe } from '#agent/probes/hardware/probe.ts';
import { hardware } from '#shared/observations/hardware.ts';
import type { Observation } from '#shared/observations/index.ts';
import { buildSmbiosTable, printSmbiosQuery } from '../../tools/smbios-table.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';
import { changeHost } from './changed-host.ts';

const SEEN: Readonly<Record<string, Observation<'hardware'>>> = {
  'container-bare': {
    kind: 'other',
    cpuModel: 'Intel(R) Core(TM) i5-9400 CPU @ 2.90GHz',
    cpuThreadCount: 2,
    cpuCoreCount: 2,
    memoryBytes: 4_101_160_960,
    disks: [],
  },
  'debian-12-desktop': {
    maker: 'Gigabyte Technology Co., Ltd.',
    model: 'H410M H V2',
    kind: 'desktop',
    chassisType: 3,
    firmwareVersion: 'F22',
    firmwareDate: '2022-03-21',
    cpuModel: 'Intel(R) Pentium(R) Gold G6400 CPU @ 4.00GHz',
    cpuThreadCount: 4,
    cpuCoreCount: 2,
    memoryBytes: 8_221_093_888,
    disks: [
      { name: 'sda', model: 'WDC WD10EZEX-08W', serial: 'WD-WCC6Y5XXXX01', sizeBytes: 1_000_204_886_016, kind: 'hdd' },
      { name: 'sdb', model: 'KINGSTON SA400S3', sizeBytes: 120_034_123_776, kind: 'ssd' },
    ],
  },
  'rocky-9-server': {
    maker: 'Dell Inc.',
    model: 'PowerEdge R650',
    serial: '7XX2XX3',
    kind: 'server',
    chassisType: 23,
    firmwareVersion: '1.13.2',
    firmwareDate: '2023-12-19',
    cpuModel: 'Intel(R) Xeon(R) Silver 4309Y CPU @ 2.80GHz',
    cpuThreadCount: 32,
    cpuCoreCount: 16,
    memoryBytes: 67_054_600_192,
    disks: [
      { name: 'sda', model: 'PERC H755 Front', serial: '00a1b2c3d4e5f607', sizeBytes: 480_094_497_792, kind: 'ssd' },
    ],
  },
  'ubuntu-24.04-laptop': {
    maker: 'LENOVO',
    model: 'ThinkPad T14 Gen 4',
    kind: 'laptop',
    chassisType: 10,
    firmwareVersion: 'N3QET49W (1.49 )',
    firmwareDate: '2024-11-18',
    cpuModel: '13th Gen Intel(R) Core(TM) i3-1315U',
    cpuThreadCount: 8,
    cpuCoreCount: 6,
    memoryBytes: 16_456_945_664,
    disks: [
      {
        name: 'nvme0n1',
        model: 'SAMSUNG MZVL2512HDJD-00BL7',
        serial: 'S6XXNX0W000001',
        sizeBytes: 512_110_190_592,
        kind: 'nvme',
      },
    ],
  },
};

describe('hardwareProbe', () => {
  it.each(Object.entries(SEEN))('sees what %s is made of', async (name, want) => {
    const seen = await hardwareProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual(want);
    expect(hardware.parse(seen)).toEqual(want);
  });

  it('says nothing of serial numbers that root alone may read', async () => {
    const { serial } = await hardwareProbe.read(openRecordedHost('ubuntu-24.04-laptop'), EMPTY_CONTEXT);
    expect(serial).toBeUndefined();
  });

  it('takes "Default string" for no serial number', async () => {
    const host = openRecordedHost('debian-12-desktop');
    expect(await host.readText('/sys/class/dmi/id/product_serial')).toBe('Default string\n');
    expect(await hardwareProbe.read(host, EMPTY_CONTEXT)).not.toHaveProperty('serial');
  });

  it('reads the device tree of a board without DMI', async () => {
    const files: Readonly<Record<string, string>> = {
      '/proc/cpuinfo': 'processor\t: 0\nBogoMIPS\t: 108.00\n\nHardware\t: BCM2835\n',
      '/proc/meminfo': 'MemTotal: 3884812 kB\n',
      '/proc/device-tree/model': 'Raspberry Pi 4 Model B Rev 1.4\0',
      '/proc/device-tree/serial-number': '10000000a1b2c3d4\0',
    };
    const host = {
      ...openRecordedHost('container-bare'),
      readText: async (path: string) => files[path],
      stat: async () => undefined,
    };
    expect(await hardwareProbe.read(host, EMPTY_CONTEXT)).toEqual({
      model: 'Raspberry Pi 4 Model B Rev 1.4',
      serial: '10000000a1b2c3d4',
      kind: 'other',
      cpuModel: 'BCM2835',
      cpuThreadCount: 1,
      memoryBytes: 3_978_047_488,
      disks: [],
    });
    expect(await readFingerprintIds(host)).toEqual(['serial:10000000a1b2c3d4']);
  });

  it('fails by name without /proc/meminfo', async () => {
    const host = { ...openRecordedHost('container-bare'), readText: async () => undefined };
    await expect(hardwareProbe.read(host, EMPTY_CONTEXT)).rejects.toMatchObject({ code: 'HOST_READ_FAILED' });
  });
});

describe('readFingerprintIds()', () => {
  it.each([
    ['container-bare', []],
    ['debian-12-desktop', ['mac:00:00:5e:00:53:01']],
    [
      'rocky-9-server',
      ['board:.7xx2xx3.cnivc001x10001.', 'serial:7xx2xx3', 'uuid:4c4c4544-0058-5810-8032-b7c04f585833'],
    ],
    ['ubuntu-24.04-laptop', ['mac:00:00:5e:00:53:10', 'mac:00:00:5e:00:53:11']],
  ])('finds what does not change on %s', async (name, want) => {
    expect(await readFingerprintIds(openRecordedHost(name))).toEqual(want);
  });

  it.each([
    [
      'windows-10-22h2-defender',
      ['board:/doc0001/cndoc00001/', 'serial:doc0001', 'uuid:4c4c4544-0044-4f10-8043-444f43303031'],
    ],
    ['windows-10-22h2-cloned', []],
    ['windows-11-24h2-bkav', ['board:doc-board-0004', 'uuid:a1b2c3d4-0004-11ec-8000-00005e005308']],
  ])('finds what does not change on %s', async (name, want) => {
    expect(await readFingerprintIds(openRecordedHost(name))).toEqual(want);
  });

  it('finds the same on one machine under Windows and under Linux', async () => {
    const texts = {
      maker: 'Dell Inc.',
      product: 'OptiPlex 7080',
      systemSerial: ' DOC0001 ',
      systemUuid: '4c4c4544-0044-4f10-8043-444f43303031',
      boardSerial: '/DOC0001/CNDOC00001/',
      chassisSerial: 'Default string',
    };
    const windows = changeHost(openRecordedHost('windows-10-22h2-cloned'), {
      commands: { 'reg-smbios': { stdout: printSmbiosQuery(buildSmbiosTable(texts)) } },
    });
    const folder = '/sys/class/dmi/id';
    const linux = changeHost(openRecordedHost('container-bare'), {
      files: {
        [`${folder}/product_uuid`]: `${texts.systemUuid}\n`,
        [`${folder}/product_serial`]: `${texts.systemSerial}\n`,
        [`${folder}/board_serial`]: `${texts.boardSerial}\n`,
        [`${folder}/chassis_serial`]: `${texts.chassisSerial}\n`,
      },
    });
    const ids = await readFingerprintIds(windows);
    expect(ids).toEqual(['board:/doc0001/cndoc00001/', 'serial:doc0001', 'uuid:4c4c4544-0044-4f10-8043-444f43303031']);
    expect(ids).toEqual(await readFingerprintIds(linux));
  });

  it('finds nothing where reg.exe is missing', async () => {
    const host = changeHost(openRecordedHost('windows-10-22h2-defender'), {
      commands: { 'reg-smbios': 'COMMAND_MISSING' },
    });
    expect(await readFingerprintIds(host)).toEqual([]);
  });
});

describe('fingerprintOf()', () => {
  it('is SHA-256 in base64url without padding', () => {
    expect(fingerprintOf(['mac:00:00:5e:00:53:01'])).toBe('pHesowUom_kp99XUUlpVwzppxIHIYcsDUImfGIoc0i4');
  });

  it('tells a list of two ids from one id that looks like both', () => {
    expect(fingerprintOf(['a', 'b'])).not.toBe(fingerprintOf(['a b']));
  });
});
