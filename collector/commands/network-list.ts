import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `network list`: prints the networks that stand. */
export const networkList: CollectorCommand = {
  name: 'network list',
  usage: '',
  summary: 'Prints the networks: id, kind, origin (settings or people), targets and name, by tabs.',
  options: {},
  positionalCount: 0,
  run(input) {
    return withDesks(input, async ({ networks }) => {
      for (const { definition, origin } of networks.list()) {
        const { id, kind, targets, name } = definition;
        input.say([id, kind, origin, targets.join(' '), name].join('\t'));
      }
    });
  },
};
