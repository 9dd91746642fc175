import { COMMAND_LINE } from '../people/principal.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, requiredOption } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { MACHINE_SENTENCES } from './machine-texts.ts';
import { withDesks } from './with-desks.ts';

/** `machine move`: lets a machine count for another agency from now on; nothing is done on the machine. */
export const machineMove: CollectorCommand = {
  name: 'machine move',
  usage: `ID --to CODE ${LANGUAGE_USAGE}`,
  summary: 'Lets a machine count for another agency from now on; nothing is done on the machine itself.',
  options: { to: { type: 'string' }, ...LANGUAGE_OPTION },
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      const language = languageOption(input.options);
      const toCode = parseAgencyCode(requiredOption(input.options, 'to'));
      const { machineId, hostname, agencyCode } = await machines.find(input.positionals[0] ?? '');
      await machines.move(COMMAND_LINE, machineId, toCode);
      input.say(MACHINE_SENTENCES.moved[language](`${machineId} "${hostname}"`, agencyCode, toCode));
    }),
};
