import { TramdoError } from '#shared/errors.ts';
import { RetryLater } from './retry-later.ts';

/** How a {@link GroupCommitter} works. */
export interface GroupCommitOptions<Item, Result> {
  /** Makes a batch durable and gives one result an item, in order; all or nothing. */
  readonly commit: (items: readonly Item[]) => Promise<readonly Result[]>;
  /** Most items in one batch. */
  readonly maxBatchCount: number;
  /** Most items that wait; more are refused with COLLECTOR_BUSY. */
  readonly maxWaitingCount: number;
  /** Share of `maxWaitingCount`, above 0 and up to 1, beyond which an item is refused; 1 for every item when absent. */
  readonly admittedRatio?: (item: Item) => number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects what arrives at the same time into one transaction, so that many callers share one sync of the disk. While a
 * batch is being written the next one gathers.
 */
export class GroupCommitter<Item, Result> {
  readonly #options: GroupCommitOptions<Item, Result>;
  #waiting: Waiting<Item, Result>[] = [];
  #working: Promise<void> | undefined;

  constructor(options: GroupCommitOptions<Item, Result>) {
    this.#options = options;
  }

  /** Items that wait now. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  /** What waits now, in the order in which it came. */
  waiting(): readonly Item[] {
    return this.#waiting.map(({ item }) => item);
  }

  /**
   * Hands in an item and waits until it is durable.
   *
   * @throws {TramdoError} COLLECTOR_BUSY when too much waits, or what `commit` throws
   */
  submit(item: Item): Promise<Result> {
    const { maxWaitingCount, admittedRatio } = this.#options;
    const ratio = admittedRatio?.(item) ?? 1;
    if (this.#waiting.length >= maxWaitingCount * ratio) return Promise.reject(this.#busy(ratio));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Waits until everything that was handed in is durable or refused. */
  async drain(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Lets what has already arrived on other connections join this batch.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#waiting.slice(0, this.#options.maxBatchCount);
      this.#waiting = this.#waiting.slice(batch.length);
      await this.#commit(batch);
    }
    this.#working = undefined;
  }

  async #commit(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#options.commit(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new RangeError('A batch gave fewer results than it had items'));
        else resolve(result);
      }
    } catch (error) {
      if (error instanceof TramdoError || batch.length === 1) {
        for (const { reject } of batch) reject(error);
        return;
      }
      // A fault that one item causes must not refuse the others that happened to arrive with it.
      for (const one of batch) await this.#commit([one]);
    }
  }

  /** The longer the queue, and the less of it an item may use, the later it is asked to come back. */
  #busy(ratio: number): RetryLater {
    const count = this.#waiting.length;
    return new RetryLater(
      'COLLECTOR_BUSY',
      `Cannot take the report now as ${count} others wait`,
      Math.ceil((5 + Math.ceil(count / 200)) / ratio),
    );
  }
}
