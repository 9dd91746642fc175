import { isRunning } from '../baselines/is-running.ts';
import { isoDateOf } from '../catalogues/viet-nam-time.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `exception list`: prints exceptions, whether they run or not. */
export const exceptionList: CollectorCommand = {
  name: 'exception list',
  usage: '[--agency CODE] [--running]',
  summary: 'Prints exceptions: id, agency, rule, first and last day, whether it runs, document and reason, by tabs.',
  options: { agency: { type: 'string' }, running: { type: 'boolean' } },
  positionalCount: 0,
  run(input) {
    const { options, say, nowMs } = input;
    const agency = textOption(options, 'agency');
    const code = agency === undefined ? undefined : parseAgencyCode(agency);
    return withDesks(input, async ({ exceptions }) => {
      const today = isoDateOf(nowMs());
      for (const one of await exceptions.list()) {
        const runs = isRunning(one, today);
        if (code !== undefined && one.agencyCode !== code) continue;
        if (options['running'] === true && !runs) continue;
        const { id, agencyCode, ruleId, firstDay, lastDay, ended, document, reason } = one;
        const state = ended === undefined ? (runs ? 'runs' : 'does not run') : `ended on ${ended.on}`;
        say([id, agencyCode, ruleId, firstDay, lastDay, state, document, reason].join('\t'));
      }
    });
  },
};
