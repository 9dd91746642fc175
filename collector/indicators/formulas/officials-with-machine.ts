import type { Formula } from '../formula.ts';
import { computersOverOfficials } from '../over-officials.ts';

/** Officials for whom there is a machine; a second machine for one official helps nobody else of another agency. */
export const officialsWithMachine: Formula<'officials-with-machine'> = {
  id: 'officials-with-machine',
  describes: {
    vi: 'a: máy thuộc loại được tính chưa ngừng sử dụng, kể cả máy mất liên lạc và máy khai báo không cài phần mềm giám sát, ở mỗi cơ quan nhiều nhất bằng số CBCCVC; b: số CBCCVC khai báo',
    en: 'a: machines of the counted kinds that are not retired, lost ones and declared ones without an agent included, at most as many as officials, agency by agency; b: declared officials',
  },
  arithmetic: 'capped',
  valueForm: 'share',
  coverageOf: 'machines',
  examine: computersOverOfficials,
};
