import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { PEOPLE_TEXTS } from './people-texts.ts';
import { withDesks } from './with-desks.ts';

/** `account disable`: ends every session of an account and lets it start none. */
export const accountDisable: CollectorCommand = {
  name: 'account disable',
  usage: `NAME ${LANGUAGE_USAGE}`,
  summary: 'Ends every session of an account and its tokens, and lets it start none.',
  options: LANGUAGE_OPTION,
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { accounts } }) => {
      const language = languageOption(input.options);
      const { id, loginName } = await accounts.findByLoginName(input.positionals[0] ?? '');
      await accounts.disable(COMMAND_LINE, id);
      input.say(PEOPLE_TEXTS.disabled[language](loginName));
    }),
};
