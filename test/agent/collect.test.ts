import { describe, expect, it } from 'vitest';
import { type CollectOptions, collect } from '#agent/collect.ts';
import type { Host } from '#agent/host/host.ts';
import { createInventory, INVENTORY_TOTAL_MS } from '#agent/host/powershell/inventory.ts';
import type { InventorySectionId } from '#agent/host/powershell/inventory-section.ts';
import { PROBES } from '#agent/probes/index.ts';
import type { OutcomeCache } from '#agent/uplink/agent-state.ts';
import { blankProbeContext } from '../tools/blank-probe-context.ts';
import { changeHost } from './probes/changed-host.ts';
import { openRecordedHost, openRecordedHostWith, openRecordedInventory } from './recorded-host.ts';

const DAY_MS = 86_400_000;
const WINDOWS_PROBES = PROBES.filter(({ id }) =>
  ['antivirus', 'network', 'os', 'self', 'time', 'updates'].includes(id),
);

interface Opened {
  readonly sections: readonly InventorySectionId[];
  readonly mayWait: boolean;
}

/** A look at a recorded Windows machine, and the inventories it opened. */
function windowsLook(
  name: string,
  changes: Partial<CollectOptions> = {},
): { options: CollectOptions; opened: Opened[] } {
  const opened: Opened[] = [];
  const options: CollectOptions = {
    probes: WINDOWS_PROBES,
    platform: 'win32',
    openHost: ({ inventory } = {}) =>
      inventory === undefined ? openRecordedHost(name) : openRecordedHostWith(name, inventory),
    openInventory: (sections, mayWait) => {
      opened.push({ sections, mayWait });
      return openRecordedInventory(name, sections, mayWait);
    },
    cpuLoadRatio: async () => 0.1,
    outcomes: {},
    strikes: {},
    context: blankProbeContext(),
    inventoryMs: DAY_MS,
    isForced: false,
    note: () => undefined,
    ...changes,
  };
  return { options, opened };
}

function aged(outcomes: OutcomeCache, ageMs: number): OutcomeCache {
  return Object.fromEntries(
    Object.entries(outcomes).map(([id, outcome]) => [id, { ...outcome, observedAtMs: outcome.observedAtMs - ageMs }]),
  );
}

const codesOf = (outcomes: OutcomeCache) =>
  Object.fromEntries(Object.entries(outcomes).map(([id, { failure }]) => [id, failure?.code ?? 'seen']));

