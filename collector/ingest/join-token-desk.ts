import { v7 as uuidv7 } from 'uuid';
import { TramdoError } from '#shared/errors.ts';
import type { JoinString } from '#shared/join-string.ts';
import type { Principal } from '../people/principal.ts';
import type { Store } from '../store/store.ts';
import type { JoinToken } from '../store/token-store.ts';
import { createTokenSecret, tokenHash } from './token-secret.ts';

const DAY_MS = 86_400_000;

/** Days a join token holds unless told: long enough for an agency's PCs, short enough that a forgotten one does not matter. */
export const DEFAULT_JOIN_DAYS = 30;

/** What the desk works with. */
export interface JoinTokenParts {
  readonly store: Store;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** What somebody asks for. */
export interface JoinTokenOrder {
  readonly agencyCode: string;
  /** {@link DEFAULT_JOIN_DAYS} when absent. */
  readonly expiresInDays?: number | undefined;
  /** Machines that may join with it; any number when absent. */
  readonly maxUseCount?: number | undefined;
}

/** A token that was just made; its secret is known nowhere else. */
export interface NewJoinToken {
  readonly token: JoinToken;
  readonly secret: JoinString['token'];
}

/** The work on join tokens; every change leaves its line in the audit log. */
export class JoinTokenDesk {
  readonly #store: Store;
  readonly #nowMs: () => number;

  constructor({ store, nowMs }: JoinTokenParts) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /**
   * Makes a token of an agency.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN
   */
  async create(actor: Principal, { agencyCode, expiresInDays, maxUseCount }: JoinTokenOrder): Promise<NewJoinToken> {
    const createdAtMs = this.#nowMs();
    const secret = createTokenSecret();
    const token: JoinToken = {
      id: uuidv7({ msecs: createdAtMs }).slice(-12),
      agencyCode,
      createdAtMs,
      expiresAtMs: createdAtMs + (expiresInDays ?? DEFAULT_JOIN_DAYS) * DAY_MS,
      useCount: 0,
      ...(maxUseCount === undefined ? {} : { maxUseCount }),
    };
    await this.#store.transaction(async (store) => {
      if ((await store.agencies.find(agencyCode)) === undefined) {
        throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}"`);
      }
      await store.tokens.add(token, tokenHash(secret));
      const detail = { expiresAtMs: token.expiresAtMs, ...(maxUseCount === undefined ? {} : { maxUseCount }) };
      await store.audit.append({
        atMs: createdAtMs,
        actor,
        action: 'join-token.create',
        target: token.id,
        agencyCode,
        detail,
      });
    });
    return { token, secret };
  }

  /** Every token, newest first, then by id. */
  list(): Promise<readonly JoinToken[]> {
    return this.#store.tokens.list();
  }

  /**
   * A token by its id.
   *
   * @throws {TramdoError} JOIN_TOKEN_UNKNOWN
   */
  async find(id: string): Promise<JoinToken> {
    const token = (await this.list()).find((one) => one.id === id);
    if (token !== undefined) return token;
    throw unknownJoinToken(id);
  }

  /**
   * Makes a token useless; machines that joined with it stay. One that is revoked already stays as it is.
   *
   * @throws {TramdoError} JOIN_TOKEN_UNKNOWN
   */
  async revoke(actor: Principal, id: string): Promise<void> {
    const { agencyCode, revokedAtMs } = await this.find(id);
    if (revokedAtMs !== undefined) return;
    const atMs = this.#nowMs();
    await this.#store.transaction(async (store) => {
      await store.tokens.revoke(id, atMs);
      await store.audit.append({ atMs, actor, action: 'join-token.revoke', target: id, agencyCode, detail: {} });
    });
  }
}

/** A refusal of a join token that is not there, or that belongs to another agency. */
export function unknownJoinToken(id: string): TramdoError {
  return new TramdoError('JOIN_TOKEN_UNKNOWN', `Cannot find a join token with the id "${id}"`);
}
