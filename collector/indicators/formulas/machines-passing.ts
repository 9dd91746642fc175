import { countedGroups, countMachines, isHeardOf, registeredMachines } from '../counted-machines.ts';
import type { Formula } from '../formula.ts';

/** Machines that pass every one of some rules, of the registered machines. */
export const machinesPassing: Formula<'machines-passing'> = {
  id: 'machines-passing',
  describes:
    'a: machines of the counted kinds, not lost, that pass every one of the rules; b: registered machines, that is the declared computers or the measured machines, whichever is more',
  compute({ groups, agency, countedKinds }, { ruleIds }) {
    const passing = countedGroups(groups, countedKinds).filter(
      (group) => isHeardOf(group) && ruleIds.every((ruleId) => group.verdicts[ruleId] === 'pass'),
    );
    return { a: countMachines(passing), b: registeredMachines(agency, groups, countedKinds) };
  },
};
