import { TramdoError } from '#shared/errors.ts';
import { printDate } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { AGENCY_SENTENCES } from './agency-texts.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `agency close`: ends an agency. */
export const agencyClose: CollectorCommand = {
  name: 'agency close',
  usage: `CODE --on DATE [--replaced-by CODE] ${LANGUAGE_USAGE}`,
  summary:
    'Ends an agency: DATE is the first day without it. What is below it and its machines go to the replacement; without one its machines stay to be assigned.',
  options: { on: { type: 'string' }, 'replaced-by': { type: 'string' }, ...LANGUAGE_OPTION },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    const code = parseAgencyCode(positionals[0] ?? '');
    const on = dayOption(options, 'on');
    if (on === undefined) throw new TramdoError('USAGE', 'Cannot run the command as the option --on is missing');
    const given = textOption(options, 'replaced-by');
    const replacedBy = given === undefined ? undefined : parseAgencyCode(given);
    return withDesks(input, async ({ register }) => {
      await register.close(COMMAND_LINE, { code, on, ...(replacedBy === undefined ? {} : { replacedBy }) });
      say(AGENCY_SENTENCES.closed[language](code, printDate(on)));
      const { notReplaced, replaced } = AGENCY_SENTENCES;
      say(replacedBy === undefined ? notReplaced[language] : replaced[language](replacedBy));
    });
  },
};
