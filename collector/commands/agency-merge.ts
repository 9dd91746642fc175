import { TramdoError } from '#shared/errors.ts';
import { printDate } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { AGENCY_LEVELS, type Agency, agency, parseDeclared } from '../register/agency.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { AGENCY_SENTENCES, SUBJECT_TEXTS } from './agency-texts.ts';
import { type CollectorCommand, type OptionValues, requiredOption, textOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `agency merge`: makes several agencies one. */
export const agencyMerge: CollectorCommand = {
  name: 'agency merge',
  usage: `--into CODE --from CODE,CODE --on DATE [--sum --source TEXT] [--name NAME --level ${AGENCY_LEVELS.join('|')} [--name-en NAME] [--parent CODE]] ${LANGUAGE_USAGE}`,
  summary:
    'Makes several agencies one from a day on; --name and --level when it begins with the merger, --sum to declare the sums of their numbers and take over lines, solutions, systems and deployments.',
  options: {
    into: { type: 'string' },
    from: { type: 'string' },
    on: { type: 'string' },
    sum: { type: 'boolean' },
    source: { type: 'string' },
    name: { type: 'string' },
    'name-en': { type: 'string' },
    level: { type: 'string' },
    parent: { type: 'string' },
    ...LANGUAGE_OPTION,
  },
  positionalCount: 0,
  run(input) {
    const { options, say } = input;
    const language = languageOption(options);
    const into = parseAgencyCode(requiredOption(options, 'into'));
    const from = requiredOption(options, 'from').split(',').map(parseAgencyCode);
    const on = dayOption(options, 'on') ?? requiredOption(options, 'on');
    const newAgency = begunAgency(into, options);
    const source = sumSource(options);
    return withDesks(input, async ({ register }) => {
      const { missing, kept } = await register.merge(COMMAND_LINE, {
        into,
        from,
        on,
        ...(newAgency === undefined ? {} : { newAgency }),
        ...(source === undefined ? {} : { sumSource: source }),
      });
      say(AGENCY_SENTENCES.merged[language](from.join(', '), into, printDate(on)));
      for (const { subject, agencyCodes } of missing) {
        say(AGENCY_SENTENCES.noSumAsMissing[language](SUBJECT_TEXTS[subject][language], agencyCodes.join(', ')));
      }
      for (const subject of kept) {
        say(AGENCY_SENTENCES.noSumAsKept[language](SUBJECT_TEXTS[subject][language], into, printDate(on)));
      }
    });
  },
};

function begunAgency(code: string, options: OptionValues): Agency | undefined {
  if (textOption(options, 'name') === undefined) return undefined;
  const parent = textOption(options, 'parent');
  return parseDeclared(agency, {
    code,
    nameVi: textOption(options, 'name'),
    nameEn: textOption(options, 'name-en'),
    level: requiredOption(options, 'level'),
    parentCode: parent === undefined ? undefined : parseAgencyCode(parent),
  });
}

function sumSource(options: OptionValues): string | undefined {
  const source = textOption(options, 'source');
  if ((options['sum'] === true) === (source !== undefined)) return source;
  throw new TramdoError(
    'USAGE',
    'Cannot use --sum without --source, or --source without --sum: sums are declared with the document that says so',
  );
}
