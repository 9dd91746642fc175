import { COMMAND_LINE } from '../people/principal.ts';
import { AGENCY_SENTENCES } from './agency-texts.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `import undo`: makes the register what it was before an import. */
export const importUndo: CollectorCommand = {
  name: 'import undo',
  usage: `ID ${LANGUAGE_USAGE}`,
  summary: 'Takes an import back whole; refused, naming the rows, when something of it was changed since.',
  options: LANGUAGE_OPTION,
  positionalCount: 1,
  run(input) {
    const language = languageOption(input.options);
    return withDesks(input, async ({ imports }) => {
      const { id, fileName } = await imports.undo(COMMAND_LINE, input.positionals[0] ?? '');
      input.say(AGENCY_SENTENCES.undone[language](id, fileName));
    });
  },
};
