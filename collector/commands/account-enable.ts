import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `account enable`: lets a disabled account sign in again. */
export const accountEnable: CollectorCommand = {
  name: 'account enable',
  usage: 'NAME',
  summary: 'Lets a disabled account sign in again.',
  options: {},
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { accounts } }) => {
      const { id, loginName } = await accounts.findByLoginName(input.positionals[0] ?? '');
      await accounts.enable(COMMAND_LINE, id);
      input.say(`Enabled the account ${loginName}.`);
    }),
};
