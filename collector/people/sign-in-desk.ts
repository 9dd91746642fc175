import { TramdoError } from '#shared/errors.ts';
import { RetryLater } from '../ingest/retry-later.ts';
import type { SignInFailures } from '../store/sign-in-failure-store.ts';
import type { Store } from '../store/store.ts';
import { type Account, principalOfAccount } from './account.ts';
import { afterFailure, type SignInSubject, waitMsOf } from './lock-out.ts';
import { readRecoveryCode, totpStepOf } from './one-time-codes.ts';
import type { PeopleParts } from './people-parts.ts';
import { secretHash } from './secret.ts';

/** Somebody who tries to sign in. */
export interface SignInAttempt {
  readonly loginName: string;
  readonly password: string;
  /** Address of the browser. */
  readonly address: string;
}

/** Which of the two steps of signing in a check is. */
type Step = 'password' | 'code';

/** What somebody gave beside the password. */
type SecondFactor = 'code' | 'recovery-code' | 'none';

interface Tried {
  readonly loginName: string;
  readonly address: string;
  readonly step: Step;
}

/** Lets people in: password, second factor, waiting after failures; every failure is in the audit log. */
export class SignInDesk {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /**
   * Checks name and password. What is answered and how long it takes is the same for a name that does not exist.
   *
   * @returns the account, whose second factor may still be missing
   * @throws {TramdoError} SIGN_IN_FAILED, SIGN_IN_LOCKED, COLLECTOR_BUSY
   */
  async checkPassword({ loginName, password, address }: SignInAttempt): Promise<Account> {
    const { store, hasher, nowMs } = this.#parts;
    const tried = { loginName, address, step: 'password' } as const;
    const before = await this.#reserve(tried);
    const account = await store.accounts.findByLoginName(loginName);
    const { passwordHash } = account === undefined ? {} : await store.accounts.secrets(account.id);
    const isRight = await hasher.verify(password, passwordHash);
    if (!isRight || passwordHash === undefined || account === undefined || account.isDisabled) {
      throw await this.#fail(tried, account);
    }
    if (hasher.isOutdated(passwordHash)) {
      await store.accounts.keepPassword(account.id, await hasher.hash(password), account.passwordSetAtMs ?? nowMs());
    }
    // With a second factor only the whole of it counts as success: a known password must not reset the count.
    if (account.hasSecondFactor) await this.#restore(tried, before);
    else await this.#succeed(tried, account, 'none');
    return account;
  }

