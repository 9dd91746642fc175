import { v7 as uuidv7 } from 'uuid';
import { TramdoError } from '#shared/errors.ts';
import type { Store } from '../store/store.ts';
import { type Account, type AccountFields, parseAccountFields } from './account.ts';
import type { AuditAction, AuditEntry } from './audit.ts';
import type { PeopleParts } from './people-parts.ts';
import type { Principal } from './principal.ts';
import { createSecret, secretHash } from './secret.ts';

/** How long a set-up link holds, in milliseconds. */
const LINK_MS = 86_400_000;

/** A set-up link as it is handed over, once. */
export interface HandedLink {
  readonly secret: string;
  readonly expiresAtMs: number;
}

/**
 * What an administrator does with accounts; every change is one transaction with its audit line. A token changes no
 * administrator: ACCESS_FORBIDDEN.
 */
export class AccountDesk {
  readonly #store: Store;
  readonly #nowMs: () => number;

  constructor({ store, nowMs }: Pick<PeopleParts, 'store' | 'nowMs'>) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /** Every account, sorted by login name. */
  list(): Promise<readonly Account[]> {
    return this.#store.accounts.list();
  }

  /** @throws {TramdoError} ACCOUNT_UNKNOWN */
  async find(id: string): Promise<Account> {
    return found(await this.#store.accounts.find(id), id);
  }

  /** @throws {TramdoError} ACCOUNT_UNKNOWN */
  async findByLoginName(loginName: string): Promise<Account> {
    return found(await this.#store.accounts.findByLoginName(loginName), loginName);
  }

  /**
   * Makes an account without a password and the link with which its owner chooses one.
   *
   * @throws {TramdoError} ACCOUNT_EXISTS, ACCOUNT_INVALID, AGENCY_UNKNOWN; ACCESS_FORBIDDEN for an administrator by token
   */
  async invite(by: Principal, input: unknown): Promise<HandedLink & { readonly account: Account }> {
    const fields = parseAccountFields(input);
    if (fields.role === 'admin') refuseTokens(by);
    const atMs = this.#nowMs();
    const account = {
      ...fields,
      id: uuidv7({ msecs: atMs }),
      createdAtMs: atMs,
      isDisabled: false,
      hasSecondFactor: false,
    };
    return this.#store.transaction(async (store) => {
      await requireAgency(store, fields);
      await store.accounts.add(account);
      await store.audit.append(line(by, { action: 'account.create', account, atMs }));
      return { account, ...(await handLink(store, account, atMs)) };
    });
  }

  /**
   * Makes a new link for an account whose owner lost the link or the password; the password holds until it is used.
   *
   * @throws {TramdoError} ACCOUNT_UNKNOWN
   */
  async renewLink(by: Principal, id: string): Promise<HandedLink> {
    return this.#change(by, { id, action: 'account.invite' }, (store, account) =>
      handLink(store, account, this.#nowMs()),
    );
  }

