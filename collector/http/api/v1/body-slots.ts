import { finished } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RetryLater } from '../../../ingest/retry-later.ts';

/** Bodies up to this many bytes are not counted: they cost little more than the request itself. */
const SMALL_BODY_BYTES = 65_536;

/** Large bodies that are read or worked on at a time; each may hold a whole file. */
const MAX_OPEN = 4;

/** What callers are told when there is no room, in seconds. */
const RETRY_SECONDS = 5;

/** The place of one large body; it is free when nobody holds it any more. */
interface BodySlot {
  readonly owner: string;
  holderCount: number;
}

/** Bounds the large request bodies that are in memory at once: few in all, and one of each account or token. */
export class BodySlots {
  readonly #slotOf = new WeakMap<FastifyRequest, BodySlot>();
  readonly #owners = new Set<string>();
  #openCount = 0;

  /**
   * Gives the body of a request a place before it is read, and takes the place back when the answer is over, whichever
   * side ends it; a body whose length is not told counts as large.
   *
   * @throws {TramdoError} COLLECTOR_BUSY when there is no room
   */
  admit(request: FastifyRequest, reply: FastifyReply): void {
    if (!isLarge(request)) return;
    const { principal, ip } = request;
    const owner = principal === undefined ? `address ${ip}` : `${principal.kind} ${principal.id}`;
    if (this.#openCount >= MAX_OPEN || this.#owners.has(owner)) {
      const why = this.#owners.has(owner) ? 'another file of yours is being read' : 'too many files are being read';
      throw new RetryLater('COLLECTOR_BUSY', `Cannot take this file now as ${why}`, RETRY_SECONDS);
    }
    const slot: BodySlot = { owner, holderCount: 1 };
    this.#slotOf.set(request, slot);
    this.#owners.add(owner);
    this.#openCount += 1;
    // Also when the client has gone already; a mere listener to "close" would then never be called.
    finished(reply.raw, () => this.#letGo(slot));
  }

  /** Does the work on a body; the place stays taken until it is done, though the client may have gone meanwhile. */
  async hold<Result>(request: FastifyRequest, work: () => Promise<Result>): Promise<Result> {
    const slot = this.#slotOf.get(request);
    if (slot === undefined || slot.holderCount === 0) return work();
    slot.holderCount += 1;
    try {
      return await work();
    } finally {
      this.#letGo(slot);
    }
  }

  #letGo(slot: BodySlot): void {
    slot.holderCount -= 1;
    if (slot.holderCount > 0) return;
    this.#owners.delete(slot.owner);
    this.#openCount -= 1;
  }
}

function isLarge({ headers }: FastifyRequest): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return Number(headers['content-length'] ?? 0) > SMALL_BODY_BYTES;
}
