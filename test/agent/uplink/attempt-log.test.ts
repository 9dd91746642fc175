import { describe, expect, it } from 'vitest';
import { newestAttempts, parseAttemptLog, summariseAttempts } from '#agent/uplink/attempt-log.ts';

const SLOT = 5_940_000;
const START = SLOT * 300_000;
const wan = { network: 'wan', target: 'tcp://192.0.2.1:443' };
const icmp = { network: 'wan', target: 'icmp://192.0.2.1' };
const OFFICE = { interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.1' };
const HOME = { interface: 'wlan0', source: '198.51.100.7/24', gateway: '198.51.100.1' };
const at = (afterMs: number) => `${new Date(START + afterMs).toISOString().slice(0, 19)}Z`;

describe('parseAttemptLog()', () => {
  it('skips a line that a crash cut short', () => {
    const line = JSON.stringify({ round: 1, atMs: START, entries: [{ ...wan, rttMs: 3 }] });
    expect(parseAttemptLog(`${line}\n{"round":2,"atM`).map(({ round }) => round)).toEqual([1]);
  });
});

describe('summariseAttempts()', () => {
  it('makes one window a target with slots, counts and round-trip times', () => {
    const rounds = [
      { round: 1, atMs: START, entries: [{ ...wan, rttMs: 10 }] },
      { round: 2, atMs: START + 300_000, entries: [{ ...wan, failure: 'TIMED_OUT' }] },
      { round: 3, atMs: START + 900_000, entries: [{ ...wan, rttMs: 30 }] },
    ];
    expect(summariseAttempts(rounds).networks).toEqual([
      {
        ...wan,
        firstSlot: SLOT,
        slots: '10.1',
        attempts: 3,
        successes: 2,
        rtt: { minMs: 10, medianMs: 10, p95Ms: 30, maxMs: 30, histogram: { 24: 1, 36: 1 } },
        lastFailure: 'TIMED_OUT',
        firstAt: at(0),
        lastAt: at(900_000),
      },
    ]);
  });

  it('says nothing about a network where the system does not allow the attempt', () => {
    const round = { round: 1, atMs: START, entries: [{ ...icmp, failure: 'NOT_PERMITTED' }] };
    const [window] = summariseAttempts([round]).networks;
    expect([window?.slots, window?.attempts, window?.successes]).toEqual(['.', 0, 0]);
    expect(window?.lastFailure).toBe('NOT_PERMITTED');
  });

  it('takes failure, counts and times from the attempts that were allowed', () => {
    const rounds = [
      { round: 1, atMs: START, entries: [{ ...icmp, failure: 'NOT_PERMITTED' }] },
      { round: 2, atMs: START + 300_000, entries: [{ ...icmp, failure: 'TIMED_OUT' }] },
      { round: 3, atMs: START + 600_000, entries: [{ ...icmp, failure: 'NOT_PERMITTED' }] },
    ];
    expect(summariseAttempts(rounds).networks).toEqual([
      {
        ...icmp,
        firstSlot: SLOT,
        slots: '.0.',
        attempts: 1,
        successes: 0,
        lastFailure: 'TIMED_OUT',
        firstAt: at(300_000),
        lastAt: at(300_000),
      },
    ]);
  });

  it.each(['NO_ECHO', 'CERTIFICATE_EXPIRED', 'NOT_PERMITTED'])('tells nothing by %s, but that it was so', (failure) => {
    const rounds = [{ round: 1, atMs: START, entries: [{ ...icmp, failure, path: 0 }], paths: [OFFICE] }];
    const [window] = summariseAttempts(rounds).networks;
    expect([window?.slots, window?.attempts, window?.lastFailure]).toEqual(['.', 0, failure]);
  });

  it('splits the window of a laptop that is carried to another line', () => {
    const rounds = [
      { round: 1, atMs: START, entries: [{ ...wan, rttMs: 1, path: 0 }], paths: [OFFICE] },
      { round: 2, atMs: START + 300_000, entries: [{ ...wan, failure: 'UNREACHABLE' }] },
      { round: 3, atMs: START + 600_000, entries: [{ ...wan, rttMs: 9, path: 0 }], paths: [HOME] },
      { round: 4, atMs: START + 900_000, entries: [{ ...wan, rttMs: 1, path: 1 }], paths: [HOME, OFFICE] },
    ];
    const { networks, paths } = summariseAttempts(rounds);
    expect(paths).toEqual([OFFICE, HOME]);
    expect(networks.map(({ path, firstSlot, slots }) => ({ path, firstSlot, slots }))).toEqual([
      { path: 0, firstSlot: SLOT, slots: '1..1' },
      { path: undefined, firstSlot: SLOT + 1, slots: '0' },
      { path: 1, firstSlot: SLOT + 2, slots: '1' },
    ]);
  });

  it('carries status, end of certificate and receipt of the newest answer', () => {
    const receipt = (slot: number) => ({
      slot,
      at: '2026-11-22T01:02:03Z',
      observedAddress: '192.0.2.9',
      kid: 'beacon-1',
      signature: 'A'.repeat(86),
    });
    const rounds = [
      { round: 1, atMs: START, entries: [{ ...wan, rttMs: 1, status: 200, receipt: receipt(SLOT) }] },
      {
        round: 2,
        atMs: START + 300_000,
        entries: [{ ...wan, rttMs: 1, status: 404, certificateNotAfterMs: START, receipt: receipt(SLOT + 1) }],
      },
      { round: 3, atMs: START + 600_000, entries: [{ ...wan, failure: 'TIMED_OUT' }] },
    ];
    expect(summariseAttempts(rounds).networks).toMatchObject([
      { slots: '110', status: 404, certificateNotAfter: at(0), receipts: [receipt(SLOT + 1)] },
    ]);
  });

  it('keeps the newest 35 days when the clock jumps by years', () => {
    const rounds = [
      { round: 1, atMs: 0, entries: [{ ...wan, rttMs: 1 }] },
      { round: 2, atMs: START, entries: [{ ...wan, rttMs: 1 }] },
    ];
    expect(summariseAttempts(rounds).networks.map(({ slots, attempts }) => [slots, attempts])).toEqual([['1', 1]]);
  });

  it('keeps what was tried after the clock came back from 2099', () => {
    const rounds = [
      { round: 1, atMs: Date.parse('2099-01-01T00:00:00Z'), entries: [{ ...wan, rttMs: 1 }] },
      { round: 2, atMs: START, entries: [{ ...wan, failure: 'TIMED_OUT' }] },
      { round: 3, atMs: START - 60_000, entries: [{ ...wan, rttMs: 2 }] },
    ];
    const windows = summariseAttempts(rounds).networks.map(({ firstSlot, slots, attempts }) => ({
      firstSlot,
      slots,
      attempts,
    }));
    expect(windows).toEqual([{ firstSlot: SLOT - 1, slots: '10', attempts: 2 }]);
  });
});

describe('newestAttempts()', () => {
  it('gives the newest attempt on each target and leaves out old ones', () => {
    const rounds = [
      {
        round: 1,
        atMs: 100,
        entries: [
          { ...wan, rttMs: 1 },
          { ...icmp, rttMs: 2 },
        ],
      },
      { round: 2, atMs: 200, entries: [{ ...wan, failure: 'REFUSED' }] },
    ];
    expect(newestAttempts(rounds, 150)).toEqual([{ ...wan, failure: 'REFUSED', atMs: 200 }]);
  });
});
