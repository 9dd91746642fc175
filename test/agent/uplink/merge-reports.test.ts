import { describe, expect, it } from 'vitest';
import { mergeReports } from '#agent/uplink/merge-reports.ts';
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
