import type { RegisterState } from '../register/register-state.ts';
import type { Store } from '../store/store.ts';
import type { PasswordHasher } from './password-hasher.ts';
import type { PeopleKey } from './people-key.ts';

/** What the desks of people work with. */
export interface PeopleParts {
  readonly store: Store;
  readonly key: PeopleKey;
  readonly hasher: PasswordHasher;
  /** The register of today, for scopes. */
  readonly registerState: () => Promise<RegisterState>;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}
