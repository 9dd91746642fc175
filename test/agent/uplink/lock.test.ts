import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { machineUptimeMs } from '#agent/host/clock.ts';
import { holderText, isAlive, readHolder, takeLock } from '#agent/uplink/lock.ts';

const NOW = Date.now();
const freshPath = () => join(mkdtempSync(join(tmpdir(), 'tramdo-lock-')), 'lock.json');

describe('takeLock()', () => {
  it('keeps a second run out until it is given back', () => {
    const path = freshPath();
    const release = takeLock(path, NOW);
    expect(() => takeLock(path, NOW)).toThrow(expect.objectContaining({ code: 'STATE_LOCKED' }));
    release();
    takeLock(path, NOW)();
    expect(readHolder(path)).toBeUndefined();
  });

  it.each([
    { when: 'its holder is gone', holder: { pid: spawnSync('true').pid, atMs: NOW } },
    { when: 'it is older than 15 minutes', holder: { pid: process.pid, atMs: NOW - 1_000_000 } },
    { when: 'the machine was started since', holder: { pid: process.pid, atMs: 0 } },
    { when: 'its uptime is ahead', holder: { pid: process.pid, atMs: NOW, uptimeMs: machineUptimeMs() + 60_000 } },
  ])('takes a lock over when $when', ({ holder }) => {
    const path = freshPath();
    writeFileSync(path, JSON.stringify(holder));
    takeLock(path, NOW);
    expect(readHolder(path)).toEqual({ pid: process.pid, atMs: NOW, uptimeMs: expect.any(Number) });
  });

  it('takes a lock over when its uptime is 15 minutes old', () => {
    const path = freshPath();
    writeFileSync(path, JSON.stringify({ pid: process.pid, atMs: NOW, uptimeMs: 1_000 }));
    const clock = vi.spyOn(process.hrtime, 'bigint').mockReturnValue(900_999_000_000n);
    expect(() => takeLock(path, NOW)).toThrow(expect.objectContaining({ code: 'STATE_LOCKED' }));
    clock.mockReturnValue(901_000_000_000n);
    takeLock(path, NOW);
    clock.mockRestore();
    expect(readHolder(path)?.uptimeMs).toBe(901_000);
  });

  it('takes a damaged lock over', () => {
    const path = freshPath();
    writeFileSync(path, '{"pi');
    takeLock(path, NOW);
    expect(readHolder(path)?.pid).toBe(process.pid);
  });

  it.each([
    { jump: 'from 1970 to now', takenAtMs: 60_000, nowMs: NOW },
    { jump: 'from 2099 to now', takenAtMs: Date.parse('2099-06-01T00:00:00Z'), nowMs: NOW },
    { jump: 'from now to 2099', takenAtMs: NOW, nowMs: Date.parse('2099-06-01T00:00:00Z') },
  ])('keeps a second run out when the clock jumps $jump meanwhile', ({ takenAtMs, nowMs }) => {
    const path = freshPath();
    const release = takeLock(path, takenAtMs);
    expect(() => takeLock(path, nowMs)).toThrow(expect.objectContaining({ code: 'STATE_LOCKED' }));
    release();
  });
});

describe('isAlive()', () => {
  it('knows a process of this start of the machine whatever the clock says', () => {
    const { uptimeMs = 0 } = JSON.parse(holderText(0));
    expect(isAlive({ pid: process.pid, atMs: 0, uptimeMs }, NOW)).toBe(true);
    expect(isAlive({ pid: process.pid, atMs: 0 }, NOW)).toBe(false);
    expect(isAlive({ pid: spawnSync('true').pid, atMs: NOW, uptimeMs }, NOW)).toBe(false);
  });
});