describe('collect() on Windows', () => {
  it('lets all probes of one look share one inventory with exactly their sections', async () => {
    const { options, opened } = windowsLook('windows-10-22h2-defender');
    const { outcomes } = await collect(options);
    expect(opened).toEqual([{ sections: ['antivirus', 'network', 'os', 'time', 'updates'], mayWait: false }]);
    expect(codesOf(outcomes)).toEqual({
      antivirus: 'seen',
      network: 'seen',
      os: 'seen',
      self: 'seen',
      time: 'seen',
      updates: 'seen',
    });
  });

  it('gives the section that hangs a strike of its own, and next time an inventory of its own', async () => {
    const { options, opened } = windowsLook('windows-11-24h2-wmi-hangs');
    const first = await collect(options);
    expect(codesOf(first.outcomes)).toEqual({
      antivirus: 'COMMAND_TIMED_OUT',
      network: 'seen',
      os: 'seen',
      self: 'seen',
      time: 'seen',
      updates: 'HOST_FILE_DENIED',
    });
    expect(Object.keys(first.strikes)).toEqual(['antivirus']);
    await collect({ ...options, isForced: true, strikes: first.strikes });
    expect(opened.slice(1).map(({ sections }) => sections)).toEqual([
      ['network', 'os', 'time', 'updates'],
      ['antivirus'],
    ]);
  });

  it('says of every probe that PowerShell is blocked', async () => {
    const { options } = windowsLook('windows-10-22h2-powershell-blocked');
    const { outcomes, strikes } = await collect(options);
    expect({ os: outcomes['os']?.failure, self: outcomes['self']?.failure, strikes }).toEqual({
      os: {
        code: 'COMMAND_MISSING',
        message:
          'Cannot read "os" with PowerShell as it printed nothing, which is what a policy (AppLocker, software restriction) does: exit status is 1',
      },
      self: undefined,
      strikes: {},
    });
  });

  it('keeps what it knows of a machine on battery, looks again after an hour, and anyway after three intervals', async () => {
    const { options, opened } = windowsLook('windows-11-23h2-vietnamese-eset');
    const fresh = await collect(options);
    const nowMs = openRecordedHost('windows-11-23h2-vietnamese-eset').nowMs();
    const known = aged(fresh.outcomes, DAY_MS);
    const later = await collect({ ...options, outcomes: known });
    expect(later.outcomes['os']).toEqual({ ...known['os'], waitedAtMs: nowMs });
    await collect({ ...options, outcomes: later.outcomes });
    expect(opened.map(({ mayWait }) => mayWait)).toEqual([false, true]);
    const last = await collect({ ...options, outcomes: aged(fresh.outcomes, 3 * DAY_MS) });
    expect(last.outcomes['os']).toEqual(fresh.outcomes['os']);
  });

  it('looks with a probe at once when the output of a command it watches changed', async () => {
    const { options, opened } = windowsLook('windows-10-22h2-defender');
    const { outcomes } = await collect(options);
    const host = openRecordedHost('windows-10-22h2-defender');
    const restart = { 'reg-update-reboot-required': { stdout: 'HKEY_LOCAL_MACHINE\\…', exitCode: 0 } };
    await collect({
      ...options,
      outcomes,
      openHost: ({ inventory } = {}) =>
        inventory === undefined
          ? changeHost(host, { commands: restart })
          : openRecordedHostWith('windows-10-22h2-defender', inventory),
    });
    expect(opened.slice(1)).toEqual([{ sections: ['updates'], mayWait: false }]);
  });

  it('starts no more probes that hung before once the look has taken long', async () => {
    let atMs = 0;
    const asked: string[] = [];
    const { options } = windowsLook('windows-10-22h2-defender');
    const host: Host = { ...openRecordedHost('windows-10-22h2-defender'), monotonicMs: () => atMs };
    const hanging = (sections: readonly InventorySectionId[]) =>
      createInventory({
        sections,
        mayWait: false,
        runScript: async (variables) => {
          atMs += 60_000;
          asked.push(variables['TRAMDO_SECTIONS'] ?? '');
          return { stdout: '', stderr: '', exitCode: -1, isCutShort: true };
        },
      });
    const strike = { count: 1, reason: 'COMMAND_TIMED_OUT: hung' };
    await collect({
      ...options,
      openHost: ({ inventory } = {}) =>
        inventory === undefined ? host : openRecordedHostWith('windows-10-22h2-defender', inventory),
      openInventory: hanging,
      strikes: { antivirus: strike, network: strike, os: strike, time: strike, updates: strike },
    });
    expect(asked).toEqual(['antivirus', 'network', 'os']);
    expect(atMs).toBeLessThanOrEqual(INVENTORY_TOTAL_MS);
  });
});

describe('collect() on a busy machine', () => {
  const linux = (outcomes: OutcomeCache, changes: Partial<CollectOptions> = {}): CollectOptions => ({
    ...windowsLook('debian-12-desktop').options,
    probes: PROBES.filter(({ id }) => id === 'os' || id === 'self'),
    platform: 'linux',
    openHost: () => openRecordedHost('debian-12-desktop'),
    outcomes,
    ...changes,
  });
  const busy = { cpuLoadRatio: async () => 0.95 };

  it('looks at first, whatever the load', async () => {
    const { outcomes } = await collect(linux({}, busy));
    expect(codesOf(outcomes)).toEqual({ os: 'seen', self: 'seen' });
  });

  it('puts an inventory off for an hour at most, and none that was asked for', async () => {
    const { outcomes } = await collect(linux({}));
    const nowMs = outcomes['os']?.observedAtMs;
    const seenAt = async (ageMs: number, changes: Partial<CollectOptions>) =>
      (await collect(linux(aged(outcomes, ageMs), changes))).outcomes['os']?.observedAtMs;
    expect(await seenAt(DAY_MS, busy)).not.toBe(nowMs);
    expect(await seenAt(DAY_MS + 3_600_000, busy)).toBe(nowMs);
    expect(await seenAt(DAY_MS, {})).toBe(nowMs);
    expect(await seenAt(DAY_MS, { ...busy, isForced: true })).toBe(nowMs);
  });
});
