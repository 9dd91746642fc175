import { TramdoError } from '#shared/errors.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { CONFLICT_DECISIONS } from '../store/machine-conflict-store.ts';
import { choiceOption } from './choice-option.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { DECISION_TEXTS, MACHINE_SENTENCES } from './machine-texts.ts';
import { withDesks } from './with-desks.ts';

/** `machine decide`: settles a conflict of a machine. */
export const machineDecide: CollectorCommand = {
  name: 'machine decide',
  usage: `ID --as ${CONFLICT_DECISIONS.join('|')} ${LANGUAGE_USAGE}`,
  summary: 'Settles a conflict: it is one machine after all, there are two, or the second is out of use.',
  options: { as: { type: 'string' }, ...LANGUAGE_OPTION },
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      const language = languageOption(input.options);
      const decision = choiceOption(input.options, 'as', CONFLICT_DECISIONS);
      if (decision === undefined) {
        throw new TramdoError('USAGE', 'Cannot run the command as the option --as is missing');
      }
      const { machineId, hostname } = await machines.find(input.positionals[0] ?? '');
      await machines.decide(COMMAND_LINE, machineId, decision);
      input.say(MACHINE_SENTENCES.decided[language](`${machineId} "${hostname}"`, DECISION_TEXTS[decision][language]));
    }),
};
