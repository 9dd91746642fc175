import { isoDateOf, printDate } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, requiredOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { EXCEPTION_TEXTS } from './exception-texts.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `exception grant`: excepts an agency from a rule for a time. */
export const exceptionGrant: CollectorCommand = {
  name: 'exception grant',
  usage: `AGENCY RULE --until DATE --reason TEXT --document TEXT [--from DATE] ${LANGUAGE_USAGE}`,
  summary: 'Excepts an agency and what is below it from a rule, at most for a year; machines that fail go on failing.',
  options: {
    until: { type: 'string' },
    from: { type: 'string' },
    reason: { type: 'string' },
    document: { type: 'string' },
    ...LANGUAGE_OPTION,
  },
  positionalCount: 2,
  run(input) {
    const { options, positionals, say, nowMs } = input;
    const language = languageOption(options);
    const [agency = '', ruleId = ''] = positionals;
    const form = {
      agencyCode: parseAgencyCode(agency),
      ruleId,
      reason: requiredOption(options, 'reason'),
      document: requiredOption(options, 'document'),
      firstDay: dayOption(options, 'from') ?? isoDateOf(nowMs()),
      lastDay: dayOption(options, 'until') ?? requiredOption(options, 'until'),
    };
    return withDesks(input, async ({ exceptions }) => {
      const { id, agencyCode, firstDay, lastDay } = await exceptions.grant(COMMAND_LINE, form);
      say(EXCEPTION_TEXTS.granted[language](agencyCode, ruleId, printDate(firstDay), printDate(lastDay), id));
    });
  },
};
