import { describe, expect, it } from 'vitest';
import type { DueOptions } from '#agent/due-probes.ts';
import type { Probe } from '#agent/probes/probe.ts';
import { sparedProbes } from '#agent/restraint.ts';
import { changeHost } from './probes/changed-host.ts';
import { openRecordedHost } from './recorded-host.ts';

const HOUR_MS = 3_600_000;
const host = openRecordedHost('debian-12-desktop');

function probe(id: Probe['id'], refresh: Probe['refresh']): Probe {
  const read = () => Promise.reject(new Error('not run here'));
  return { id, platforms: ['linux'], looksAt: 'Nothing.', deadlineMs: 1_000, refresh, read };
}

const PROBES = [probe('os', 'inventory'), probe('time', HOUR_MS)];

function due(ageMs: number, isForced = false): DueOptions {
  const seen = { hash: 'h', observedAtMs: host.nowMs() - ageMs };
  return {
    outcomes: { os: seen, time: seen },
    strikes: {},
    watched: {},
    inventoryMs: 24 * HOUR_MS,
    nowMs: host.nowMs(),
    isForced,
  };
}

/** `/sys/class/power_supply` with these supplies. */
function powered(supplies: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const folder = '/sys/class/power_supply';
  const files = Object.entries(supplies).flatMap(([name, texts]) =>
    Object.entries(texts).map(([file, text]) => [`${folder}/${name}/${file}`, `${text}\n`]),
  );
  return changeHost(host, { folders: { [folder]: Object.keys(supplies) }, files: Object.fromEntries(files) });
}

const BATTERY = { type: 'Battery', status: 'Discharging' };
const idle = async () => 0.1;

describe('sparedProbes()', () => {
  it.each([
    { when: 'it runs on battery', supplies: { BAT0: BATTERY }, ageMs: 24 * HOUR_MS, spared: ['os'] },
    { when: 'three intervals have passed', supplies: { BAT0: BATTERY }, ageMs: 72 * HOUR_MS, spared: [] },
    {
      when: 'mains feed it',
      supplies: { AC: { type: 'Mains', online: '1' }, BAT0: BATTERY },
      ageMs: 24 * HOUR_MS,
      spared: [],
    },
    {
      when: 'only its mouse has a battery',
      supplies: { mouse: { ...BATTERY, scope: 'Device' } },
      ageMs: 24 * HOUR_MS,
      spared: [],
    },
    { when: 'there is nothing to tell', supplies: {}, ageMs: 24 * HOUR_MS, spared: [] },
  ])('spares $spared when $when', async ({ supplies, ageMs, spared }) => {
    const found = await sparedProbes(PROBES, due(ageMs), { host: powered(supplies), cpuLoadRatio: idle });
    expect([...found]).toEqual(spared);
  });

  it('spares nothing when somebody asked, and samples no load then', async () => {
    const neverSampled = () => Promise.reject(new Error('sampled'));
    const machine = { host: powered({ BAT0: BATTERY }), cpuLoadRatio: neverSampled };
    expect([...(await sparedProbes(PROBES, due(24 * HOUR_MS, true), machine))]).toEqual([]);
  });

  it('takes a load that cannot be told for none', async () => {
    const machine = { host, cpuLoadRatio: async () => undefined };
    expect([...(await sparedProbes(PROBES, due(24 * HOUR_MS), machine))]).toEqual([]);
  });
});
