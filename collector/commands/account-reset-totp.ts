import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `account reset-totp`: takes the second factor away, for somebody who lost telephone and recovery codes. */
export const accountResetTotp: CollectorCommand = {
  name: 'account reset-totp',
  usage: 'NAME',
  summary: 'Takes the second factor away, for somebody who lost telephone and recovery codes; ends every session.',
  options: {},
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { accounts } }) => {
      const { id, loginName } = await accounts.findByLoginName(input.positionals[0] ?? '');
      await accounts.resetTotp(COMMAND_LINE, id);
      input.say(
        `The account ${loginName} has no second factor now; an administrator sets up a new one when signing in.`,
      );
    }),
};
