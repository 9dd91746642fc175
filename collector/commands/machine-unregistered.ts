import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `machine unregistered`: prints machines with an agent that the asset list of their agency lacks. */
export const machineUnregistered: CollectorCommand = {
  name: 'machine unregistered',
  usage: '',
  summary:
    'Prints machines with an agent that the asset list of their agency lacks: agency, id and host name, by tabs.',
  options: {},
  positionalCount: 0,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      for (const { agencyCode, machineId, hostname } of await machines.unregistered()) {
        input.say([agencyCode, machineId, hostname].join('\t'));
      }
    }),
};