  /**
   * Checks the code of an authenticator app, or a recovery code; each is good once.
   *
   * @throws {TramdoError} SIGN_IN_FAILED, SIGN_IN_LOCKED
   */
  async checkCode(account: Account, code: string, address: string): Promise<void> {
    const tried = { loginName: account.loginName, address, step: 'code' } as const;
    await this.#reserve(tried);
    if (!(await this.#isGoodCode(account, code))) throw await this.#fail(tried, account);
    await this.#succeed(tried, account, readRecoveryCode(code) === undefined ? 'code' : 'recovery-code');
  }

  /**
   * Checks the password of somebody who is signed in already, before something that matters.
   *
   * @throws {TramdoError} SIGN_IN_FAILED, SIGN_IN_LOCKED, COLLECTOR_BUSY
   */
  async confirmPassword(account: Account, password: string, address: string): Promise<void> {
    const tried = { loginName: account.loginName, address, step: 'password' } as const;
    const before = await this.#reserve(tried);
    const { passwordHash } = await this.#parts.store.accounts.secrets(account.id);
    if (!(await this.#parts.hasher.verify(password, passwordHash))) throw await this.#fail(tried, account);
    await this.#restore(tried, before);
  }

  /** Writes down that somebody signed out. */
  async noteEnd(account: Account): Promise<void> {
    const { store, nowMs } = this.#parts;
    const actor = principalOfAccount(account);
    await store.audit.append({
      atMs: nowMs(),
      actor,
      action: 'session.stop',
      target: account.id,
      ...scopeOfLine(account),
      detail: {},
    });
  }

  async #isGoodCode(account: Account, code: string): Promise<boolean> {
    const { store, key, nowMs } = this.#parts;
    const recovery = readRecoveryCode(code);
    if (recovery !== undefined) return store.accounts.useRecoveryCode(account.id, secretHash(recovery));
    const { totpSecret } = await store.accounts.secrets(account.id);
    if (totpSecret === undefined) return false;
    const step = totpStepOf(key.decrypt(totpSecret, account.id), code, nowMs());
    return step !== undefined && store.accounts.useTotpStep(account.id, step);
  }

  /**
   * Counts a failure before the check, so that a hundred guesses at once are a hundred.
   *
   * @returns the counts before
   */
  #reserve({ loginName, address }: Tried): Promise<readonly (SignInFailures | undefined)[]> {
    const { store, nowMs } = this.#parts;
    const atMs = nowMs();
    return store.transaction(async ({ signInFailures }) => {
      const subjects = subjectsOf(loginName, address);
      const before = await Promise.all(subjects.map(({ key }) => signInFailures.find(key)));
      const waitMs = Math.max(...before.map((failures) => waitMsOf(failures, atMs)));
      if (waitMs > 0) {
        const seconds = Math.ceil(waitMs / 1_000);
        throw new RetryLater(
          'SIGN_IN_LOCKED',
          `Cannot sign in now after too many failures: wait ${seconds} s`,
          seconds,
        );
      }
      for (const [index, { key, kind }] of subjects.entries()) {
        await signInFailures.save(key, afterFailure(before[index], kind, atMs));
      }
      return before;
    });
  }

  async #restore({ loginName, address }: Tried, before: readonly (SignInFailures | undefined)[]): Promise<void> {
    await this.#parts.store.transaction(async ({ signInFailures }) => {
      for (const [index, { key }] of subjectsOf(loginName, address).entries()) {
        const failures = before[index];
        const now = await signInFailures.find(key);
        const othersCount = (now?.failureCount ?? 0) - (failures?.failureCount ?? 0) - 1;
        // Guesses of others meanwhile stay counted, or whoever knows the password could try codes without end.
        if (now !== undefined && othersCount > 0) {
          await signInFailures.save(key, { ...now, failureCount: now.failureCount - 1 });
        } else if (failures === undefined) await signInFailures.clear(key);
        else await signInFailures.save(key, failures);
      }
    });
  }

  #fail(tried: Tried, account: Account | undefined): Promise<TramdoError> {
    const { store, nowMs } = this.#parts;
    return store.transaction(async (transaction) => {
      const { audit } = transaction;
      const { step, address } = tried;
      // A name that does not exist may be a password typed into the wrong field.
      const actor = account === undefined ? NOBODY : principalOfAccount(account);
      const entry = { atMs: nowMs(), actor, target: account?.id ?? '', ...scopeOfLine(account) };
      await audit.append({ ...entry, action: 'session.fail', detail: { step, address } });
      const lockedSeconds = await lockOf(transaction, tried, nowMs());
      if (lockedSeconds > 0)
        await audit.append({ ...entry, action: 'account.lock', detail: { address, lockedSeconds } });
      const what = step === 'password' ? 'name or password' : 'the code';
      return new TramdoError('SIGN_IN_FAILED', `Cannot sign in as ${what} is wrong, or the account may not`);
    });
  }

  #succeed({ loginName, address }: Tried, account: Account, secondFactor: SecondFactor): Promise<void> {
    const { store, nowMs } = this.#parts;
    return store.transaction(async ({ signInFailures, audit }) => {
      for (const { key } of subjectsOf(loginName, address)) await signInFailures.clear(key);
      const actor = principalOfAccount(account);
      const entry = { atMs: nowMs(), actor, target: account.id, ...scopeOfLine(account) };
      await audit.append({ ...entry, action: 'session.start', detail: { address, secondFactor } });
    });
  }
}

/** The actor of a failure that belongs to no account. */
const NOBODY = { kind: 'account', id: '', name: '' } as const;

function subjectsOf(
  loginName: string,
  address: string,
): readonly { readonly key: string; readonly kind: SignInSubject }[] {
  return [
    { key: `account ${secretHash(loginName)}`, kind: 'account' },
    { key: `account ${secretHash(loginName)} address ${address}`, kind: 'account-and-address' },
    { key: `address ${address}`, kind: 'address' },
  ];
}

async function lockOf({ signInFailures }: Store, { loginName, address }: Tried, atMs: number): Promise<number> {
  const found = await Promise.all(subjectsOf(loginName, address).map(({ key }) => signInFailures.find(key)));
  return Math.ceil(Math.max(...found.map((failures) => waitMsOf(failures, atMs))) / 1_000);
}

function scopeOfLine(account: Account | undefined): { readonly agencyCode?: string } {
  return account?.agencyCode === undefined ? {} : { agencyCode: account.agencyCode };
}
