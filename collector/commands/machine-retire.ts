import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { MACHINE_SENTENCES } from './machine-texts.ts';
import { withDesks } from './with-desks.ts';

/** `machine retire`: takes a machine out of every count, or brings it back; its history stays. */
export const machineRetire: CollectorCommand = {
  name: 'machine retire',
  usage: `ID [--undo] ${LANGUAGE_USAGE}`,
  summary: 'Takes a machine out of every count and refuses its reports, or with --undo counts it again.',
  options: { undo: { type: 'boolean' }, ...LANGUAGE_OPTION },
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      const language = languageOption(input.options);
      const { machineId, hostname, agencyCode } = await machines.find(input.positionals[0] ?? '');
      const isUndone = input.options['undo'] === true;
      if (isUndone) await machines.bringBack(COMMAND_LINE, machineId);
      else await machines.retire(COMMAND_LINE, machineId);
      const print = MACHINE_SENTENCES[isUndone ? 'broughtBack' : 'retired'][language];
      input.say(print(`${machineId} "${hostname}"`, agencyCode));
    }),
};
