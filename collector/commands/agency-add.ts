import { TramdoError } from '#shared/errors.ts';
import { AGENCY_LEVELS, agency, parseDeclared } from '../register/agency.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, requiredOption, textOption } from './command.ts';
import { DECLARED_OPTIONS, declaredNumbers } from './declared-options.ts';
import { withStore } from './with-store.ts';

/** `agency add`: puts an agency into the register. */
export const agencyAdd: CollectorCommand = {
  name: 'agency add',
  usage: `CODE --name NAME --level ${AGENCY_LEVELS.join('|')} [--name-en NAME] [--parent CODE] [--officials N] [--computers N] [--as-of DATE --source TEXT]`,
  summary: 'Puts an agency into the register, with the numbers it declares.',
  options: {
    name: { type: 'string' },
    'name-en': { type: 'string' },
    level: { type: 'string' },
    parent: { type: 'string' },
    ...DECLARED_OPTIONS,
  },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const parent = textOption(options, 'parent');
    const added = parseDeclared(agency, {
      code: parseAgencyCode(positionals[0] ?? ''),
      nameVi: requiredOption(options, 'name'),
      level: requiredOption(options, 'level'),
      nameEn: textOption(options, 'name-en'),
      parentCode: parent === undefined ? undefined : parseAgencyCode(parent),
    });
    const numbers = declaredNumbers(added.code, options, nowMs());
    return withStore(settings, async (store) => {
      await store.transaction(async (transaction) => {
        if (added.parentCode !== undefined && (await transaction.agencies.find(added.parentCode)) === undefined) {
          throw new TramdoError(
            'AGENCY_UNKNOWN',
            `Cannot find the agency "${added.parentCode}" that is to be the parent`,
          );
        }
        await transaction.agencies.add(added);
        for (const number of numbers) await transaction.agencies.declare(number);
      });
      say(`Added agency ${added.code} "${added.nameVi}".`);
    });
  },
};
