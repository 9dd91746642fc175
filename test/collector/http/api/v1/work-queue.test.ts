import { describe, expect, it } from 'vitest';
import { WorkQueue } from '#collector/http/api/v1/work-queue.ts';

/** Works that go on until they are let. */
function heldWorks() {
  const gate = Promise.withResolvers<void>();
  const seen = { runningCount: 0, mostAtOnce: 0 };
  const work = async () => {
    seen.runningCount += 1;
    seen.mostAtOnce = Math.max(seen.mostAtOnce, seen.runningCount);
    await gate.promise;
    seen.runningCount -= 1;
    return 'done';
  };
  return { work, seen, letGo: () => gate.resolve() };
}

describe('WorkQueue', () => {
  it('runs two works at a time and the others in turn', async () => {
    const queue = new WorkQueue();
    const { work, seen, letGo } = heldWorks();
    const works = Array.from({ length: 10 }, (_, index) => queue.run(`owner-${index}`, work));
    letGo();
    expect(await Promise.all(works)).toEqual(Array.from({ length: 10 }, () => 'done'));
    expect(seen).toEqual({ runningCount: 0, mostAtOnce: 2 });
  });

  it('refuses a ninth work of one owner and a seventeenth of all, until there is room again', async () => {
    const queue = new WorkQueue();
    const { work, letGo } = heldWorks();
    const mine = Array.from({ length: 9 }, () => queue.run('me', work));
    const busy = { code: 'COLLECTOR_BUSY', retryAfterSeconds: 5 };
    await expect(mine[8]).rejects.toMatchObject(busy);
    const others = Array.from({ length: 8 }, (_, index) => queue.run(`owner-${index}`, work));
    await expect(queue.run('one-too-many', work)).rejects.toMatchObject(busy);
    letGo();
    await Promise.all([...mine.slice(0, 8), ...others]);
    expect(await queue.run('me', work)).toBe('done');
  });

  it('goes on after a work that failed', async () => {
    const queue = new WorkQueue();
    const fail = async () => {
      throw new RangeError('failed');
    };
    for (let count = 0; count < 6; count += 1) await expect(queue.run('me', fail)).rejects.toThrow('failed');
    expect(await queue.run('me', async () => 1)).toBe(1);
  });
});
