import { describe, expect, it } from 'vitest';
import { isSystemUpdate, parseInstallHistory } from '#agent/probes/updates/parse-install-history.ts';
import { parseSoftwareUpdate } from '#agent/probes/updates/parse-software-update.ts';
import { updatesProbe } from '#agent/probes/updates/probe.ts';
import { updates } from '#shared/observations/updates.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost, type HostChanges } from '../changed-host.ts';

async function look(name: string, changes: HostChanges = {}) {
  const seen = await updatesProbe.read(changeHost(openRecordedHost(name), changes), EMPTY_CONTEXT);
  expect(updates.parse(seen)).toEqual(seen);
  return seen;
}

describe('updates probe on macOS', () => {
  it.each([
    [
      'macos-15-laptop-filevault',
      'which has all but the next major version',
      {
        source: 'softwareupdate',
        lastInstalledAt: '2026-02-26T11:47:52.000Z',
        lastCheckedAt: '2026-03-09T23:14:07.000Z',
        pendingCount: 0,
      },
    ],
    [
      'macos-15-vietnamese-denied',
      'whose offers are named in its language',
      {
        source: 'softwareupdate',
        lastInstalledAt: '2026-01-09T12:21:30.000Z',
        lastCheckedAt: '2026-03-09T22:00:00.000Z',
        pendingCount: 2,
      },
    ],
    [
      'macos-12-mac-mini-intel',
      'whose list of offers is older than its newest update',
      {
        source: 'softwareupdate',
        lastInstalledAt: '2024-08-05T09:12:45.000Z',
        lastCheckedAt: '2024-07-30T04:00:00.000Z',
      },
    ],
  ])('sees how current %s is, %s', async (name, _, want) => {
    expect(await look(name)).toEqual(want);
  });

  it('says what it can when plutil fails or the history is gone', async () => {
    const commands = { 'plutil-software-update': 'COMMAND_TIMED_OUT' } as const;
    expect(await look('macos-15-laptop-filevault', { commands })).toEqual({
      source: 'softwareupdate',
      lastInstalledAt: '2026-02-26T11:47:52.000Z',
    });
    const files = { '/Library/Receipts/InstallHistory.plist': undefined };
    expect(await look('macos-14-desktop-defender', { files })).toEqual({
      source: 'softwareupdate',
      lastCheckedAt: '2026-03-09T09:59:21.000Z',
      pendingCount: 1,
    });
  });
});

describe('parseInstallHistory()', () => {
  it('tells updates of the system from data, from other software and from nonsense', () => {
    const date = '2026-03-01T00:00:00Z';
    const items = parseInstallHistory([
      { date, displayName: 'macOS 15.7.4', displayVersion: '15.7.4', processName: 'softwareupdated' },
      { date, displayName: 'macOS Rapid Security Response 13.4.1', displayVersion: '13.4.1 (a)' },
      { date, displayName: 'XProtectPlistConfigData', displayVersion: '5331', contentType: 'config-data' },
      { date, displayName: 'macOSBrowserData', displayVersion: '1', contentType: 'config-data' },
      { date, displayName: 'Safari', displayVersion: '26.3' },
      { date, displayName: 'macOSTools', displayVersion: '1' },
      { date: 'yesterday', displayName: 'macOS 15.7.5' },
      'nonsense',
    ]);
    expect(items.map(({ name }) => name)).toEqual([
      'macOS 15.7.4',
      'macOS Rapid Security Response 13.4.1',
      'XProtectPlistConfigData',
      'macOSBrowserData',
      'Safari',
      'macOSTools',
    ]);
    expect(items.filter(isSystemUpdate).map(({ version }) => version)).toEqual(['15.7.4', '13.4.1 (a)']);
  });

  it('finds nothing in what is no list', () => {
    expect(parseInstallHistory(undefined)).toEqual([]);
  });
});

describe('parseSoftwareUpdate()', () => {
  it('counts the list and not the counter beside it', () => {
    const offer = (key: string, version: string) => ({ 'Product Key': key, 'Display Version': version });
    const list = {
      LastRecommendedUpdatesAvailable: 9,
      LastSuccessfulDate: '2026-03-09T00:00:00Z',
      LastFullSuccessfulDate: '2026-03-08T00:00:00Z',
      InstallDateDictionary: { '24G1': '2026-02-01T00:00:00Z', '24G2': '2026-03-01T00:00:00Z' },
      RecommendedUpdates: [
        offer('MSU_UPDATE_24G3_patch_15.8_minor', '15.8'),
        offer('MSU_UPDATE_24G2_patch_15.7.4_minor', '15.7.4'),
        offer('MSU_UPDATE_25D1_patch_26.3_major', '26.3'),
        offer('052-00001', '15.7.4'),
        7,
      ],
    };
    expect(parseSoftwareUpdate(list, '15.7.4')).toEqual({
      checkedAtMs: Date.parse('2026-03-09T00:00:00Z'),
      installedAtMs: Date.parse('2026-03-01T00:00:00Z'),
      offeredCount: 2,
    });
  });

  it('knows no date where there is none', () => {
    expect(parseSoftwareUpdate({}, undefined)).toEqual({ offeredCount: 0 });
    expect(parseSoftwareUpdate(undefined, undefined)).toEqual(undefined);
  });
});
