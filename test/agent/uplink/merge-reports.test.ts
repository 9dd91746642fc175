import { describe, expect, it } from 'vitest';
import { isQuiet, mergeQuietReport, mergeReports } from '#agent/uplink/merge-reports.ts';
import { mergeWindows } from '#agent/uplink/merge-windows.ts';
import type { UnsentReport } from '#agent/uplink/outbox.ts';
import type { NetworkWindow } from '#shared/report.ts';

function window(firstSlot: number, slots: string, changes: Partial<NetworkWindow> = {}): NetworkWindow {
  return {
    network: 'wan',
    target: 'tcp://192.0.2.1:443',
    firstSlot,
    slots,
    attempts: slots.length,
    successes: slots.split('1').length - 1,
    firstAt: '2026-11-22T00:00:00Z',
    lastAt: '2026-11-22T00:15:00Z',
    ...changes,
  };
}

function report(seq: number, changes: Partial<UnsentReport>): UnsentReport {
  const id = '01939a4e-7c00-7000-8000-000000000001';
  const startedAt = '2026-11-22T00:00:00Z';
  const empty = {
    protocol: 1,
    machineId: id,
    agentVersion: '0.1.0',
    startedAt,
    observations: {},
    networks: [],
  } as const;
  return { ...empty, networks: [], seq, ...changes };
}

const FAILURE = { code: 'PROBE_TIMED_OUT', message: '' };
const LINE_SAMPLE = { network: 'wan', at: '2026-11-22T00:01:00Z', bytes: 1_000, durationMs: 5 };
const at = (minute: number) => `2026-11-22T00:0${minute}:00Z`;

describe('mergeWindows()', () => {
  it('lays slots side by side with dots where nobody tried', () => {
    const merged = mergeWindows(window(10, '10'), window(14, '11'), 0);
    expect([merged.firstSlot, merged.slots, merged.attempts, merged.successes]).toEqual([10, '10..11', 4, 3]);
  });

  it('lets a success win in a slot both windows have', () => {
    expect(mergeWindows(window(10, '00'), window(11, '10'), 0).slots).toBe('010');
  });

  it.each([
    { when: 'the older one is of 2099', older: 13_500_000, newer: 5_940_000 },
    { when: 'the older one is of 1970', older: 12, newer: 5_940_000 },
  ])('keeps the newer one when $when', ({ older, newer }) => {
    expect(mergeWindows(window(older, '00'), window(newer, '11'), 0)).toEqual(window(newer, '11'));
  });

  it('takes quantiles from the summed histogram and keeps the extremes', () => {
    const rtt = (ms: number, bucket: string) => ({
      minMs: ms,
      medianMs: ms,
      p95Ms: ms,
      maxMs: ms,
      histogram: { [bucket]: 2 },
    });
    const merged = mergeWindows(window(1, '1', { rtt: rtt(10, '24') }), window(2, '1', { rtt: rtt(100, '48') }), 0);
    expect(merged.rtt).toEqual({ minMs: 10, medianMs: 10, p95Ms: 97, maxMs: 100, histogram: { 24: 2, 48: 2 } });
  });

  it('keeps the failure of the window that has attempts when the other one was not allowed any', () => {
    const failed = window(10, '0', { lastFailure: 'TIMED_OUT' });
    const notAllowed = window(11, '.', { attempts: 0, lastFailure: 'NOT_PERMITTED' });
    const merged = [mergeWindows(failed, notAllowed, 0), mergeWindows(notAllowed, failed, 0)];
    expect(merged.map(({ lastFailure }) => lastFailure)).toEqual(['TIMED_OUT', 'TIMED_OUT']);
    expect(mergeWindows(notAllowed, notAllowed, 0).lastFailure).toBe('NOT_PERMITTED');
  });

  it('keeps the newest receipt of each day, oldest first, and the newest answer', () => {
    const receipt = (at: string) => ({ slot: 1, at, observedAddress: '', kid: 'b', signature: 'A'.repeat(86) });
    const [first, second, third] = [receipt(at(1)), receipt('2026-11-22T23:59:59Z'), receipt('2026-11-23T00:00:00Z')];
    const older = window(10, '1', { receipts: [first], status: 404, certificateNotAfter: at(1) });
    const merged = mergeWindows(older, window(11, '1', { receipts: [second, third], status: 200 }), 0);
    expect([merged.receipts, merged.status, merged.certificateNotAfter]).toEqual([[second, third], 200, at(1)]);
  });

  it('carries no more than 40 receipts, the newest', () => {
    const days = Array.from({ length: 45 }, (_, day) => new Date(day * 86_400_000).toISOString());
    const receipts = days.map((day) => ({
      slot: 1,
      at: day,
      observedAddress: '',
      kid: 'b',
      signature: 'A'.repeat(86),
    }));
    const merged = mergeWindows(window(10, '1', { receipts: receipts.slice(0, 40) }), window(11, '1', { receipts }), 0);
    expect(merged.receipts).toEqual(receipts.slice(5));
  });

  it('lets slots fall away that are older than the bound', () => {
    const merged = mergeWindows(window(10, '11'), window(12, '00'), 11 * 300_000);
    expect([merged.firstSlot, merged.slots]).toEqual([11, '100']);
  });
});

