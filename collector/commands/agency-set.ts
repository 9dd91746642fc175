import { TramdoError } from '#shared/errors.ts';
import type { Language } from '../catalogues/language.ts';
import { printDate } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { AGENCY_LEVELS, agency, parseDeclared } from '../register/agency.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { LEVEL_NAMES } from '../register/level-names.ts';
import type { RegisterDesk } from '../register/register-desk.ts';
import { type AgencyForm, type AgencyValidity, agencyOf, versionOn } from '../register/set-form.ts';
import { AGENCY_SENTENCES, printDeclaredNumber, SUBJECT_TEXTS } from './agency-texts.ts';
import { type CollectorCommand, type OptionValues, textOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { DECLARED_OPTIONS, DECLARED_USAGE, declaredNumbers } from './declared-options.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

const VALIDITY_OPTIONS = ['valid-from', 'valid-to', 'replaced-by'] as const;

const FORM_OPTIONS = ['name', 'name-en', 'level', 'parent'] as const;

/** Written instead of a code or name for one that is no more. */
const NOTHING = '-';

/** `agency set`: renames or moves an agency from a day on, and keeps numbers that it declares. */
export const agencySet: CollectorCommand = {
  name: 'agency set',
  usage: `CODE [--name NAME] [--name-en NAME|-] [--level ${AGENCY_LEVELS.join('|')}] [--parent CODE|-] [--at DATE] [--correct] [--valid-from DATE|-] [--valid-to DATE|-] [--replaced-by CODE|-] ${DECLARED_USAGE} ${LANGUAGE_USAGE}`,
  summary:
    'Renames or moves an agency from a day on (--correct: what was never true), corrects its first and last day, and keeps the numbers it declares.',
  options: {
    name: { type: 'string' },
    'name-en': { type: 'string' },
    level: { type: 'string' },
    parent: { type: 'string' },
    at: { type: 'string' },
    correct: { type: 'boolean' },
    'valid-from': { type: 'string' },
    'valid-to': { type: 'string' },
    'replaced-by': { type: 'string' },
    ...DECLARED_OPTIONS,
    ...LANGUAGE_OPTION,
  },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say, nowMs } = input;
    const language = languageOption(options);
    const code = parseAgencyCode(positionals[0] ?? '');
    const at = dayOption(options, 'at');
    const numbers = declaredNumbers(code, options, nowMs());
    const setsForm = FORM_OPTIONS.some((name) => options[name] !== undefined);
    const setsValidity = VALIDITY_OPTIONS.some((name) => options[name] !== undefined);
    if (numbers.length === 0 && !setsForm && !setsValidity) {
      throw new TramdoError(
        'USAGE',
        'Cannot set anything: give --name, --parent or --level, or a number such as --officials or --computers',
      );
    }
    return withDesks(input, async ({ register }) => {
      if (setsValidity) {
        const validity = await validityWith(register, code, options);
        await register.setValidity(COMMAND_LINE, code, validity);
        say(`${code}: ${printValidity(validity, language)}`);
      }
      const on = at ?? register.today();
      if (setsForm) {
        const form = await formWith(register, code, options, on);
        await register.setForm(COMMAND_LINE, code, form, { on, isCorrection: options['correct'] === true });
        say(`${code}: ${printForm(form, on, language)}`);
      }
      await register.declare(COMMAND_LINE, code, { numbers });
      for (const { subject, value, asOf, source } of numbers) {
        const number = `${SUBJECT_TEXTS[subject][language]} ${printDeclaredNumber(subject, value, language)}`;
        say(`${code}: ${AGENCY_SENTENCES.number[language](number, printDate(asOf), source)}`);
      }
    });
  },
};

function printForm({ nameVi, level, parentCode = NOTHING }: AgencyForm, on: string, language: Language): string {
  return AGENCY_SENTENCES.form[language](nameVi, LEVEL_NAMES[level][language], parentCode, printDate(on));
}

function printValidity({ validFrom, validTo, replacedBy }: AgencyValidity, language: Language): string {
  const [from, to] = [validFrom, validTo].map((day) => (day === undefined ? NOTHING : printDate(day)));
  return AGENCY_SENTENCES.validity[language](from ?? NOTHING, to ?? NOTHING, replacedBy ?? NOTHING);
}

/** The form of a day with what the options change. */
async function formWith(register: RegisterDesk, code: string, options: OptionValues, on: string): Promise<AgencyForm> {
  const facts = await register.facts();
  const known = versionOn(facts.versions, agencyOf(facts, code), on);
  const parent = textOption(options, 'parent');
  const { nameVi, nameEn, level, parentCode } = parseDeclared(agency, {
    code,
    nameVi: textOption(options, 'name') ?? known.nameVi,
    level: textOption(options, 'level') ?? known.level,
    nameEn: orNothing(textOption(options, 'name-en'), known.nameEn),
    parentCode: orNothing(
      parent === undefined || parent === NOTHING ? parent : parseAgencyCode(parent),
      known.parentCode,
    ),
  });
  return { nameVi, nameEn, level, parentCode };
}

/** The validity with what the options change. */
async function validityWith(register: RegisterDesk, code: string, options: OptionValues): Promise<AgencyValidity> {
  const known = agencyOf(await register.facts(), code);
  const dayOrNothing = (name: string) => (options[name] === NOTHING ? NOTHING : dayOption(options, name));
  const replacement = textOption(options, 'replaced-by');
  return {
    validFrom: orNothing(dayOrNothing('valid-from'), known.validFrom),
    validTo: orNothing(dayOrNothing('valid-to'), known.validTo),
    replacedBy: orNothing(
      replacement === undefined || replacement === NOTHING ? replacement : parseAgencyCode(replacement),
      known.replacedBy,
    ),
  };
}

function orNothing(given: string | undefined, known: string | undefined): string | undefined {
  return given === NOTHING ? undefined : (given ?? known);
}
