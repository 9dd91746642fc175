import { RetryLater } from '../../../ingest/retry-later.ts';

/** Works of one kind that run at a time; the others wait. */
const AT_ONCE = 2;

/** Works that wait; each may hold the file somebody sent. */
const MAX_WAITING = 14;

/** Works of one account or token that run or wait: nobody fills the queue alone. */
const MAX_OF_ONE = 8;

/** What callers are told when the queue is full, in seconds. */
const RETRY_SECONDS = 5;

/** Lets a few works run at a time, so that those that take much memory take it one after the other. */
export class WorkQueue {
  readonly #waiting: (() => void)[] = [];
  readonly #countOf = new Map<string, number>();
  #runningCount = 0;

  /**
   * Does a work when its turn comes.
   *
   * @param owner whoever wants it
   * @throws {TramdoError} COLLECTOR_BUSY when too many wait, and what the work throws
   */
  async run<Result>(owner: string, work: () => Promise<Result>): Promise<Result> {
    const count = this.#countOf.get(owner) ?? 0;
    if (count >= MAX_OF_ONE || (this.#runningCount >= AT_ONCE && this.#waiting.length >= MAX_WAITING)) {
      throw new RetryLater('COLLECTOR_BUSY', 'Cannot do this now as too many others wait for such work', RETRY_SECONDS);
    }
    this.#countOf.set(owner, count + 1);
    try {
      await this.#turn();
      return await work().finally(() => this.#pass());
    } finally {
      this.#leave(owner);
    }
  }

  #turn(): Promise<void> | undefined {
    if (this.#runningCount >= AT_ONCE) return new Promise((resolve) => this.#waiting.push(resolve));
    this.#runningCount += 1;
    return undefined;
  }

  /** Whoever waits longest takes the place over. */
  #pass(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#runningCount -= 1;
    else next();
  }

  #leave(owner: string): void {
    const count = (this.#countOf.get(owner) ?? 1) - 1;
    if (count === 0) this.#countOf.delete(owner);
    else this.#countOf.set(owner, count);
  }
}
