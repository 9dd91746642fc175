import { describe, expect, it } from 'vitest';
import { fileTimeMs, parseUpdateAgentTime } from '#agent/probes/updates/parse-windows-time.ts';
import { updatesProbe } from '#agent/probes/updates/probe.ts';
import { describeWindowsUpdates } from '#agent/probes/updates/windows.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';

const seen = (name: string) => updatesProbe.read(openRecordedHost(name), EMPTY_CONTEXT);

describe('updatesProbe on Windows', () => {
  it('dates the newest rollup that is in use, not one that waits for the restart', async () => {
    expect(await seen('windows-11-24h2-domain-kaspersky')).toEqual({
      source: 'windows-update',
      lastInstalledAt: '2026-11-12T03:21:09.000Z',
      isRebootNeeded: true,
      server: 'http://wsus.example.org:8530',
    });
  });

  it('leaves superseded rollups out', async () => {
    expect(await seen('windows-10-22h2-defender')).toEqual({
      source: 'windows-update',
      lastInstalledAt: '2025-10-16T02:45:11.000Z',
      isRebootNeeded: false,
    });
  });

  it('sees that servicing waits for a restart', async () => {
    expect(await seen('windows-server-2019-defender')).toEqual({
      source: 'windows-update',
      lastInstalledAt: '2026-10-17T19:05:44.000Z',
      isRebootNeeded: true,
    });
  });

  it('fails by name where Windows refuses', async () => {
    await expect(seen('windows-11-24h2-wmi-hangs')).rejects.toMatchObject({ code: 'HOST_FILE_DENIED' });
  });
});

const nothing = {
  packages: [],
  installedAt: undefined,
  checkedAt: undefined,
  isUpdateRebootNeeded: undefined,
  isServicingRebootNeeded: undefined,
  wsusServer: 'http://wsus.example.org',
  isWsusUsed: false,
  isOff: undefined,
};

describe('describeWindowsUpdates()', () => {
  it('takes the word of the update agent on Windows 8.1 and older', () => {
    const found = { ...nothing, installedAt: '2022-12-14 08:01:02', checkedAt: '2023-01-09 01:00:00' };
    expect(describeWindowsUpdates(found, undefined)).toEqual({
      source: 'windows-update',
      lastInstalledAt: '2022-12-14T08:01:02.000Z',
      lastCheckedAt: '2023-01-09T01:00:00.000Z',
    });
  });

  it('keeps an earlier date when the packages were tidied up', () => {
    const previous = { source: 'windows-update', lastInstalledAt: '2026-10-15T03:00:00.000Z' } as const;
    expect(describeWindowsUpdates(nothing, previous)).toEqual(previous);
  });

  it('says nothing of a date it does not know', () => {
    expect(describeWindowsUpdates(nothing, undefined)).toEqual({ source: 'windows-update' });
  });
});

describe('fileTimeMs()', () => {
  it('puts the halves together, which PowerShell reads as signed numbers', () => {
    // 133022368451359321, or 2022-07-14 01:47:25 UTC.
    expect(new Date(fileTimeMs(30_971_683, 2_864_280_153 - 2 ** 32) ?? 0).toISOString()).toBe(
      '2022-07-14T01:47:25.135Z',
    );
  });

  it.each([
    ['without a half', undefined, 1],
    ['of 1601', 0, 0],
    ['after 2100', 2_147_483_647, 0],
  ])('finds no instant %s', (_, high, low) => {
    expect(fileTimeMs(high, low)).toBeUndefined();
  });
});

describe('parseUpdateAgentTime()', () => {
  it('reads UTC and nothing else', () => {
    expect(
      ['2026-11-10 03:12:45', '10/11/2026 03:12', '2026-13-40 03:12:45', undefined].map(parseUpdateAgentTime),
    ).toEqual([Date.UTC(2026, 10, 10, 3, 12, 45), undefined, undefined, undefined]);
  });
});
