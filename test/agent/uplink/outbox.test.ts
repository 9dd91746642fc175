import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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
    const outbox = new Outbox(freshFolder(), { maxBytes: 700, maxAgeMs: 35 * DAY_MS });
    for (const seq of [1, 2, 3, 4, 5]) outbox.add(entry(seq));
    outbox.enforceLimits(0);
    const [first, second = 0, ...rest] = outbox.list();
    expect([first, rest.at(-1) ?? second]).toEqual([1, 5]);
    expect(outbox.read(second)?.report.coversFromSeq).toBe(2);
    expect(outbox.sizeBytes()).toBeLessThanOrEqual(700);
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
    outbox.add(entry(2, 0));
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
