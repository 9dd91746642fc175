import type { AgencyLevel } from '../../register/agency.ts';
import { SOLUTION_TYPES } from '../../register/declared-item.ts';
import { COMPUTER_KINDS } from '../counted-machines.ts';
import type { FormulaChoice, IndexSet, IndicatorDefinition } from '../index-set.ts';

const AGENCIES: readonly AgencyLevel[] = ['province', 'department', 'district', 'commune'];

const LIVE_ANTIVIRUS = ['antivirus-active', 'antivirus-signatures'];

type Row = Pick<IndicatorDefinition, 'id' | 'name' | 'note'> & { readonly formula: FormulaChoice };

/** Technical infrastructure of state agencies. */
const INFRASTRUCTURE: readonly Row[] = [
  {
    id: 'agencies-on-wan',
    name: {
      vi: 'Tỷ lệ CQNN của tỉnh kết nối với WAN của tỉnh hoặc mạng chuyên dùng',
      en: 'Agencies on the WAN of the province or the special-purpose network',
    },
    formula: {
      id: 'agencies-connected',
      levels: AGENCIES,
      requirements: [{ networkKinds: ['wan', 'tslcd'], needsVerified: true }],
    },
  },
  {
    id: 'broadband-per-official',
    name: { vi: 'Băng thông Internet/CBCCVC (kbit/s)', en: 'Internet bandwidth per official (kbit/s)' },
    formula: { id: 'bandwidth-per-official', lineKinds: ['internet'] },
  },
  {
    id: 'computers-on-internet',
    name: { vi: 'Tỷ lệ máy tính có kết nối Internet băng rộng', en: 'Computers on the Internet' },
    formula: { id: 'machines-on-internet' },
  },
  {
    id: 'computers-per-official',
    name: { vi: 'Tỷ lệ máy tính/CBCCVC', en: 'Computers per official' },
    formula: { id: 'machines-per-official' },
  },
  {
    id: 'security-solutions',
    name: { vi: 'Triển khai các giải pháp ATTT và ATDL', en: 'Solutions for information security and data safety' },
    formula: {
      id: 'agencies-with-solutions',
      levels: AGENCIES,
      ruleIds: LIVE_ANTIVIRUS,
      solutionTypes: SOLUTION_TYPES,
    },
    note: {
      vi: 'Các loại giải pháp có trọng số như nhau; trọng số của văn bản chưa được kiểm chứng.',
      en: 'Every type weighs the same; the weights of the text were not verified.',
    },
  },
];

/** People of state agencies, as far as the register holds them. */
const PEOPLE: readonly Row[] = [
  {
    id: 'it-staff',
    name: { vi: 'Tỷ lệ cán bộ chuyên trách CNTT', en: 'Staff for information technology, of officials' },
    formula: { id: 'declared-per-official', subject: 'it-staff' },
  },
  {
    id: 'security-staff',
    name: { vi: 'Tỷ lệ cán bộ chuyên trách ATTT', en: 'Staff for information security, of officials' },
    formula: { id: 'declared-per-official', subject: 'security-staff' },
  },
  {
    id: 'trained-officials',
    name: { vi: 'Tỷ lệ CBCCVC được tập huấn ATTT', en: 'Officials trained in information security' },
    formula: { id: 'declared-per-official', subject: 'trained-officials' },
  },
];

function inGroup(group: string, rows: readonly Row[]): readonly IndicatorDefinition[] {
  return rows.map((row) => ({
    ...row,
    countedKinds: COMPUTER_KINDS,
    legalBasis: [`Vietnam ICT Index 2017, nhóm ${group}`],
    validFrom: '2017-01-01',
  }));
}

/**
 * Groups 1.2 and 2.2 of the ICT Index of 2017 for provinces, as far as machines and the register can answer them. It has
 * no last day here, so that a later month can be counted by it and compared.
 */
export const ictIndex2017: IndexSet = {
  id: 'ict-index-2017',
  name: {
    vi: 'Vietnam ICT Index 2017: nhóm 1.2 (hạ tầng kỹ thuật) và 2.2 (nhân lực) của CQNN',
    en: 'Vietnam ICT Index 2017: groups 1.2 (infrastructure) and 2.2 (people) of state agencies',
  },
  minimumCoverageRatio: 0.9,
  note: {
    vi: 'Số thứ tự và trọng số trong nhóm chưa được kiểm chứng với văn bản; báo cáo ICT Index của Bộ thực hiện đến năm 2022, bộ chỉ tiêu được giữ để so sánh các kỳ.',
    en: 'Numbers and weights within the groups were not verified in the text; the ministry made the report up to 2022, and the set is kept so that periods can be compared.',
  },
  indicators: [...inGroup('1.2', INFRASTRUCTURE), ...inGroup('2.2', PEOPLE)].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
};
