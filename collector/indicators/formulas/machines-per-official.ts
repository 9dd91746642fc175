import type { Formula } from '../formula.ts';
import { computersOverOfficials } from '../over-officials.ts';

/** Machines for each official; may exceed 1. */
export const machinesPerOfficial: Formula<'machines-per-official'> = {
  id: 'machines-per-official',
  describes: {
    vi: 'a: máy thuộc loại được tính chưa ngừng sử dụng, kể cả máy mất liên lạc và máy khai báo không cài phần mềm giám sát; b: số CBCCVC khai báo',
    en: 'a: machines of the counted kinds that are not retired, lost ones and declared ones without an agent included; b: declared officials',
  },
  arithmetic: 'quotient',
  valueForm: 'number',
  coverageOf: 'machines',
  examine: computersOverOfficials,
};
