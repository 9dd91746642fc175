import { COMPUTER_KINDS } from '../counted-machines.ts';
import type { FormulaChoice, IndexSet, IndicatorDefinition } from '../index-set.ts';

const LIVE_ANTIVIRUS = ['antivirus-active', 'antivirus-signatures'];

type Row = Pick<IndicatorDefinition, 'id' | 'name'> & { readonly formula: FormulaChoice };

const ROWS: readonly Row[] = [
  {
    id: 'antivirus-sharing',
    name: {
      vi: 'Tỷ lệ máy trạm của CQNN cài phần mềm phòng, chống mã độc và chia sẻ thông tin với Trung tâm Giám sát ATKGM quốc gia',
      en: 'Workstations with antivirus that shares with the national monitoring centre',
    },
    formula: { id: 'machines-protected', ruleIds: LIVE_ANTIVIRUS, product: 'sharing' },
  },
  {
    id: 'security-staff',
    name: { vi: 'Tỷ lệ cán bộ chuyên trách ATTT', en: 'Staff for information security, of officials' },
    formula: { id: 'declared-per-official', subject: 'security-staff' },
  },
  {
    id: 'systems-with-level',
    name: {
      vi: 'Tỷ lệ HTTT đã được phê duyệt cấp độ và triển khai đầy đủ phương án bảo vệ',
      en: 'Information systems with an approved level whose plan is carried out',
    },
    formula: { id: 'systems-protected' },
  },
  {
    id: 'trained-officials',
    name: { vi: 'Tỷ lệ CBCCVC được tập huấn kỹ năng ATTT', en: 'Officials trained in information security' },
    formula: { id: 'declared-per-official', subject: 'trained-officials' },
  },
];

/** Security indicators in the manner of the provincial digital transformation index; see its note for what is not sure. */
export const dtiSecurity2022: IndexSet = {
  id: 'dti-security-2022',
  name: {
    vi: 'Nhóm chỉ số an toàn thông tin mạng theo mẫu DTI cấp tỉnh',
    en: 'Security indicators in the manner of the provincial digital transformation index (DTI)',
  },
  minimumCoverageRatio: 0.9,
  note: {
    vi: 'Tên, mã số, điểm tối đa và ngày hiệu lực của từng chỉ số chưa được kiểm chứng với quyết định ban hành (các bộ DTI 2020, 2022, 2025 khác nhau): hãy đối chiếu văn bản trước khi báo cáo, hoặc tự lập bộ chỉ tiêu của tỉnh.',
    en: 'Names, numbers, points and validity of each indicator were not verified in the decision (the sets of 2020, 2022 and 2025 differ): compare with the text before reporting, or write a set of your own.',
  },
  indicators: ROWS.map((row) => ({
    ...row,
    countedKinds: COMPUTER_KINDS,
    legalBasis: ['DTI cấp tỉnh, nhóm an toàn thông tin mạng (chưa kiểm chứng)'],
    validFrom: '2022-01-01',
  })),
};
