import { examineMachines } from '../examine-machines.ts';
import type { Formula } from '../formula.ts';

/** Machines that fail a rule, of the registered machines; unknown is not failed. */
export const machinesFailing: Formula<'machines-failing'> = {
  id: 'machines-failing',
  describes: {
    vi: 'a: máy thuộc loại được tính, không mất liên lạc, không đạt quy tắc; b: máy đã đăng ký, tức là số máy khai báo hoặc số máy đo được, lấy số lớn hơn',
    en: 'a: machines of the counted kinds, not lost, that fail the rule; b: registered machines, that is the declared computers or the measured machines, whichever is more',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'machines',
  examine: (input, { ruleId }) =>
    examineMachines(input, ({ verdicts }) => {
      switch (verdicts[ruleId]) {
        case 'fail':
          return { standing: 'counted', reason: 'rule_fails' };
        case 'pass':
          return { standing: 'not_counted', reason: 'passes' };
        case 'not_applicable':
          return { standing: 'not_counted', reason: 'rule_does_not_apply' };
        default:
          return { standing: 'unknown', reason: 'not_judged' };
      }
    }),
};
