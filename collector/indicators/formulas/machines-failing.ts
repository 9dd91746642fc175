import { countedGroups, countMachines, isHeardOf, registeredMachines } from '../counted-machines.ts';
import type { Formula } from '../formula.ts';

/** Machines that fail a rule, of the registered machines; unknown is not failed. */
export const machinesFailing: Formula<'machines-failing'> = {
  id: 'machines-failing',
  describes:
    'a: machines of the counted kinds, not lost, that fail the rule; b: registered machines, that is the declared computers or the measured machines, whichever is more',
  compute({ groups, agency, countedKinds }, { ruleId }) {
    const failing = countedGroups(groups, countedKinds).filter(
      (group) => isHeardOf(group) && group.verdicts[ruleId] === 'fail',
    );
    return { a: countMachines(failing), b: registeredMachines(agency, groups, countedKinds) };
  },
};
