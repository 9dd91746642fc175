import { COMMAND_LINE } from '../people/principal.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, requiredOption } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `machine move`: lets a machine count for another agency from now on; nothing is done on the machine. */
export const machineMove: CollectorCommand = {
  name: 'machine move',
  usage: 'ID --to CODE',
  summary: 'Lets a machine count for another agency from now on; nothing is done on the machine itself.',
  options: { to: { type: 'string' } },
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      const toCode = parseAgencyCode(requiredOption(input.options, 'to'));
      const { machineId, hostname, agencyCode } = await machines.find(input.positionals[0] ?? '');
      await machines.move(COMMAND_LINE, machineId, toCode);
      input.say(`Moved machine ${machineId} "${hostname}" from agency ${agencyCode} to ${toCode}.`);
    }),
};
