import { countedGroups, countMachines } from '../counted-machines.ts';
import type { Formula } from '../formula.ts';

/** Machines for each official; may exceed 1. */
export const machinesPerOfficial: Formula<'machines-per-official'> = {
  id: 'machines-per-official',
  describes: 'a: machines of the counted kinds that are not retired, lost ones included; b: declared officials',
  compute({ groups, agency, countedKinds }) {
    if (agency.officialCount === undefined) return undefined;
    return { a: countMachines(countedGroups(groups, countedKinds)), b: agency.officialCount };
  },
};
