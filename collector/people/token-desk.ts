import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { isoDateOf } from '../catalogues/viet-nam-time.ts';
import { agency } from '../register/agency.ts';
import { subtreeOf } from '../register/register-state.ts';
import type { AccessToken } from '../store/access-token-store.ts';
import type { AuditAction } from './audit.ts';
import type { PeopleParts } from './people-parts.ts';
import { type AgencyScope, type Principal, ROLES, type Role, scopeOf } from './principal.ts';
import { createSecret, secretHash } from './secret.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 365;
const DEFAULT_DAYS = 90;

/** What every token begins with, so that one that was lost is found by scanners of source code. */
const PREFIX = 'tramdo_';

/** Whose roles a role may hand on. */
const MAY_GIVE: Readonly<Record<Role, readonly Role[]>> = {
  admin: ROLES,
  operator: ['operator', 'agency', 'viewer'],
  agency: ['agency', 'viewer'],
  viewer: ['viewer'],
};

/** What a token is asked for with. */
export const tokenFields = z.strictObject({
  name: z.string().trim().min(1).max(200).describe('What it is for'),
  role: z.enum(ROLES).describe('At most the role of whoever makes it'),
  agencyCode: agency.shape.code.optional().describe('The agency above what it may see; absent: as far as its maker'),
  expiresInDays: z.int().min(1).max(MAX_DAYS).default(DEFAULT_DAYS).describe('Days until it expires'),
});

/** Somebody who asks with a token that holds. */
export interface TokenHolder {
  readonly principal: Principal;
  /** Its maker, whose scope bounds its own; absent when a command made it. */
  readonly maker?: Principal;
}

