import { TramdoError } from '#shared/errors.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `token revoke`: makes a join token useless; machines that joined with it stay. */
export const tokenRevoke: CollectorCommand = {
  name: 'token revoke',
  usage: 'ID',
  summary: 'Makes a join token useless; machines that joined with it stay.',
  options: {},
  positionalCount: 1,
  run: ({ settings, positionals, say, nowMs }) =>
    withStore(settings, async (store) => {
      const id = positionals[0] ?? '';
      if (!(await store.tokens.revoke(id, nowMs()))) {
        throw new TramdoError('TOKEN_INVALID', `Cannot find a token with the id "${id}"`);
      }
      say(`Revoked token ${id}.`);
    }),
};