  /**
   * Changes name, role or agency; open sessions go on with what they may do now.
   *
   * @throws {TramdoError} ACCOUNT_UNKNOWN, ACCOUNT_INVALID, AGENCY_UNKNOWN
   */
  async set(by: Principal, id: string, changes: Partial<Omit<AccountFields, 'loginName'>>): Promise<Account> {
    return this.#change(by, { id, action: 'account.set' }, async (store, account) => {
      const { loginName, displayName, role } = account;
      const code = 'agencyCode' in changes ? changes.agencyCode : account.agencyCode;
      const fields = parseAccountFields({
        loginName,
        displayName: changes.displayName ?? displayName,
        role: changes.role ?? role,
        ...(code === undefined ? {} : { agencyCode: code }),
      });
      await requireAgency(store, fields);
      const { agencyCode: _, ...rest } = account;
      const changed = { ...rest, ...fields };
      await store.accounts.save(changed);
      if (canAdminister(account)) await requireAnAdmin(store);
      return changed;
    });
  }

  /**
   * Ends every session of an account and lets it start none.
   *
   * @throws {TramdoError} ACCOUNT_UNKNOWN; ACCOUNT_INVALID for the last administrator
   */
  async disable(by: Principal, id: string): Promise<void> {
    await this.#change(by, { id, action: 'account.disable' }, async (store, account) => {
      await store.accounts.save({ ...account, isDisabled: true });
      if (canAdminister(account)) await requireAnAdmin(store);
      await store.sessions.endAll(id);
    });
  }

  /** @throws {TramdoError} ACCOUNT_UNKNOWN */
  async enable(by: Principal, id: string): Promise<void> {
    await this.#change(by, { id, action: 'account.enable' }, (store, account) =>
      store.accounts.save({ ...account, isDisabled: false }),
    );
  }

  /**
   * Takes the second factor away, for somebody who lost telephone and recovery codes; ends every session.
   *
   * @throws {TramdoError} ACCOUNT_UNKNOWN
   */
  async resetTotp(by: Principal, id: string): Promise<void> {
    await this.#change(by, { id, action: 'totp.set' }, async (store) => {
      await store.accounts.keepTotp(id, undefined);
      await store.sessions.endAll(id);
    });
  }

  /** The link with which the first administrator makes the first account; undefined when there is one already. */
  async firstLink(): Promise<HandedLink | undefined> {
    return this.#store.transaction(async (store) => {
      const accounts = await store.accounts.list();
      return accounts.length > 0 ? undefined : handLink(store, undefined, this.#nowMs());
    });
  }

  #change<Result>(
    by: Principal,
    { id, action }: { readonly id: string; readonly action: AuditAction },
    work: (store: Store, account: Account) => Promise<Result>,
  ): Promise<Result> {
    return this.#store.transaction(async (store) => {
      const account = found(await store.accounts.find(id), id);
      const result = await work(store, account);
      const after = (await store.accounts.find(id)) ?? account;
      if (account.role === 'admin' || after.role === 'admin') refuseTokens(by);
      const entry = line(by, { action, account: after, atMs: this.#nowMs() });
      const changed = action === 'account.set' ? changesOf(account, after) : {};
      await store.audit.append({ ...entry, detail: { ...entry.detail, ...changed } });
      return result;
    });
  }
}

/** A token needs no second factor: whoever found one must not become an administrator that outlives it. */
function refuseTokens({ kind }: Principal): void {
  if (kind !== 'token') return;
  throw new TramdoError(
    'ACCESS_FORBIDDEN',
    'Cannot make or change an administrator with a token: sign in, or use the command line',
  );
}

function found(account: Account | undefined, name: string): Account {
  if (account !== undefined) return account;
  throw new TramdoError('ACCOUNT_UNKNOWN', `Cannot find the account "${name.slice(0, 80)}"`);
}

function line(
  by: Principal,
  { action, account, atMs }: { readonly action: AuditAction; readonly account: Account; readonly atMs: number },
): AuditEntry {
  const { id, loginName, role, agencyCode } = account;
  const scope = agencyCode === undefined ? {} : { agencyCode };
  return { atMs, actor: by, action, target: id, ...scope, detail: { loginName, role } };
}

/** What an audit line says beside the role after the change; an agency that there is none of is left out. */
function changesOf(before: Account, after: Account): AuditEntry['detail'] {
  return {
    roleBefore: before.role,
    ...(before.agencyCode === undefined ? {} : { agencyBefore: before.agencyCode }),
    ...(after.agencyCode === undefined ? {} : { agencyAfter: after.agencyCode }),
    isDisplayNameChanged: before.displayName !== after.displayName,
  };
}

async function handLink(store: Store, account: Account | undefined, atMs: number): Promise<HandedLink> {
  const secret = createSecret();
  const expiresAtMs = atMs + LINK_MS;
  const owner = account === undefined ? {} : { accountId: account.id };
  await store.setUpLinks.replace({ ...owner, expiresAtMs }, secretHash(secret));
  return { secret, expiresAtMs };
}

async function requireAgency(store: Store, { agencyCode }: AccountFields): Promise<void> {
  if (agencyCode === undefined || (await store.agencies.find(agencyCode)) !== undefined) return;
  throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}"`);
}

function canAdminister({ role, isDisabled, passwordSetAtMs }: Account): boolean {
  return role === 'admin' && !isDisabled && passwordSetAtMs !== undefined;
}

async function requireAnAdmin(store: Store): Promise<void> {
  if ((await store.accounts.list()).some(canAdminister)) return;
  throw new TramdoError('ACCOUNT_INVALID', 'Cannot leave the collector without an administrator who can sign in');
}
