import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { dayOption } from './day-option.ts';
import { withDesks } from './with-desks.ts';

/** `exception end`: ends an exception before its last day. */
export const exceptionEnd: CollectorCommand = {
  name: 'exception end',
  usage: 'ID [--on DATE]',
  summary: 'Ends an exception early: from the day on (today), failing machines count as failing without one.',
  options: { on: { type: 'string' } },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const on = dayOption(options, 'on');
    return withDesks(input, async ({ exceptions }) => {
      const { id, ended } = await exceptions.end(COMMAND_LINE, positionals[0] ?? '', on);
      say(`Exception ${id} no longer holds from ${ended?.on ?? '-'} on.`);
    });
  },
};
