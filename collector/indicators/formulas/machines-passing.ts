import { examineMachines, passesAll } from '../examine-machines.ts';
import type { Formula } from '../formula.ts';

/** Machines that pass every one of some rules, of the registered machines. */
export const machinesPassing: Formula<'machines-passing'> = {
  id: 'machines-passing',
  describes:
    'a: machines of the counted kinds, not lost, that pass every one of the rules; b: registered machines, that is the declared computers or the measured machines, whichever is more',
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'machines',
  examine: (input, { ruleIds }) => examineMachines(input, (group) => passesAll(group, ruleIds)),
};
