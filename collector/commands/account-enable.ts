import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { PEOPLE_TEXTS } from './people-texts.ts';
import { withDesks } from './with-desks.ts';

/** `account enable`: lets a disabled account sign in again. */
export const accountEnable: CollectorCommand = {
  name: 'account enable',
  usage: `NAME ${LANGUAGE_USAGE}`,
  summary: 'Lets a disabled account sign in again.',
  options: LANGUAGE_OPTION,
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { accounts } }) => {
      const language = languageOption(input.options);
      const { id, loginName } = await accounts.findByLoginName(input.positionals[0] ?? '');
      await accounts.enable(COMMAND_LINE, id);
      input.say(PEOPLE_TEXTS.enabled[language](loginName));
    }),
};
