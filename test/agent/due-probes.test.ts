import { describe, expect, it } from 'vitest';
import { type DueOptions, dueProbes } from '#agent/due-probes.ts';
import type { Probe } from '#agent/probes/probe.ts';

const NOW = Date.parse('2026-11-22T08:00:00Z');
const MINUTE_MS = 60_000;

function probe(id: Probe['id'], refresh: Probe['refresh']): Probe {
  return {
    id,
    platforms: ['linux'],
    looksAt: 'Nothing.',
    deadlineMs: 1_000,
    refresh,
    read: () => Promise.reject(new Error('not run here')),
  };
}

function options(changes: Partial<DueOptions>): DueOptions {
  const quiet = {
    outcomes: {},
    strikes: {},
    watched: {},
    inventoryMs: 24 * 60 * MINUTE_MS,
    nowMs: NOW,
    isForced: false,
  };
  return { ...quiet, ...changes };
}

const seen = (ageMs: number, more: { watched?: string; failure?: { code: string; message: string } } = {}) => ({
  os: { hash: 'h', observedAtMs: NOW - ageMs, ...more },
});

const cases: { when: string; refresh: Probe['refresh']; changes: Partial<DueOptions>; due: boolean }[] = [
  { when: 'it never looked', refresh: 'inventory', changes: {}, due: true },
  { when: 'the observation is young', refresh: 900_000, changes: { outcomes: seen(5 * MINUTE_MS) }, due: false },
  { when: 'it is old enough', refresh: 900_000, changes: { outcomes: seen(15 * MINUTE_MS) }, due: true },
  {
    when: 'the report came a little early',
    refresh: 900_000,
    changes: { outcomes: seen(14 * MINUTE_MS + 1) },
    due: true,
  },
  {
    when: 'the inventory is a day old',
    refresh: 'inventory',
    changes: { outcomes: seen(1_440 * MINUTE_MS) },
    due: true,
  },
  { when: 'the clock went back', refresh: 'inventory', changes: { outcomes: seen(-MINUTE_MS) }, due: true },
  { when: 'it is forced', refresh: 'inventory', changes: { outcomes: seen(0), isForced: true }, due: true },
  {
    when: 'a watched path changed',
    refresh: 'inventory',
    changes: { outcomes: seen(0, { watched: 'a' }), watched: { os: 'b' } },
    due: true,
  },
  {
    when: 'it failed an hour ago',
    refresh: 'inventory',
    changes: { outcomes: seen(60 * MINUTE_MS, { failure: { code: 'COMMAND_MISSING', message: '' } }) },
    due: true,
  },
  {
    when: 'it rests, even when forced',
    refresh: 'inventory',
    changes: { strikes: { os: { count: 3, reason: '', restsUntilMs: NOW + 1 } }, isForced: true },
    due: false,
  },
];

describe('dueProbes()', () => {
  it.each(cases)('says $due when $when', ({ refresh, changes, due }) => {
    expect(dueProbes([probe('os', refresh)], options(changes)).together.length === 1).toBe(due);
  });

  it('puts a probe with a strike behind the others', () => {
    const strikes = { os: { count: 1, reason: '' } };
    const chosen = dueProbes([probe('os', 0), probe('time', 0)], options({ strikes }));
    expect(chosen.together.map(({ id }) => id)).toEqual(['time']);
    expect(chosen.alone.map(({ id }) => id)).toEqual(['os']);
  });
});
