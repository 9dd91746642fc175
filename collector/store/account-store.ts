import type { Kysely, Selectable } from 'kysely';
import { TramdoError } from '#shared/errors.ts';
import type { Account } from '../people/account.ts';
import { ROLES } from '../people/principal.ts';
import type { AccountTable } from './people-tables.ts';
import type { Tables } from './tables.ts';

/** What an account signs in with; never leaves the collector. */
export interface AccountSecrets {
  /** PHC string; absent until the set-up link was used. */
  readonly passwordHash?: string;
  /** Encrypted; absent while there is no second factor. */
  readonly totpSecret?: string;
}

/** Accounts of people. */
export interface AccountStore {
  /** @throws {TramdoError} ACCOUNT_EXISTS */
  add(account: Account): Promise<void>;
  find(id: string): Promise<Account | undefined>;
  findByLoginName(loginName: string): Promise<Account | undefined>;
  /** Every account, sorted by login name. */
  list(): Promise<readonly Account[]>;
  /** Keeps name, role, agency and whether it is disabled. */
  save(account: Account): Promise<void>;
  secrets(id: string): Promise<AccountSecrets>;
  keepPassword(id: string, passwordHash: string, atMs: number): Promise<void>;
  /** Sets the second factor with its recovery codes, or takes both away. */
  keepTotp(
    id: string,
    totp: { readonly secret: string; readonly codeHashes: readonly string[] } | undefined,
  ): Promise<void>;
  /** Tells whether no code of the 30-second step or a later one was used before; from then on it was. */
  useTotpStep(id: string, step: number): Promise<boolean>;
  /** Tells whether there was such a code; from then on there is none. */
  useRecoveryCode(id: string, codeHash: string): Promise<boolean>;
  recoveryCodeCount(id: string): Promise<number>;
}

/** The queries of the accounts. */
export function createAccountStore(db: Kysely<Tables>): AccountStore {
  return {
    async add(account) {
      const result = await db
        .insertInto('accounts')
        .values({ ...toRow(account), totp_newest_step: 0 })
        .onConflict((conflict) => conflict.column('login_name').doNothing())
        .executeTakeFirst();
      if (result.numInsertedOrUpdatedRows === 0n) {
        throw new TramdoError('ACCOUNT_EXISTS', `Cannot make the account "${account.loginName}" as the name is taken`);
      }
    },
    async find(id) {
      const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
    async findByLoginName(loginName) {
      const row = await db.selectFrom('accounts').selectAll().where('login_name', '=', loginName).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
    async list() {
      return (await db.selectFrom('accounts').selectAll().orderBy('login_name').execute()).map(fromRow);
    },
    async save(account) {
      const { display_name, role, agency_code, is_disabled } = toRow(account);
      await db
        .updateTable('accounts')
        .set({ display_name, role, agency_code, is_disabled })
        .where('id', '=', account.id)
        .execute();
    },
    ...passwordQueries(db),
    ...factorQueries(db),
  };
}

function passwordQueries(db: Kysely<Tables>): Pick<AccountStore, 'secrets' | 'keepPassword'> {
  return {
    async secrets(id) {
      const row = await db
        .selectFrom('accounts')
        .select(['password_hash', 'totp_secret'])
        .where('id', '=', id)
        .executeTakeFirst();
      return {
        ...(row?.password_hash == null ? {} : { passwordHash: row.password_hash }),
        ...(row?.totp_secret == null ? {} : { totpSecret: row.totp_secret }),
      };
    },
    async keepPassword(id, passwordHash, atMs) {
      await db
        .updateTable('accounts')
        .set({ password_hash: passwordHash, password_set_at_ms: atMs })
        .where('id', '=', id)
        .execute();
    },
  };
}

type FactorQueries = Pick<AccountStore, 'keepTotp' | 'useTotpStep' | 'useRecoveryCode' | 'recoveryCodeCount'>;

function factorQueries(db: Kysely<Tables>): FactorQueries {
  return {
    async keepTotp(id, totp) {
      await db
        .updateTable('accounts')
        .set({ totp_secret: totp?.secret ?? null })
        .where('id', '=', id)
        .execute();
      await db.deleteFrom('recovery_codes').where('account_id', '=', id).execute();
      const rows = (totp?.codeHashes ?? []).map((hash) => ({ account_id: id, code_hash: hash }));
      if (rows.length > 0) await db.insertInto('recovery_codes').values(rows).execute();
    },
    async useTotpStep(id, step) {
      const result = await db
        .updateTable('accounts')
        .set({ totp_newest_step: step })
        .where('id', '=', id)
        .where('totp_newest_step', '<', step)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    async useRecoveryCode(id, codeHash) {
      const result = await db
        .deleteFrom('recovery_codes')
        .where('account_id', '=', id)
        .where('code_hash', '=', codeHash)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    async recoveryCodeCount(id) {
      const row = await db
        .selectFrom('recovery_codes')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('account_id', '=', id)
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },
  };
}

function toRow(account: Account): Omit<AccountTable, 'password_hash' | 'totp_secret' | 'totp_newest_step'> {
  return {
    id: account.id,
    login_name: account.loginName,
    display_name: account.displayName,
    role: account.role,
    agency_code: account.agencyCode ?? null,
    created_at_ms: account.createdAtMs,
    is_disabled: account.isDisabled ? 1 : 0,
    password_set_at_ms: account.passwordSetAtMs ?? null,
  };
}

function fromRow(row: Selectable<AccountTable>): Account {
  const role = ROLES.find((known) => known === row.role);
  if (role === undefined) {
    throw new TramdoError('DATA_CORRUPT', `Cannot read an account: current value of its role is "${row.role}"`);
  }
  return {
    id: row.id,
    loginName: row.login_name,
    displayName: row.display_name,
    role,
    createdAtMs: row.created_at_ms,
    isDisabled: row.is_disabled !== 0,
    hasSecondFactor: row.totp_secret !== null,
    ...(row.agency_code === null ? {} : { agencyCode: row.agency_code }),
    ...(row.password_set_at_ms === null ? {} : { passwordSetAtMs: row.password_set_at_ms }),
  };
}
