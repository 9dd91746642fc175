import type { Account } from '../people/account.ts';
import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `account list`: prints the accounts. */
export const accountList: CollectorCommand = {
  name: 'account list',
  usage: '',
  summary: 'Prints every account: login name, role, agency, state, second factor and name for people, by tabs.',
  options: {},
  positionalCount: 0,
  run: (input) =>
    withDesks(input, async ({ people: { accounts } }) => {
      for (const account of await accounts.list()) {
        const { loginName, role, agencyCode, hasSecondFactor, displayName } = account;
        const factor = hasSecondFactor ? 'second factor' : 'password only';
        input.say([loginName, role, agencyCode ?? '-', stateOf(account), factor, displayName].join('\t'));
      }
    }),
};

function stateOf({ isDisabled, passwordSetAtMs }: Account): string {
  if (isDisabled) return 'disabled';
  return passwordSetAtMs === undefined ? 'invited' : 'active';
}
