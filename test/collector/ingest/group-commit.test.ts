import { describe, expect, it } from 'vitest';
import { GroupCommitter } from '#collector/ingest/group-commit.ts';
import { TramdoError } from '#shared/errors.ts';
import { temporaryStore } from './reporting-machine.ts';

describe('GroupCommitter', () => {
  it('writes what arrives together in one transaction and answers each in order', async () => {
    const store = await temporaryStore();
    const sizes: number[] = [];
    const committer = new GroupCommitter<string, string>({
      maxBatchCount: 4,
      maxWaitingCount: 100,
      commit: (codes) =>
        store.transaction(async ({ agencies }) => {
          sizes.push(codes.length);
          for (const code of codes) await agencies.add({ code, nameVi: code, level: 'unit' });
          return codes.map((code) => `${code} kept`);
        }),
    });
    const codes = Array.from({ length: 10 }, (_, index) => `H47.12.${index}`);
    expect(await Promise.all(codes.map((code) => committer.submit(code)))).toEqual(codes.map((code) => `${code} kept`));
    expect(sizes).toEqual([4, 4, 2]);
    expect(await store.agencies.list()).toHaveLength(11);
  });

  it('refuses what does not fit the queue, with a wait that grows with it', async () => {
    const committer = new GroupCommitter<number, number>({
      maxBatchCount: 1,
      maxWaitingCount: 2,
      commit: async (items) => items,
    });
    const kept = [committer.submit(1), committer.submit(2)];
    await expect(committer.submit(3)).rejects.toMatchObject({ code: 'COLLECTOR_BUSY', retryAfterSeconds: 6 });
    expect(await Promise.all(kept)).toEqual([1, 2]);
  });

  it('keeps the end of the queue for what matters most, and sends the rest away for longer', async () => {
    const committer = new GroupCommitter<string, string>({
      maxBatchCount: 1,
      maxWaitingCount: 4,
      admittedRatio: (item) => (item.startsWith('full') ? 0.5 : 1),
      commit: async (items) => items,
    });
    const kept = ['quiet 1', 'full 1'].map((item) => committer.submit(item));
    await expect(committer.submit('full 2')).rejects.toMatchObject({ code: 'COLLECTOR_BUSY', retryAfterSeconds: 12 });
    kept.push(committer.submit('quiet 2'), committer.submit('quiet 3'));
    await expect(committer.submit('quiet 4')).rejects.toMatchObject({ code: 'COLLECTOR_BUSY', retryAfterSeconds: 6 });
    expect(committer.waiting()).toEqual(['quiet 1', 'full 1', 'quiet 2', 'quiet 3']);
    expect(await Promise.all(kept)).toEqual(['quiet 1', 'full 1', 'quiet 2', 'quiet 3']);
  });

  it('refuses only the item that causes a fault', async () => {
    const committer = new GroupCommitter<number, number>({
      maxBatchCount: 10,
      maxWaitingCount: 10,
      commit: async (items) => {
        if (items.includes(2)) throw new RangeError('two is odd');
        return items;
      },
    });
    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => committer.submit(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses the whole batch when the store cannot write, and goes on afterwards', async () => {
    let isFull = true;
    const committer = new GroupCommitter<number, number>({
      maxBatchCount: 10,
      maxWaitingCount: 10,
      commit: async (items) => {
        if (isFull) throw new TramdoError('DISK_FULL', 'Cannot write as the disk is full');
        return items;
      },
    });
    const outcomes = await Promise.allSettled([committer.submit(1), committer.submit(2)]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    isFull = false;
    expect(await committer.submit(3)).toBe(3);
  });

  it('waits until everything is durable when it is drained', async () => {
    const written: number[] = [];
    const committer = new GroupCommitter<number, number>({
      maxBatchCount: 2,
      maxWaitingCount: 10,
      commit: async (items) => {
        written.push(...items);
        return items;
      },
    });
    const submitted = Promise.all([1, 2, 3, 4, 5].map((item) => committer.submit(item)));
    await committer.drain();
    expect(written).toEqual([1, 2, 3, 4, 5]);
    expect(await submitted).toEqual([1, 2, 3, 4, 5]);
  });
});
