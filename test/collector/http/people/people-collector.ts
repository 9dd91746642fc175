import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { TOTP } from 'otpauth';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { composeCollector } from '#collector/compose.ts';
import { loadSettings } from '#collector/config.ts';
import { createPeopleDesk, type PeopleDesk } from '#collector/people/people-desk.ts';
import { PeopleKey } from '#collector/people/people-key.ts';
import { COMMAND_LINE, type Role } from '#collector/people/principal.ts';
import { RegisterDesk } from '#collector/register/register-desk.ts';
import { openData } from '#collector/store/open-data.ts';
import type { Store } from '#collector/store/store.ts';
import { AGENCY, MONDAY_MS, temporaryFolder } from '../../ingest/reporting-machine.ts';
import { CHEAP_HASHER, PASSWORD } from '../../people/people-rig.ts';

/** An agency that no account of a test belongs to. */
export const OTHER_AGENCY = 'H47.13';

/** A whole collector, its store seen from beside it, and a clock of the test. */
export interface PeopleCollector {
  readonly server: FastifyInstance;
  readonly store: Store;
  readonly people: PeopleDesk;
  readonly clock: { nowMs: number };
  readonly data: string;
  readonly logLines: readonly string[];
  /** Makes an account with {@link PASSWORD} and, for an administrator, a second factor. */
  account(role: Role, agencyCode?: string): Promise<TestAccount>;
  /** Makes a token by command. */
  token(role: Role, agencyCode?: string): Promise<string>;
}

/** Who somebody is in a test. */
export interface TestAccount {
  readonly id: string;
  readonly loginName: string;
  /** A code of the second factor that was not used yet. */
  readonly code: () => string;
}

/** A whole collector over a temporary folder with two agencies, not listening; it ends with the test. */
export async function peopleCollector(environment: Readonly<Record<string, string>> = {}): Promise<PeopleCollector> {
  const data = temporaryFolder();
  const clock = { nowMs: MONDAY_MS };
  const nowMs = () => clock.nowMs;
  const variables = { TRAMDO_DATA: data, TRAMDO_LISTEN: '127.0.0.1:0', TRAMDO_METRICS_ACCESS: 'token', ...environment };
  const settings = loadSettings(undefined, variables);
  const { store, folder } = await openData(settings);
  await store.agencies.add({ code: AGENCY, nameVi: 'Sở Tài chính', level: 'department' });
  await store.agencies.add({ code: OTHER_AGENCY, nameVi: 'Sở Y tế', level: 'department' });
  const logLines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => logLines.push(line) });
  const collector = await composeCollector(settings, { log, nowMs, monotonicMs: () => 0 });
  onTestFinished(async () => {
    await collector.close();
    await store.close();
  });
  const register = new RegisterDesk({ store, nowMs });
  const key = PeopleKey.open(folder);
  const people = createPeopleDesk({ store, key, hasher: CHEAP_HASHER, registerState: () => register.state(), nowMs });
  return {
    server: collector.server,
    store,
    people,
    clock,
    data,
    logLines,
    account: (role, agencyCode) => addAccount({ people, clock }, role, agencyCode),
    async token(role, agencyCode) {
      const scope = agencyCode === undefined ? {} : { agencyCode };
      return (await people.tokens.create(COMMAND_LINE, { name: 'test', role, ...scope })).secret;
    },
  };
}

async function addAccount(
  { people, clock }: Pick<PeopleCollector, 'people' | 'clock'>,
  role: Role,
  agencyCode?: string,
): Promise<TestAccount> {
  const loginName = `${role}-${randomUUID().slice(0, 8)}`;
  const scope = agencyCode === undefined ? {} : { agencyCode };
  const invited = await people.accounts.invite(COMMAND_LINE, { loginName, displayName: loginName, role, ...scope });
  const account = await people.ownAccount.setUp(invited.secret, { password: PASSWORD });
  if (role !== 'admin') return { id: account.id, loginName, code: () => '' };
  const sealed = people.ownAccount.startTotp(account);
  const totp = new TOTP({ secret: people.ownAccount.readTotp(account, sealed) });
  const code = () => totp.generate({ timestamp: clock.nowMs });
  await people.ownAccount.confirmTotp(account, { sealed, code: code(), keptSession: '' });
  // The code of this step is used up.
  clock.nowMs += 30_000;
  return { id: account.id, loginName, code };
}
