import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `account disable`: ends every session of an account and lets it start none. */
export const accountDisable: CollectorCommand = {
  name: 'account disable',
  usage: 'NAME',
  summary: 'Ends every session of an account and its tokens, and lets it start none.',
  options: {},
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { accounts } }) => {
      const { id, loginName } = await accounts.findByLoginName(input.positionals[0] ?? '');
      await accounts.disable(COMMAND_LINE, id);
      input.say(`Disabled the account ${loginName}; its sessions have ended.`);
    }),
};
