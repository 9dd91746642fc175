import { describe, expect, it } from 'vitest';
import { gatherWindows, type PathedWindow, pathedWindows } from '#agent/uplink/gather-windows.ts';
import type { NetworkPath } from '#shared/report.ts';

const OFFICE = { interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.1' };
const HOME = { interface: 'wlan0', source: '198.51.100.7/24', gateway: '198.51.100.1' };

function pathed(firstSlot: number, path?: NetworkPath, target = 'tcp://192.0.2.1:443'): PathedWindow {
  const at = new Date(firstSlot * 300_000).toISOString();
  const counts = { attempts: 1, successes: 1 };
  return { window: { network: 'wan', target, firstSlot, slots: '1', ...counts, firstAt: at, lastAt: at }, path };
}

describe('gatherWindows()', () => {
  it('adds up what went the same way and writes each path once', () => {
    const { paths, networks } = gatherWindows(
      [pathed(10, OFFICE), pathed(11, HOME), pathed(12, { ...OFFICE }), pathed(13)],
      0,
    );
    expect(paths).toEqual([OFFICE, HOME]);
    expect(networks.map(({ path, firstSlot, slots }) => [path, firstSlot, slots])).toEqual([
      [0, 10, '1.1'],
      [1, 11, '1'],
      [undefined, 13, '1'],
    ]);
  });

  it('has no paths when there was no way out', () => {
    expect(gatherWindows([pathed(10)], 0)).toEqual({ networks: [pathed(10).window] });
  });

  it('keeps the 16 paths that were used last, and the attempts by the others without their path', () => {
    const moved = Array.from({ length: 20 }, (_, index) =>
      pathed(10 + index, { ...HOME, source: `192.0.2.${index}/24` }),
    );
    const { paths, networks } = gatherWindows(moved, 0);
    expect(paths?.map(({ source }) => source)).toEqual(moved.slice(4).map(({ path }) => path?.source));
    expect(networks.map(({ path, slots }) => [path, slots])).toEqual([
      [undefined, '1111'],
      ...moved.slice(4).map((_, index) => [index, '1']),
    ]);
  });

  it('names fewer paths rather than have more windows than a report may', () => {
    const targets = Array.from({ length: 64 }, (_, index) => `tcp://192.0.2.1:${1_000 + index}`);
    const moved = Array.from({ length: 5 }, (_, day) => ({ ...HOME, source: `192.0.2.${day}/24` }));
    const windows = moved.flatMap((path, day) => targets.map((target) => pathed(10 + day, path, target)));
    const { paths, networks } = gatherWindows(windows, 0);
    expect([paths?.length, networks.length]).toEqual([3, 256]);
    expect(networks.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(5 * 64);
  });

  it('keeps the newest of more targets than a report may have', () => {
    const windows = Array.from({ length: 300 }, (_, index) =>
      pathed(10 + index, OFFICE, `tcp://192.0.2.1:${index + 1}`),
    );
    const { networks } = gatherWindows(windows, 0);
    expect(networks.map(({ firstSlot }) => firstSlot)).toEqual(windows.slice(44).map(({ window }) => window.firstSlot));
  });
});

describe('pathedWindows()', () => {
  it('puts the paths back in the place of their indexes', () => {
    const windows = [pathed(10, OFFICE), pathed(11, HOME), pathed(13)];
    expect(pathedWindows(gatherWindows(windows, 0))).toEqual(windows);
  });
});
