import { countedGroups, countMachines } from '../counted-machines.ts';
import type { Formula } from '../formula.ts';

/** Officials for whom there is a machine; a second machine for one official helps nobody else of another agency. */
export const officialsWithMachine: Formula<'officials-with-machine'> = {
  id: 'officials-with-machine',
  describes:
    'a: machines of the counted kinds that are not retired, at most as many as officials, agency by agency; b: declared officials',
  compute({ groups, agency, countedKinds }) {
    if (agency.officialCount === undefined) return undefined;
    const machineCount = countMachines(countedGroups(groups, countedKinds));
    return { a: Math.min(machineCount, agency.officialCount), b: agency.officialCount };
  },
};
