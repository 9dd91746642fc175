import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type AttemptRound, summariseAttempts } from '#agent/uplink/attempt-log.ts';
import { Outbox, type OutboxEntry, type UnsentReport } from '#agent/uplink/outbox.ts';
import { contentHash } from '#shared/content-hash.ts';

const DAY_MS = 86_400_000;

function report(seq: number, changes: Partial<UnsentReport> = {}): UnsentReport {
  return {
    protocol: 1,
    machineId: '01939a4e-7c00-7000-8000-000000000001',
    seq,
    agentVersion: '0.1.0',
    startedAt: '2026-11-22T00:00:00Z',
    observations: {},
    networks: [],
    ...changes,
  };
}

function entry(seq: number, queuedAtMs = 0, changes: Partial<UnsentReport> = {}): OutboxEntry {
  return { queuedAtMs, attemptsThrough: seq, report: report(seq, changes) };
}

function freshFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'tramdo-outbox-')), 'outbox');
}

describe('Outbox', () => {
  it('lists what waits, oldest first, and survives being opened again', () => {
    const folder = freshFolder();
    const outbox = new Outbox(folder);
    for (const seq of [10, 2, 9]) outbox.add(entry(seq));
    outbox.remove(2);
    expect(new Outbox(folder).list()).toEqual([9, 10]);
    expect(new Outbox(folder).read(9)).toEqual(entry(9));
  });

  it('is empty before anything was put in, without making a folder', () => {
    expect(new Outbox(freshFolder()).list()).toEqual([]);
  });

  it('ignores a draft that a crash left behind', () => {
    const folder = freshFolder();
    const outbox = new Outbox(folder);
    outbox.add(entry(1));
    writeFileSync(join(folder, '000000000002.json.draft'), '{"queuedAtMs":');
    expect(outbox.list()).toEqual([1]);
  });

  it('sets a damaged file aside and goes on', () => {
    const folder = freshFolder();
    const outbox = new Outbox(folder);
    outbox.add(entry(1));
    writeFileSync(join(folder, '000000000001.json'), '{"queued');
    expect(outbox.read(1)).toBeUndefined();
    expect(outbox.list()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['000000000001.json.damaged']);
  });

  it('merges the oldest but the first when it grows beyond its size', () => {
    const outbox = new Outbox(freshFolder(), { maxBytes: 1_000, maxAgeMs: 35 * DAY_MS });
    const observations = { os: { hash: 'aaaaaaaaaaaaaaaa', observedAt: '2026-11-22T00:00:00Z', value: 1 } };
    for (const seq of [1, 2, 3, 4, 5]) outbox.add(entry(seq, 0, { observations }));
    outbox.enforceLimits(0);
    const [first, second = 0, ...rest] = outbox.list();
    expect([first, rest.at(-1) ?? second]).toEqual([1, 5]);
    expect(outbox.read(second)?.report.coversFromSeq).toBe(2);
    expect(outbox.sizeBytes()).toBeLessThanOrEqual(1_000);
  });

  it('tells how many reports it found damaged while it kept its bounds', () => {
    const folder = freshFolder();
    const outbox = new Outbox(folder);
    for (const seq of [1, 2, 3, 4]) outbox.add(entry(seq));
    for (const seq of [2, 3]) writeFileSync(join(folder, `00000000000${seq}.json`), '');
    expect(outbox.enforceLimits(0)).toBe(2);
    expect(outbox.list()).toEqual([1, 4]);
  });

  it('merges what is older than its age', () => {
    const outbox = new Outbox(freshFolder());
    outbox.add(entry(1, 0));
    outbox.add(
      entry(2, 0, { observations: { os: { hash: 'aaaaaaaaaaaaaaaa', observedAt: '2026-11-22T00:00:00Z', value: 1 } } }),
    );
    outbox.add(entry(3, 40 * DAY_MS));
    outbox.enforceLimits(40 * DAY_MS);
    expect(outbox.list()).toEqual([1, 3]);
    expect(outbox.read(3)?.report.coversFromSeq).toBe(2);
  });

  it.each([
    { jump: 'from 1970 to 2026', queuedAtMs: 60_000, nowMs: Date.parse('2026-11-22T12:00:00Z') },
    { jump: 'from 2099 to 2026', queuedAtMs: Date.parse('2099-01-01'), nowMs: Date.parse('2026-11-22T12:00:00Z') },
    { jump: 'from 2026 to 1970', queuedAtMs: Date.parse('2026-11-22T12:00:00Z'), nowMs: 60_000 },
  ])('loses no observation and stays small when the clock jumps $jump', ({ queuedAtMs, nowMs }) => {
    const outbox = new Outbox(freshFolder());
    const observedAt = new Date(queuedAtMs).toISOString();
    const slot = (atMs: number) => ({
      network: 'office',
      target: 'tcp://192.0.2.1:443',
      firstSlot: Math.floor(atMs / 300_000),
      slots: '1',
      attempts: 1,
      successes: 1,
      firstAt: new Date(atMs).toISOString(),
      lastAt: new Date(atMs).toISOString(),
    });
    const observations = { os: { hash: contentHash({ id: 'debian' }), observedAt, value: { id: 'debian' } } };
    outbox.add(entry(1, queuedAtMs));
    outbox.add(entry(2, queuedAtMs, { observations, networks: [slot(queuedAtMs)] }));
    outbox.add(entry(3, nowMs, { networks: [slot(nowMs)] }));
    outbox.enforceLimits(nowMs);
    const kept = outbox.list().map((seq) => outbox.read(seq)?.report);
    expect(kept.flatMap((one) => Object.keys(one?.observations ?? {}))).toEqual(['os']);
    expect(outbox.sizeBytes()).toBeLessThan(4_000);
  });
});

