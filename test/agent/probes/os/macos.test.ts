import { describe, expect, it } from 'vitest';
import { parseSysctlMachine } from '#agent/probes/os/parse-sysctl-machine.ts';
import { osProbe } from '#agent/probes/os/probe.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import type { Observation } from '#shared/observations/index.ts';
import { os } from '#shared/observations/os.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost, type HostChanges } from '../changed-host.ts';

function look(name: string, changes: HostChanges = {}, previous?: Observation<'os'>) {
  const context = { ...EMPTY_CONTEXT, ...(previous === undefined ? {} : { previous }) };
  return osProbe.read(changeHost(openRecordedHost(name), changes), context);
}

const LAPTOP = {
  family: 'macos',
  id: 'macos',
  name: 'macOS 15.7.4',
  version: '15.7.4',
  build: '24G517',
  architecture: 'aarch64',
  installedAt: '2025-01-14T03:02:19.000Z',
} as const;

describe('os probe on macOS', () => {
  it('sees which system runs, without the language of the display', async () => {
    const seen = await look('macos-15-laptop-filevault');
    expect(seen).toEqual(LAPTOP);
    expect(os.parse(seen)).toEqual(LAPTOP);
  });

  it.each([
    ['macos-12-mac-mini-intel', 'x86_64'],
    ['macos-15-vietnamese-denied', 'aarch64'],
  ])('sees the architecture of %s, translated or not', async (name, want) => {
    expect(await look(name)).toMatchObject({ architecture: want });
  });

  it('starts no process for an architecture it knows', async () => {
    const commands = { 'sysctl-machine': 'COMMAND_MISSING' } as const;
    expect(await look('macos-15-laptop-filevault', { commands }, LAPTOP)).toEqual(LAPTOP);
    expect(await look('macos-15-laptop-filevault', { commands })).toMatchObject({ architecture: 'unknown' });
  });

  it('names a version of which the catalogue knows until when it is supported', async () => {
    const rows = loadCatalogues().osLifeCycles;
    for (const [name, row] of [
      ['macos-12-mac-mini-intel', '12'],
      ['macos-15-laptop-filevault', '15'],
    ] as const) {
      const { id, version } = await look(name);
      const found = rows.find((one) => one.id === id && version.startsWith(`${one.version}.`));
      expect(found?.version).toEqual(row);
    }
  });

  it('fails by name without a version', async () => {
    const files = { '/System/Library/CoreServices/SystemVersion.plist': undefined };
    await expect(look('macos-15-laptop-filevault', { files })).rejects.toMatchObject({ code: 'OUTPUT_UNREADABLE' });
  });
});

describe('parseSysctlMachine()', () => {
  it('takes the word of the kernel that Rosetta does not translate', () => {
    expect(parseSysctlMachine('hw.machine: x86_64\nhw.optional.arm64: 1\n')).toEqual('aarch64');
    expect(parseSysctlMachine('hw.machine: arm64\n')).toEqual('aarch64');
    expect(parseSysctlMachine('hw.machine: x86_64\nhw.optional.arm64: 0\n')).toEqual('x86_64');
    expect(parseSysctlMachine('')).toEqual(undefined);
  });
});
