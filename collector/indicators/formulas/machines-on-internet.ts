import { examineMachines } from '../examine-machines.ts';
import type { Formula } from '../formula.ts';

/** Machines that reached the Internet within the window, of the registered machines. */
export const machinesOnInternet: Formula<'machines-on-internet'> = {
  id: 'machines-on-internet',
  describes: {
    vi: 'a: máy thuộc loại được tính, không mất liên lạc, có ít nhất một lần kết nối thành công qua mạng Internet trong khoảng thời gian xét; b: máy đã đăng ký',
    en: 'a: machines of the counted kinds, not lost, of which an attempt on a network of kind internet succeeded within the window of availability; b: registered machines',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'machines',
  examine: (input) =>
    examineMachines(input, ({ isOnInternet }) => {
      if (isOnInternet === undefined) return { standing: 'unknown', reason: 'internet_untried' };
      return isOnInternet
        ? { standing: 'counted', reason: 'internet_reached' }
        : { standing: 'not_counted', reason: 'internet_unreached' };
    }),
};
