import { TramdoError } from '#shared/errors.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import type { CollectorCommand } from './command.ts';
import { DECLARED_OPTIONS, declaredNumbers } from './declared-options.ts';
import { withStore } from './with-store.ts';

/** `agency set`: keeps numbers that an agency declares. */
export const agencySet: CollectorCommand = {
  name: 'agency set',
  usage: 'CODE [--officials N] [--computers N] [--as-of DATE] [--source TEXT]',
  summary: 'Keeps the numbers an agency declares, with their day and source; older ones stay.',
  options: DECLARED_OPTIONS,
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const code = parseAgencyCode(positionals[0] ?? '');
    const numbers = declaredNumbers(code, options, nowMs());
    if (numbers.length === 0) throw new TramdoError('USAGE', 'Cannot set anything: give --officials or --computers');
    return withStore(settings, async (store) => {
      if ((await store.agencies.find(code)) === undefined) {
        throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${code}"`);
      }
      for (const number of numbers) {
        await store.agencies.declare(number);
        say(`${code}: ${number.subject} ${number.value} as of ${number.asOf} (${number.source}).`);
      }
    });
  },
};