/** Tokens of programs: never more than the role and scope of whoever made them, also when those shrink later. */
export class TokenDesk {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /**
   * Makes a token.
   *
   * @returns it with its secret, which nothing tells again
   * @throws {TramdoError} ACCESS_TOKEN_INVALID, ACCESS_FORBIDDEN, AGENCY_UNKNOWN
   */
  async create(by: Principal, input: unknown): Promise<{ readonly token: AccessToken; readonly secret: string }> {
    const { name, role, agencyCode: asked, expiresInDays } = parseFields(input);
    if (!MAY_GIVE[by.role].includes(role)) {
      throw new TramdoError('ACCESS_FORBIDDEN', `Cannot make a token of the role "${role}" with the role "${by.role}"`);
    }
    const agencyCode = asked ?? by.agencyCode;
    await this.#requireScope(by, role, agencyCode);
    const atMs = this.#parts.nowMs();
    const secret = `${PREFIX}${createSecret()}`;
    const token: AccessToken = {
      id: uuidv7({ msecs: atMs }),
      name,
      role,
      createdAtMs: atMs,
      expiresAtMs: atMs + expiresInDays * DAY_MS,
      ...(agencyCode === undefined ? {} : { agencyCode }),
      ...makerOf(by),
    };
    await this.#parts.store.transaction(async (store) => {
      await store.accessTokens.add(token, secretHash(secret));
      await store.audit.append(line(by, { action: 'token.create', token, atMs }));
    });
    return { token, secret };
  }

  /** Tokens newest first: all of them for an administrator, otherwise those one made oneself. */
  async list(by: Principal): Promise<readonly AccessToken[]> {
    const { accessTokens } = this.#parts.store;
    return by.role === 'admin' ? accessTokens.list() : (await accessTokens.list()).filter((token) => isOf(token, by));
  }

  /**
   * Makes a token useless at once.
   *
   * @throws {TramdoError} ACCESS_TOKEN_UNKNOWN, also for a token of somebody else who is no administrator
   */
  async revoke(by: Principal, id: string): Promise<void> {
    const { store, nowMs } = this.#parts;
    await store.transaction(async (transaction) => {
      const token = await transaction.accessTokens.find(id);
      const isTheirs = token !== undefined && (by.role === 'admin' || isOf(token, by));
      if (!isTheirs)
        throw new TramdoError('ACCESS_TOKEN_UNKNOWN', `Cannot find a token with the id "${id.slice(0, 80)}"`);
      if (!(await transaction.accessTokens.revoke(id, nowMs()))) return;
      await transaction.audit.append(line(by, { action: 'token.revoke', token, atMs: nowMs() }));
    });
  }

  /** Whoever asks with a token; undefined when it is unknown, expired, revoked or more than its maker still is. */
  async holderOf(secret: string): Promise<TokenHolder | undefined> {
    const { store, nowMs } = this.#parts;
    if (!secret.startsWith(PREFIX)) return undefined;
    const token = await store.accessTokens.findBySecret(secretHash(secret));
    if (token === undefined || token.revokedAtMs !== undefined || token.expiresAtMs <= nowMs()) return undefined;
    const maker = await this.#makerOf(token);
    if (maker === 'gone') return undefined;
    const day = isoDateOf(nowMs());
    if (token.usedDay !== day) await store.accessTokens.noteUse(token.id, day);
    const { id, name, role } = token;
    const agencyCode = await this.#scopeCodeOf(token, maker);
    if (agencyCode === 'none') return undefined;
    const principal = { kind: 'token', id, name, role, ...(agencyCode === undefined ? {} : { agencyCode }) } as const;
    return { principal, ...(maker === undefined ? {} : { maker }) };
  }

  /** Which agencies a token may see: no more than its maker today. */
  async scopeOf({ principal, maker }: TokenHolder): Promise<AgencyScope> {
    const register = await this.#parts.registerState();
    const own = scopeOf(principal, register);
    if (maker?.agencyCode === undefined) return own;
    const bound = scopeOf(maker, register);
    const codes = new Set([...(own.codes ?? bound.codes ?? [])].filter((code) => bound.covers(code)));
    return { codes, covers: (code) => codes.has(code) };
  }

  /** The agency above what a token may see today: its own, or its maker's where that is below; none of both is none. */
  async #scopeCodeOf({ agencyCode: own }: AccessToken, maker: Principal | undefined): Promise<string | undefined> {
    const bound = maker?.agencyCode;
    if (bound === undefined || bound === own) return own;
    if (own === undefined) return bound;
    const register = await this.#parts.registerState();
    if (subtreeOf(register, bound).has(own)) return own;
    return subtreeOf(register, own).has(bound) ? bound : 'none';
  }

  async #makerOf({ accountId, role }: AccessToken): Promise<Principal | undefined | 'gone'> {
    if (accountId === undefined) return undefined;
    const account = await this.#parts.store.accounts.find(accountId);
    if (account === undefined || account.isDisabled || !MAY_GIVE[account.role].includes(role)) return 'gone';
    const { id, loginName: name, agencyCode } = account;
    return { kind: 'account', id, name, role: account.role, ...(agencyCode === undefined ? {} : { agencyCode }) };
  }

  async #requireScope(by: Principal, role: Role, agencyCode: string | undefined): Promise<void> {
    if (agencyCode === undefined) {
      if (role !== 'agency') return;
      throw new TramdoError('ACCESS_TOKEN_INVALID', 'Cannot make the token: the role "agency" needs an agency code');
    }
    if (role === 'admin' || role === 'operator') {
      throw new TramdoError(
        'ACCESS_TOKEN_INVALID',
        `Cannot make the token: the role "${role}" is for every agency, current value of the agency is "${agencyCode}"`,
      );
    }
    const isThere = (await this.#parts.store.agencies.find(agencyCode)) !== undefined;
    const isCovered = isThere && scopeOf(by, await this.#parts.registerState()).covers(agencyCode);
    if (!isCovered) throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}"`);
  }
}

function parseFields(input: unknown): z.infer<typeof tokenFields> {
  const parsed = tokenFields.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new TramdoError('ACCESS_TOKEN_INVALID', `Cannot make the token: ${z.prettifyError(parsed.error)}`);
}

/** A token cannot make others for itself: they belong to the account behind it, or to the command line. */
function makerOf({ kind, id }: Principal): { readonly accountId?: string } {
  if (kind === 'account') return { accountId: id };
  if (kind === 'command') return {};
  throw new TramdoError('ACCESS_FORBIDDEN', 'Cannot make a token with a token: sign in, or use the command line');
}

function isOf({ accountId }: AccessToken, { kind, id }: Principal): boolean {
  return kind === 'account' && accountId === id;
}

function line(
  by: Principal,
  { action, token, atMs }: { readonly action: AuditAction; readonly token: AccessToken; readonly atMs: number },
) {
  const { id, name, role, agencyCode } = token;
  return {
    atMs,
    actor: by,
    action,
    target: id,
    ...(agencyCode === undefined ? {} : { agencyCode }),
    detail: { name, role },
  };
}
