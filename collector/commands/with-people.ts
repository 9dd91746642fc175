import type { Settings } from '../config.ts';
import { toldEndpoint } from '../downloads/join-string-of.ts';
import { formatEndpoint } from '../http/endpoint.ts';
import { PasswordHasher } from '../people/password-hasher.ts';
import { createPeopleDesk, type PeopleDesk } from '../people/people-desk.ts';
import { PeopleKey } from '../people/people-key.ts';
import { RegisterDesk } from '../register/register-desk.ts';
import type { CommandInput } from './command.ts';
import { withStore } from './with-store.ts';

/**
 * Opens the desks of people, works with them and closes the store; it works beside a running server.
 *
 * @throws {TramdoError} DATA_CORRUPT, DATA_FOLDER_UNUSABLE, DISK_FULL, STORE_UNAVAILABLE, or what the work throws
 */
export async function withPeople<Result>(
  { settings, nowMs }: Pick<CommandInput, 'settings' | 'nowMs'>,
  work: (people: PeopleDesk) => Promise<Result>,
): Promise<Result> {
  return withStore(settings, async (store, folder) => {
    const register = new RegisterDesk({ store, nowMs });
    const registerState = () => register.state();
    const key = PeopleKey.open(folder);
    return work(createPeopleDesk({ store, key, hasher: new PasswordHasher(), registerState, nowMs }));
  });
}

/**
 * The address of the pages as people reach them from elsewhere, without a slash at its end.
 *
 * @throws {TramdoError} CONFIG_INVALID when the settings name no port
 */
export function pagesAddress(settings: Settings): string {
  const { usesTls, behindProxy } = settings;
  return `${usesTls || behindProxy ? 'https' : 'http'}://${formatEndpoint(toldEndpoint(settings))}`;
}
