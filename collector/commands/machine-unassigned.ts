import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `machine unassigned`: prints machines of agencies that are no more and have no successor, to be moved by hand. */
export const machineUnassigned: CollectorCommand = {
  name: 'machine unassigned',
  usage: '',
  summary:
    'Prints machines of agencies that are no more and have no successor, to be moved by hand: agency, id and host name, by tabs.',
  options: {},
  positionalCount: 0,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      for (const { agencyCode, machineId, hostname } of await machines.unassigned()) {
        input.say([agencyCode, machineId, hostname].join('\t'));
      }
    }),
};
