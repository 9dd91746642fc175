import { COMMAND_LINE } from '../people/principal.ts';
import { AGENCY_LEVELS, agency, parseDeclared } from '../register/agency.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { AGENCY_SENTENCES } from './agency-texts.ts';
import { type CollectorCommand, requiredOption, textOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { DECLARED_OPTIONS, DECLARED_USAGE, declaredNumbers } from './declared-options.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `agency add`: puts an agency into the register. */
export const agencyAdd: CollectorCommand = {
  name: 'agency add',
  usage: `CODE --name NAME --level ${AGENCY_LEVELS.join('|')} [--name-en NAME] [--parent CODE] [--valid-from DATE] ${DECLARED_USAGE} ${LANGUAGE_USAGE}`,
  summary: 'Puts an agency into the register, with the numbers it declares.',
  options: {
    name: { type: 'string' },
    'name-en': { type: 'string' },
    level: { type: 'string' },
    parent: { type: 'string' },
    'valid-from': { type: 'string' },
    ...DECLARED_OPTIONS,
    ...LANGUAGE_OPTION,
  },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say, nowMs } = input;
    const language = languageOption(options);
    const parent = textOption(options, 'parent');
    const added = parseDeclared(agency, {
      code: parseAgencyCode(positionals[0] ?? ''),
      nameVi: requiredOption(options, 'name'),
      level: requiredOption(options, 'level'),
      nameEn: textOption(options, 'name-en'),
      parentCode: parent === undefined ? undefined : parseAgencyCode(parent),
      validFrom: dayOption(options, 'valid-from'),
    });
    const numbers = declaredNumbers(added.code, options, nowMs());
    return withDesks(input, async ({ register }) => {
      await register.add(COMMAND_LINE, added, { numbers });
      say(AGENCY_SENTENCES.added[language](added.code, added.nameVi));
    });
  },
};
