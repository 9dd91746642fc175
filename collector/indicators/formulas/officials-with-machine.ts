import type { Formula } from '../formula.ts';
import { computersOverOfficials } from '../over-officials.ts';

/** Officials for whom there is a machine; a second machine for one official helps nobody else of another agency. */
export const officialsWithMachine: Formula<'officials-with-machine'> = {
  id: 'officials-with-machine',
  describes:
    'a: machines of the counted kinds that are not retired, lost ones and declared ones without an agent included, at most as many as officials, agency by agency; b: declared officials',
  arithmetic: 'capped',
  valueForm: 'share',
  coverageOf: 'machines',
  examine: computersOverOfficials,
};
