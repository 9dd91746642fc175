import { JoinTokenDesk } from '../ingest/join-token-desk.ts';
import { COMMAND_LINE } from '../people/principal.ts';
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
      await new JoinTokenDesk({ store, nowMs }).revoke(COMMAND_LINE, id);
      say(`Revoked token ${id}.`);
    }),
};