describe('mergeReports()', () => {
  it('keeps a body that only the older report brings', () => {
    const older = report(2, {
      observations: { os: { hash: 'aaaaaaaaaaaaaaaa', observedAt: at(1), value: { id: 'x' } } },
    });
    const newer = report(3, { observations: { os: { hash: 'aaaaaaaaaaaaaaaa', observedAt: at(2) } } });
    const merged = mergeReports(older, newer, 0);
    expect(merged.observations).toEqual({ os: { hash: 'aaaaaaaaaaaaaaaa', observedAt: at(2), value: { id: 'x' } } });
    expect([merged.seq, merged.coversFromSeq, merged.dropped]).toEqual([3, 2, { reports: 0, observations: 0 }]);
  });

  it('lets the newer state win and counts the older one as dropped', () => {
    const older = report(2, {
      observations: { os: { hash: 'aaaaaaaaaaaaaaaa', observedAt: at(1), value: { id: 'x' } } },
    });
    const newer = report(3, {
      observations: { os: { hash: 'bbbbbbbbbbbbbbbb', observedAt: at(2), value: { id: 'y' } } },
    });
    const merged = mergeReports(older, newer, 0);
    expect(merged.observations['os']?.value).toEqual({ id: 'y' });
    expect(merged.dropped).toEqual({ reports: 0, observations: 1 });
  });

  it('adds the windows of one target and keeps those of others', () => {
    const other = window(10, '1', { target: 'tcp://192.0.2.2:443' });
    const merged = mergeReports(
      report(2, { networks: [window(10, '1'), other] }),
      report(3, { networks: [window(11, '0')] }),
      0,
    );
    expect(merged.networks.map(({ target, slots }) => [target, slots])).toEqual([
      ['tcp://192.0.2.1:443', '10'],
      ['tcp://192.0.2.2:443', '1'],
    ]);
  });
});

describe('mergeReports() of a machine that was carried', () => {
  const office = { interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.1' };
  const home = { interface: 'wlan0', source: '198.51.100.7/24' };

  it('adds windows of one path alone and numbers the paths anew', () => {
    const merged = mergeReports(
      report(2, { paths: [office], networks: [window(10, '1', { path: 0 })] }),
      report(3, { paths: [home, office], networks: [window(11, '0', { path: 0 }), window(12, '1', { path: 1 })] }),
      0,
    );
    expect(merged.paths).toEqual([office, home]);
    expect(merged.networks.map(({ path, firstSlot, slots }) => [path, firstSlot, slots])).toEqual([
      [0, 10, '1.1'],
      [1, 11, '0'],
    ]);
  });

  it('brings the samples of a line of both', () => {
    const sample = (minute: number) => ({ network: 'wan', at: at(minute), bytes: 1_000, durationMs: 5 });
    const merged = mergeReports(report(2, { lineSamples: [sample(1)] }), report(3, { lineSamples: [sample(2)] }), 0);
    expect(merged.lineSamples).toEqual([sample(1), sample(2)]);
  });
});

describe('isQuiet()', () => {
  const known = { hash: 'aaaaaaaaaaaaaaaa', observedAt: at(1) };
  it.each([
    { when: 'nothing is new', changes: { observations: { os: known } }, want: true },
    { when: 'a state is new', changes: { observations: { os: { ...known, value: { id: 'x' } } } }, want: false },
    { when: 'a failure is new', changes: { observations: { os: { ...known, failure: FAILURE } } }, want: false },
    { when: 'a line was measured', changes: { lineSamples: [LINE_SAMPLE] }, want: false },
  ])('says $want when $when', ({ changes, want }) => {
    expect(isQuiet(report(2, changes))).toBe(want);
  });
});

describe('mergeQuietReport()', () => {
  const bringing = { observations: { os: { hash: 'aaaaaaaaaaaaaaaa', observedAt: at(1), value: { id: 'x' } } } };

  it('leaves a report alone that brings something', () => {
    expect(mergeQuietReport(report(2, bringing), report(3, {}))).toBeUndefined();
  });

  it('merges a quiet one into one that brings something', () => {
    const merged = mergeQuietReport(report(2, { networks: [window(10, '1')] }), report(3, bringing));
    expect(merged).toMatchObject({ seq: 3, coversFromSeq: 2, ...bringing, networks: [{ slots: '1' }] });
  });

  it.each([
    { when: 'they are eight days apart', first: 10, second: 10 + 2_304, isMerged: false },
    { when: 'the clock jumped', first: 5_940_000, second: 10, isMerged: false },
    { when: 'they are a week apart', first: 10, second: 10 + 2_016, isMerged: true },
  ])('is $isMerged when $when', ({ first, second, isMerged }) => {
    const merged = mergeQuietReport(
      report(2, { networks: [window(first, '1')] }),
      report(3, { networks: [window(second, '1')] }),
    );
    expect(merged !== undefined).toBe(isMerged);
  });

  it('does not merge when a path would lose its name', () => {
    const paths = Array.from({ length: 16 }, (_, index) => ({ interface: 'eth0', source: `192.0.2.${index}/24` }));
    const full = report(2, { paths, networks: paths.map((_, path) => window(10, '1', { path })) });
    const elsewhere = { interface: 'wlan0', source: '198.51.100.7/24' };
    const next = report(3, { paths: [elsewhere], networks: [window(11, '1', { path: 0 })] });
    expect(mergeQuietReport(full, next)).toBeUndefined();
  });
});
