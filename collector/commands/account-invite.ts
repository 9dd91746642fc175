import { TramdoError } from '#shared/errors.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE, ROLES } from '../people/principal.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, requiredOption, textOption } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { pagesAddress } from './pages-address.ts';
import { PEOPLE_TEXTS } from './people-texts.ts';
import { withDesks } from './with-desks.ts';

/** `account invite`: makes an account, or a new link for one, and prints the link with which a password is chosen. */
export const accountInvite: CollectorCommand = {
  name: 'account invite',
  usage: `NAME [--role ${ROLES.join('|')}] [--agency CODE] [--display-name TEXT] ${LANGUAGE_USAGE}`,
  summary:
    'Makes an account and prints, once, the link to choose a password; without --role a new link for an old one.',
  options: {
    role: { type: 'string' },
    agency: { type: 'string' },
    'display-name': { type: 'string' },
    ...LANGUAGE_OPTION,
  },
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ people: { accounts } }) => {
      const { settings, options, say } = input;
      const language = languageOption(options);
      const address = pagesAddress(settings);
      const loginName = (input.positionals[0] ?? '').toLowerCase();
      const agency = textOption(options, 'agency');
      const isKnown = (await accounts.list()).some((account) => account.loginName === loginName);
      if (isKnown && textOption(options, 'role') !== undefined) {
        throw new TramdoError(
          'ACCOUNT_EXISTS',
          `Cannot make the account "${loginName}" as the name is taken: leave --role out to make a new link for it`,
        );
      }
      const { secret, expiresAtMs } = isKnown
        ? await accounts.renewLink(COMMAND_LINE, (await accounts.findByLoginName(loginName)).id)
        : await accounts.invite(COMMAND_LINE, {
            loginName,
            displayName: textOption(options, 'display-name') ?? loginName,
            role: requiredOption(options, 'role'),
            ...(agency === undefined ? {} : { agencyCode: parseAgencyCode(agency) }),
          });
      say(PEOPLE_TEXTS.openLink[language](formatDateTime(expiresAtMs)));
      say(`${address}/set-up/${secret}`);
    }),
};
