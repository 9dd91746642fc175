import { randomBytes } from 'node:crypto';
import { isoDateOf } from '#collector/catalogues/viet-nam-time.ts';
import type { Account } from '#collector/people/account.ts';
import { PasswordHasher } from '#collector/people/password-hasher.ts';
import { createPeopleDesk, type PeopleDesk } from '#collector/people/people-desk.ts';
import { PeopleKey } from '#collector/people/people-key.ts';
import { COMMAND_LINE, type Role } from '#collector/people/principal.ts';
import { registerAt } from '#collector/register/register-state.ts';
import type { Store } from '#collector/store/store.ts';
import { AGENCY, MONDAY_MS, temporaryStore } from '../ingest/reporting-machine.ts';

/** A password that every rule takes. */
export const PASSWORD = 'bốn con trâu qua sông';

/** A hasher that costs next to nothing. */
export const CHEAP_HASHER = new PasswordHasher({ memory: 8, passes: 1, parallelism: 1 });

/** The desks of people over a new store with {@link AGENCY} and a unit below it, under a clock of the test. */
export interface PeopleRig extends PeopleDesk {
  readonly store: Store;
  readonly clock: { nowMs: number };
  /** Makes an account with {@link PASSWORD}, named after its role. */
  account(role: Role, name?: string, agencyCode?: string): Promise<Account>;
  /** Actions of the audit log, oldest first. */
  actions(): Promise<readonly string[]>;
}

/** Wires the desks of people up. */
export async function peopleRig(): Promise<PeopleRig> {
  const store = await temporaryStore();
  await store.agencies.add({ code: `${AGENCY}.01`, nameVi: 'Phòng', level: 'unit', parentCode: AGENCY });
  await store.agencies.add({ code: 'H47.13', nameVi: 'Sở Y tế', level: 'department' });
  const clock = { nowMs: MONDAY_MS };
  const registerState = async () => {
    const agencies = await store.agencies.list();
    return registerAt({ agencies, versions: [], numbers: [], items: [] }, isoDateOf(clock.nowMs));
  };
  const key = new PeopleKey(randomBytes(32));
  const people = createPeopleDesk({ store, key, hasher: CHEAP_HASHER, registerState, nowMs: () => clock.nowMs });
  return {
    ...people,
    store,
    clock,
    async account(role, name = `${role}-1`, agencyCode) {
      const scope = agencyCode === undefined ? {} : { agencyCode };
      const fields = { loginName: name, displayName: name, role, ...scope };
      const { secret } = await people.accounts.invite(COMMAND_LINE, fields);
      return people.ownAccount.setUp(secret, { password: PASSWORD });
    },
    async actions() {
      return (await store.audit.list({ limit: 1_000 })).map(({ action }) => action).toReversed();
    },
  };
}
