import { AccountDesk } from './account-desk.ts';
import { OwnAccountDesk } from './own-account-desk.ts';
import type { PeopleParts } from './people-parts.ts';
import { RefusalNotes } from './refusal-notes.ts';
import { SignInDesk } from './sign-in-desk.ts';
import { TokenDesk } from './token-desk.ts';

/** Everything about people, by what is done. */
export interface PeopleDesk {
  readonly accounts: AccountDesk;
  readonly ownAccount: OwnAccountDesk;
  readonly signIn: SignInDesk;
  readonly tokens: TokenDesk;
  readonly refusals: RefusalNotes;
}

/** Makes the desks of people. */
export function createPeopleDesk(parts: PeopleParts): PeopleDesk {
  return {
    accounts: new AccountDesk(parts),
    ownAccount: new OwnAccountDesk(parts),
    signIn: new SignInDesk(parts),
    tokens: new TokenDesk(parts),
    refusals: new RefusalNotes(parts.store, parts.nowMs),
  };
}