describe('Outbox of quiet reports', () => {
  const known = { os: { hash: 'aaaaaaaaaaaaaaaa', observedAt: '2026-11-22T00:00:00Z' } };
  const bringing = { os: { ...known.os, value: { id: 'debian' } } };
  const fill = (outbox: Outbox, changes: readonly Partial<UnsentReport>[]) => {
    for (const [index, change] of changes.entries()) outbox.add(entry(index + 1, 0, change));
    return outbox.enforceLimits(0);
  };

  it('merges them into the one after them, but for the first and the newest', () => {
    const outbox = new Outbox(freshFolder());
    const quiet = { observations: known };
    expect(fill(outbox, [quiet, quiet, quiet, { observations: bringing }, quiet, quiet, quiet])).toBe(0);
    expect(outbox.list()).toEqual([1, 4, 6, 7]);
    expect(outbox.list().map((seq) => outbox.read(seq)?.report.coversFromSeq)).toEqual([undefined, 2, 5, undefined]);
    expect(outbox.read(4)?.report.observations).toEqual(bringing);
  });

  it('counts nothing twice when a crash left behind what is in the merged one already', () => {
    const folder = freshFolder();
    const outbox = new Outbox(folder);
    const windows = (firstSlot: number) => ({ networks: [windowAt(firstSlot)] });
    fill(outbox, [windows(1), windows(2), windows(3), windows(4)]);
    outbox.add(entry(2, 0, windows(2)));
    outbox.enforceLimits(0);
    expect(outbox.list()).toEqual([1, 3, 4]);
    expect(outbox.read(3)?.report.networks).toMatchObject([{ firstSlot: 2, slots: '11', attempts: 2 }]);
  });

  it('sets damaged ones aside and counts them', () => {
    const folder = freshFolder();
    const outbox = new Outbox(folder);
    for (const seq of [1, 2, 3, 4, 5]) outbox.add(entry(seq));
    writeFileSync(join(folder, '000000000003.json'), '{"queued');
    expect(outbox.enforceLimits(0)).toBe(1);
    expect(outbox.list()).toEqual([1, 4, 5]);
  });

  it('keeps every slot of a week without a collector in a few small files', () => {
    const outbox = new Outbox(freshFolder());
    const rounds = weekOfRounds();
    for (let seq = 1; seq <= 672; seq += 1) {
      const attempts = summariseAttempts(rounds.slice((seq - 1) * 3, seq * 3));
      outbox.add(entry(seq, 0, { observations: known, ...attempts }));
      expect(outbox.enforceLimits(0)).toBe(0);
    }
    const kept = outbox.list().flatMap((seq) => outbox.read(seq)?.report ?? []);
    expect(kept.map(({ seq, coversFromSeq }) => [coversFromSeq ?? seq, seq])).toEqual([
      [1, 1],
      [2, 671],
      [672, 672],
    ]);
    expect(kept.flatMap(({ dropped }) => dropped ?? [])).toEqual([{ reports: 0, observations: 0 }]);
    for (const target of WEEK_TARGETS) {
      const windows = kept.flatMap(({ networks }) => networks).filter((one) => one.target === target);
      expect(windows.map(({ slots }) => slots).join('')).toBe('110'.repeat(672));
      expect(windows.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(2_016);
    }
    expect(kept.flatMap(({ networks }) => networks).flatMap(({ receipts = [] }) => receipts)).toHaveLength(9);
    const text = JSON.stringify(kept);
    console.log(`a week: ${outbox.sizeBytes()} B on disk, ${gzipSync(text, { level: 9 }).length} B gzipped`);
    expect(outbox.sizeBytes()).toBeLessThan(32_000);
    expect(gzipSync(text, { level: 9 }).length).toBeLessThan(4_096);
  });
});

const WEEK_TARGETS = [
  'tcp://192.0.2.1:443',
  'tcp://198.51.100.1:443',
  'https://portal.example/',
  'dns://portal.example',
  'tcp://192.0.2.1:8640',
  'beacon+https://192.0.2.1:8641/',
];

function weekOfRounds(): AttemptRound[] {
  const startMs = Date.parse('2026-11-22T00:00:00Z');
  return Array.from({ length: 2_016 }, (_, index) => {
    const atMs = startMs + index * 300_000;
    const receipt = {
      slot: atMs / 300_000,
      at: new Date(atMs).toISOString(),
      observedAddress: '192.0.2.9',
      kid: 'beacon-1',
      signature: createHash('sha512').update(String(atMs)).digest('base64url'),
    };
    const entries = WEEK_TARGETS.map((target, order) => ({
      network: order < 3 ? 'wan' : 'internet',
      target,
      ...(index % 3 === 2 ? { failure: 'TIMED_OUT' } : { rttMs: 10 + ((index * 7 + order * 13) % 100) / 10 }),
      ...(target.startsWith('beacon') && index % 3 !== 2 ? { receipt } : {}),
      path: 0,
    }));
    const paths = [{ interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.1' }];
    return { round: index + 1, atMs, entries, paths };
  });
}

function windowAt(firstSlot: number) {
  const at = '2026-11-22T00:00:00Z';
  const counts = { attempts: 1, successes: 1 };
  return { network: 'wan', target: 'tcp://192.0.2.1:443', firstSlot, slots: '1', ...counts, firstAt: at, lastAt: at };
}
