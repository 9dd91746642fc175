import { TramdoError } from '#shared/errors.ts';
import { AGENCY_LEVELS, DECLARED_SUBJECTS } from '../register/agency.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { withDesks } from './with-desks.ts';

/** `agency list`: prints the register of a day. */
export const agencyList: CollectorCommand = {
  name: 'agency list',
  usage: `[--at DATE] [--level ${AGENCY_LEVELS.join('|')}] [--parent CODE]`,
  summary: 'Prints every agency of a day (today): code, level, parent, declared numbers and name, by tabs.',
  options: { at: { type: 'string' }, level: { type: 'string' }, parent: { type: 'string' } },
  positionalCount: 0,
  run(input) {
    const { options, say } = input;
    const at = dayOption(options, 'at');
    const level = textOption(options, 'level');
    if (level !== undefined && !AGENCY_LEVELS.some((known) => known === level)) {
      const allowed = AGENCY_LEVELS.join(', ');
      throw new TramdoError('USAGE', `Cannot use --level: current value is "${level}", allowed are ${allowed}`);
    }
    const parent = textOption(options, 'parent');
    const parentCode = parent === undefined ? undefined : parseAgencyCode(parent);
    return withDesks(input, async ({ register }) => {
      const { agencies } = await register.state(at);
      for (const agency of agencies) {
        if (level !== undefined && agency.level !== level) continue;
        if (parentCode !== undefined && agency.parentCode !== parentCode) continue;
        const numbers = DECLARED_SUBJECTS.flatMap((subject) => {
          const number = agency.numbers[subject];
          return number === undefined ? [] : [`${subject}=${number.value}`];
        });
        say([agency.code, agency.level, agency.parentCode ?? '-', numbers.join(' ') || '-', agency.nameVi].join('\t'));
      }
    });
  },
};
