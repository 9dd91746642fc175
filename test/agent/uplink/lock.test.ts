import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHolder, takeLock } from '#agent/uplink/lock.ts';

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
  ])('takes a lock over when $when', ({ holder }) => {
    const path = freshPath();
    writeFileSync(path, JSON.stringify(holder));
    takeLock(path, NOW);
    expect(readHolder(path)).toEqual({ pid: process.pid, atMs: NOW });
  });

  it('takes a damaged lock over', () => {
    const path = freshPath();
    writeFileSync(path, '{"pi');
    takeLock(path, NOW);
    expect(readHolder(path)?.pid).toBe(process.pid);
  });
});
