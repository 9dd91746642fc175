import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `access-token revoke`: makes a token of the API useless at once. */
export const accessTokenRevoke: CollectorCommand = {
  name: 'access-token revoke',
  usage: 'ID',
  summary: 'Makes a token of the API useless at once.',
  options: {},
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { tokens } }) => {
      const id = input.positionals[0] ?? '';
      await tokens.revoke(COMMAND_LINE, id);
      input.say(`Revoked token ${id}.`);
    }),
};
