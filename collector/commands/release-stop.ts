import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `release stop`: ends every offer; what machines have fetched stays with them. */
export const releaseStop: CollectorCommand = {
  name: 'release stop',
  usage: '',
  summary: 'Ends every offer; machines that have fetched the release keep it.',
  options: {},
  positionalCount: 0,
  run: ({ settings, say, nowMs }) =>
    withStore(settings, async (store) => {
      await store.transaction(async (transaction) => {
        await transaction.releaseOffers.stop();
        await transaction.audit.append({
          atMs: nowMs(),
          actor: COMMAND_LINE,
          action: 'release.stop',
          target: '',
          detail: {},
        });
      });
      say('No release is offered any more.');
    }),
};
