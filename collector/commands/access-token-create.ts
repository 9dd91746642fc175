import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE, ROLES } from '../people/principal.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, countOption, requiredOption, textOption } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { PEOPLE_TEXTS } from './people-texts.ts';
import { withDesks } from './with-desks.ts';

/** `access-token create`: makes a token with which a program asks the API. */
export const accessTokenCreate: CollectorCommand = {
  name: 'access-token create',
  usage: `NAME --role ${ROLES.join('|')} [--agency CODE] [--expires-days N] ${LANGUAGE_USAGE}`,
  summary: 'Makes a token for the API and prints it, once. It holds 90 days unless told, at most 365.',
  options: {
    role: { type: 'string' },
    agency: { type: 'string' },
    'expires-days': { type: 'string' },
    ...LANGUAGE_OPTION,
  },
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { tokens } }) => {
      const { options, positionals, say } = input;
      const language = languageOption(options);
      const agency = textOption(options, 'agency');
      const expiresInDays = countOption(options, 'expires-days', 1);
      const { token, secret } = await tokens.create(COMMAND_LINE, {
        name: positionals[0] ?? '',
        role: requiredOption(options, 'role'),
        ...(agency === undefined ? {} : { agencyCode: parseAgencyCode(agency) }),
        ...(expiresInDays === undefined ? {} : { expiresInDays }),
      });
      say(PEOPLE_TEXTS.tokenMade[language](token.id, token.role, formatDateTime(token.expiresAtMs)));
      say(secret);
    }),
};
