import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { RetryLater } from '../ingest/retry-later.ts';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;

const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** Hashes at a time: the thread pool has four threads, and reports need it for compression. */
const AT_ONCE = 2;

/** Hashes that wait; with 30 ms each the last one waits about a second. */
const MAX_WAITING = 64;

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,64})\$([A-Za-z0-9+/]{16,128})$/;

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** Hashes passwords with argon2id beside the event loop, a few at a time. */
export class PasswordHasher {
  readonly #cost: Cost;
  readonly #waiting: (() => void)[] = [];
  readonly #decoy: string;
  #runningCount = 0;

  /** @param cost memory in KiB, passes and lanes of new hashes; a test may do with less */
  constructor(cost: Cost = COST) {
    this.#cost = cost;
    // The hash of nothing: made without hashing, so that it cannot fail and the first stranger waits no longer.
    this.#decoy = phcOf(cost, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
  }

  /**
   * The hash of a password as a PHC string.
   *
   * @throws {TramdoError} COLLECTOR_BUSY
   */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return phcOf(this.#cost, salt, await this.#derive(password, { ...this.#cost, salt, bytes: HASH_BYTES }));
  }

  /**
   * Tells whether a password is the one of a hash; takes as long when there is no hash to compare with.
   *
   * @param phc undefined for an account that does not exist or has no password: never true
   * @throws {TramdoError} COLLECTOR_BUSY
   */
  async verify(password: string, phc: string | undefined): Promise<boolean> {
    const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(phc ?? this.#decoy) ?? [];
    const expected = Buffer.from(hash, 'base64');
    const derived = await this.#derive(password, {
      memory: Number(memory),
      passes: Number(passes),
      parallelism: Number(parallelism),
      salt: Buffer.from(salt, 'base64'),
      bytes: expected.length,
    });
    return timingSafeEqual(derived, expected) && phc !== undefined;
  }

  /** Tells whether a hash was made with another cost than new ones, so that the next sign-in may replace it. */
  isOutdated(phc: string): boolean {
    const { memory, passes, parallelism } = this.#cost;
    return !phc.startsWith(`$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$`);
  }

  async #derive(password: string, { salt, bytes, ...cost }: Cost & { salt: Buffer; bytes: number }): Promise<Buffer> {
    await this.#enter();
    try {
      return await new Promise((resolve, reject) => {
        // One spelling for letters with marks, whatever the keyboard made of them (NIST SP 800-63B).
        const message = password.normalize('NFKC');
        argon2('argon2id', { ...cost, message, nonce: salt, tagLength: bytes }, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      });
    } finally {
      const next = this.#waiting.shift();
      // Whoever waits takes the place over, so that nobody slips in between.
      if (next === undefined) this.#runningCount -= 1;
      else next();
    }
  }

  async #enter(): Promise<void> {
    if (this.#runningCount >= AT_ONCE) {
      if (this.#waiting.length >= MAX_WAITING) {
        throw new RetryLater('COLLECTOR_BUSY', 'Cannot check a password now as too many others wait', 5);
      }
      return new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#runningCount += 1;
  }
}

function phcOf({ memory, passes, parallelism }: Cost, salt: Buffer, hash: Buffer): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
