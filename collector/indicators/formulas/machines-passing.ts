import { examineMachines, passesAll } from '../examine-machines.ts';
import type { Formula } from '../formula.ts';

/** Machines that pass every one of some rules, of the registered machines. */
export const machinesPassing: Formula<'machines-passing'> = {
  id: 'machines-passing',
  describes: {
    vi: 'a: máy thuộc loại được tính, không mất liên lạc, đạt tất cả các quy tắc; b: máy đã đăng ký, tức là số máy khai báo hoặc số máy đo được, lấy số lớn hơn',
    en: 'a: machines of the counted kinds, not lost, that pass every one of the rules; b: registered machines, that is the declared computers or the measured machines, whichever is more',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'machines',
  examine: (input, { ruleIds }) => examineMachines(input, (group) => passesAll(group, ruleIds)),
};
