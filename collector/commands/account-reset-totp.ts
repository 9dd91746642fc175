import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { PEOPLE_TEXTS } from './people-texts.ts';
import { withDesks } from './with-desks.ts';

/** `account reset-totp`: takes the second factor away, for somebody who lost telephone and recovery codes. */
export const accountResetTotp: CollectorCommand = {
  name: 'account reset-totp',
  usage: `NAME ${LANGUAGE_USAGE}`,
  summary: 'Takes the second factor away, for somebody who lost telephone and recovery codes; ends every session.',
  options: LANGUAGE_OPTION,
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { accounts } }) => {
      const language = languageOption(input.options);
      const { id, loginName } = await accounts.findByLoginName(input.positionals[0] ?? '');
      await accounts.resetTotp(COMMAND_LINE, id);
      input.say(PEOPLE_TEXTS.totpReset[language](loginName));
    }),
};
