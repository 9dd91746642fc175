import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startResidency } from '#agent/residency.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const LOOK_MS = 10_000;

/** A residency on a fresh folder that writes down what it does. */
function residency() {
  const folder = stateFolderAt(mkdtempSync(join(tmpdir(), 'tramdo-residency-')));
  const did: string[] = [];
  const start = () =>
    startResidency({
      folder,
      startJobs: ({ machineId }) => {
        did.push(`start ${machineId}`);
        return { reportNow: () => did.push('report'), stop: () => did.push(`stop ${machineId}`) };
      },
      tryToJoin: async () => {
        did.push('join');
      },
    });
  const joined = (machineId: string) => writeFileSync(folder.identityFile, JSON.stringify({ machineId }));
  const pending = (notBefore?: string) =>
    writeFileSync(folder.pendingJoinFile, JSON.stringify({ joinString: 'x', notBefore }));
  return { folder, did, start, joined, pending };
}

describe('startResidency()', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('starts jobs at once on a machine that has joined, and reports when nothing was acknowledged yet', () => {
    const { did, start, joined, folder } = residency();
    joined('a');
    start().stop();
    writeFileSync(folder.stateFile, JSON.stringify({ lastAcknowledged: { seq: 1 } }));
    start().stop();
    expect(did).toEqual(['start a', 'report', 'stop a', 'start a', 'stop a']);
  });

  it('follows a machine that leaves and joins again as another one', async () => {
    const { did, start, joined, folder } = residency();
    joined('a');
    const { stop } = start();
    rmSync(folder.identityFile);
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    joined('b');
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    stop();
    expect(did).toEqual(['start a', 'report', 'stop a', 'start b', 'report', 'stop b']);
  });

  it('tries a join string that waits when its time has come, and not before', async () => {
    const { did, start, pending } = residency();
    pending(new Date(NOW + 25_000).toISOString());
    const { stop } = start();
    await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
    expect(did).toEqual([]);
    await vi.advanceTimersByTimeAsync(LOOK_MS);
    expect(did).toEqual(['join']);
    stop();
  });

  it.each([
    { what: 'that was never tried', notBefore: undefined },
    { what: 'whose time is decades away, as the clock was wrong', notBefore: '2099-01-01T00:00:00.000Z' },
  ])('tries a join string $what at once', ({ notBefore }) => {
    const { did, start, pending } = residency();
    pending(notBefore);
    start().stop();
    expect(did).toEqual(['join']);
  });

  it('tries once in 15 minutes when a try leaves no trace, as on a full disk', async () => {
    const { did, start, pending } = residency();
    pending();
    const { stop } = start();
    await vi.advanceTimersByTimeAsync(89 * LOOK_MS);
    expect(did).toEqual(['join']);
    await vi.advanceTimersByTimeAsync(2 * LOOK_MS);
    expect(did).toEqual(['join', 'join']);
    stop();
  });

  it('does nothing with a key file that is damaged', () => {
    const { did, start, folder } = residency();
    writeFileSync(folder.identityFile, '{"machi');
    start().stop();
    expect(did).toEqual([]);
  });
});
