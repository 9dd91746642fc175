import { v7 as uuidv7 } from 'uuid';
import { TramdoError } from '#shared/errors.ts';
import type { StoredSession } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import { type Account, parseAccountFields, principalOfAccount } from './account.ts';
import type { AuditAction } from './audit.ts';
import { createRecoveryCodes, createTotpSecret, totpStepOf } from './one-time-codes.ts';
import { checkPassword } from './password-rules.ts';
import type { PeopleParts } from './people-parts.ts';
import { secretHash } from './secret.ts';
import { isAlive } from './session-rules.ts';

/** What somebody types on the page of a set-up link. */
export interface SetUpForm {
  readonly password: string;
  /** Needed with the link of the first account alone. */
  readonly loginName?: string;
  readonly displayName?: string;
}

/** What puts a second factor into force. */
export interface TotpProof {
  readonly sealed: string;
  readonly code: string;
  /** Hash of the id of the session that asks. */
  readonly keptSession: string;
}

/** What people do with their own account. */
export class OwnAccountDesk {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /**
   * The account a set-up link is for; undefined for the first account of all.
   *
   * @throws {TramdoError} SET_UP_LINK_INVALID
   */
  async ownerOfLink(secret: string): Promise<Account | undefined> {
    const { store, nowMs } = this.#parts;
    const link = await store.setUpLinks.find(secretHash(secret), nowMs());
    if (link === undefined) throw invalidLink();
    if (link.accountId === undefined) {
      if ((await store.accounts.list()).length > 0) throw invalidLink();
      return undefined;
    }
    const account = await store.accounts.find(link.accountId);
    if (account === undefined || account.isDisabled) throw invalidLink();
    return account;
  }

  /**
   * Uses a set-up link: sets the password and ends every session of the account.
   *
   * @throws {TramdoError} SET_UP_LINK_INVALID, PASSWORD_REFUSED, ACCOUNT_INVALID, ACCOUNT_EXISTS, COLLECTOR_BUSY
   */
  async setUp(secret: string, { password, loginName, displayName }: SetUpForm): Promise<Account> {
    const { store, hasher, nowMs } = this.#parts;
    const invited = await this.ownerOfLink(secret);
    const fields = invited ?? parseAccountFields({ loginName, displayName: displayName || loginName, role: 'admin' });
    checkPassword(password, fields);
    const passwordHash = await hasher.hash(password);
    return store.transaction(async (transaction) => {
      const atMs = nowMs();
      if ((await transaction.setUpLinks.use(secretHash(secret), atMs)) === undefined) throw invalidLink();
      // The link stands in a log: once somebody made an account by command, it must make no administrator any more.
      if (invited === undefined && (await transaction.accounts.list()).length > 0) throw invalidLink();
      const account = invited ?? (await addFirst(transaction, { ...fields, role: 'admin' }, atMs));
      await transaction.accounts.keepPassword(account.id, passwordHash, atMs);
      await transaction.sessions.endAll(account.id);
      await note(transaction, account, { action: 'password.set', atMs });
      return { ...account, passwordSetAtMs: atMs };
    });
  }

  /**
   * Changes the password of somebody who is signed in and ends the other sessions.
   *
   * @param keptSession hash of the id of the session that asks
   * @throws {TramdoError} PASSWORD_REFUSED, COLLECTOR_BUSY
   */
  async changePassword(account: Account, password: string, keptSession: string): Promise<void> {
    const { store, hasher, nowMs } = this.#parts;
    checkPassword(password, account);
    const passwordHash = await hasher.hash(password);
    await store.transaction(async (transaction) => {
      await transaction.accounts.keepPassword(account.id, passwordHash, nowMs());
      await transaction.sessions.endAll(account.id, keptSession);
      await note(transaction, account, { action: 'password.set', atMs: nowMs() });
    });
  }

  /** Makes the secret of a second factor that is not in force yet, sealed for the session that keeps it. */
  startTotp(account: Account): string {
    return this.#parts.key.encrypt(createTotpSecret(), account.id);
  }

  /** Reads what {@link OwnAccountDesk.startTotp} made. */
  readTotp(account: Account, sealed: string): string {
    return this.#parts.key.decrypt(sealed, account.id);
  }

  /**
   * Puts a second factor into force once its owner shows a code of it, and ends the other sessions.
   *
   * @param proof the sealed secret, a code of it, and the hash of the id of the session that asks
   * @returns the recovery codes, shown once
   * @throws {TramdoError} SIGN_IN_FAILED when the code is wrong
   */
  async confirmTotp(account: Account, { sealed, code, keptSession }: TotpProof): Promise<readonly string[]> {
    const { store, nowMs } = this.#parts;
    const step = totpStepOf(this.readTotp(account, sealed), code, nowMs());
    if (step === undefined)
      throw new TramdoError('SIGN_IN_FAILED', 'Cannot take the second factor as the code is wrong');
    const codes = createRecoveryCodes();
    await store.transaction(async (transaction) => {
      await transaction.accounts.keepTotp(account.id, { secret: sealed, codeHashes: codes.map(secretHash) });
      await transaction.accounts.useTotpStep(account.id, step);
      await transaction.sessions.endAll(account.id, keptSession);
      await note(transaction, account, { action: 'totp.set', atMs: nowMs() });
    });
    return codes;
  }

  /** Sessions of an account that still hold, the newest request first. */
  async sessions(account: Account): Promise<readonly StoredSession[]> {
    const { store, nowMs } = this.#parts;
    return (await store.sessions.ofAccount(account.id)).filter((session) => isAlive(session, nowMs()));
  }

  /** Ends every session of an account but the one that asks. */
  async endOtherSessions(account: Account, keptSession: string): Promise<void> {
    const { store, nowMs } = this.#parts;
    await store.transaction(async (transaction) => {
      await transaction.sessions.endAll(account.id, keptSession);
      await note(transaction, account, { action: 'session.stop', atMs: nowMs() });
    });
  }
}

async function addFirst(
  store: Store,
  fields: Pick<Account, 'loginName' | 'displayName' | 'role'>,
  atMs: number,
): Promise<Account> {
  const { loginName, displayName, role } = fields;
  const id = uuidv7({ msecs: atMs });
  const account = { id, loginName, displayName, role, createdAtMs: atMs, isDisabled: false, hasSecondFactor: false };
  await store.accounts.add(account);
  await note(store, account, { action: 'account.create', atMs });
  return account;
}

async function note(
  { audit }: Store,
  account: Account,
  { action, atMs }: { readonly action: AuditAction; readonly atMs: number },
): Promise<void> {
  const { id, loginName, agencyCode } = account;
  const scope = agencyCode === undefined ? {} : { agencyCode };
  await audit.append({ atMs, actor: principalOfAccount(account), action, target: id, ...scope, detail: { loginName } });
}

function invalidLink(): TramdoError {
  return new TramdoError('SET_UP_LINK_INVALID', 'Cannot use this link as it is unknown, was used or has expired');
}
