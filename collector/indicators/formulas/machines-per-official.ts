import type { Formula } from '../formula.ts';
import { computersOverOfficials } from '../over-officials.ts';

/** Machines for each official; may exceed 1. */
export const machinesPerOfficial: Formula<'machines-per-official'> = {
  id: 'machines-per-official',
  describes:
    'a: machines of the counted kinds that are not retired, lost ones and declared ones without an agent included; b: declared officials',
  arithmetic: 'quotient',
  valueForm: 'number',
  coverageOf: 'machines',
  examine: computersOverOfficials,
};
