import { printDate } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { dayOption } from './day-option.ts';
import { EXCEPTION_TEXTS } from './exception-texts.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `exception end`: ends an exception before its last day. */
export const exceptionEnd: CollectorCommand = {
  name: 'exception end',
  usage: `ID [--on DATE] ${LANGUAGE_USAGE}`,
  summary: 'Ends an exception early: from the day on (today), failing machines count as failing without one.',
  options: { on: { type: 'string' }, ...LANGUAGE_OPTION },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    const on = dayOption(options, 'on');
    return withDesks(input, async ({ exceptions }) => {
      const { id, ended } = await exceptions.end(COMMAND_LINE, positionals[0] ?? '', on);
      say(EXCEPTION_TEXTS.ended[language](id, ended === undefined ? '-' : printDate(ended.on)));
    });
  },
};
