import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { PEOPLE_TEXTS } from './people-texts.ts';
import { withDesks } from './with-desks.ts';

/** `access-token revoke`: makes a token of the API useless at once. */
export const accessTokenRevoke: CollectorCommand = {
  name: 'access-token revoke',
  usage: `ID ${LANGUAGE_USAGE}`,
  summary: 'Makes a token of the API useless at once.',
  options: LANGUAGE_OPTION,
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { tokens } }) => {
      const language = languageOption(input.options);
      const id = input.positionals[0] ?? '';
      await tokens.revoke(COMMAND_LINE, id);
      input.say(PEOPLE_TEXTS.tokenRevoked[language](id));
    }),
};
