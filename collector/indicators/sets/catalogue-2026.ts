import type { AgencyLevel } from '../../register/agency.ts';
import { SOLUTION_TYPES } from '../../register/declared-item.ts';
import { COMPUTER_KINDS } from '../counted-machines.ts';
import type { FormulaChoice, IndexSet, IndicatorDefinition } from '../index-set.ts';

/** First day for which a figure can exist: there was no agent before. */
const VALID_FROM = '2026-01-01';

/** Levels that are an agency of their own; a unit below one is counted with its machines, and not as an agency. */
const AGENCIES: readonly AgencyLevel[] = ['province', 'department', 'district', 'commune'];

const COMMUNES: readonly AgencyLevel[] = ['commune'];

const LIVE_ANTIVIRUS = ['antivirus-active', 'antivirus-signatures'];

const BEACONS_NEEDED = {
  vi: 'Chỉ tính cơ quan có biên nhận của trạm kiểm chứng trong mạng; chỉ kết nối được thì là chưa rõ.',
  en: 'Only agencies with a receipt of a beacon inside the network count; reached alone is unknown.',
};

type Row = Pick<IndicatorDefinition, 'id' | 'name' | 'legalBasis' | 'note'> & { readonly formula: FormulaChoice };

const ROWS: readonly Row[] = [
  {
    id: 'agencies-on-wan',
    name: {
      vi: 'Tỷ lệ CQNN kết nối WAN của tỉnh hoặc mạng chuyên dùng',
      en: 'Agencies on the WAN of the province or the special-purpose network',
    },
    formula: {
      id: 'agencies-connected',
      levels: AGENCIES,
      requirements: [{ networkKinds: ['wan', 'tslcd'], needsVerified: true }],
    },
    legalBasis: ['ICT Index 1.2', 'QĐ 57/2010 Long An'],
    note: BEACONS_NEEDED,
  },
  {
    id: 'agencies-with-lan',
    name: { vi: 'Tỷ lệ CQNN có mạng LAN', en: 'Agencies with a local network' },
    formula: { id: 'agencies-with-lan', levels: AGENCIES },
    legalBasis: ['KH 431/KH-UBND Đắk Nông 2018', 'QĐ 57/2010 Long An'],
    note: {
      vi: 'Theo khai báo, hoặc đo được ít nhất 2 máy sau cùng một gateway.',
      en: 'As declared, or measured: two machines or more behind one gateway.',
    },
  },
  {
    id: 'antivirus',
    name: {
      vi: 'Tỷ lệ máy tính cài phần mềm phòng, chống mã độc',
      en: 'Machines with active antivirus and fresh signatures',
    },
    formula: { id: 'machines-passing', ruleIds: LIVE_ANTIVIRUS },
    legalBasis: ['ICT Index 1.2', 'CT 14/CT-TTg 25/5/2018'],
  },
  {
    id: 'antivirus-paid',
    name: {
      vi: 'Tỷ lệ máy tính cài phần mềm phòng, chống mã độc có bản quyền, trả phí',
      en: 'Machines with active antivirus that is paid for',
    },
    formula: { id: 'machines-protected', ruleIds: LIVE_ANTIVIRUS, product: 'paid' },
    legalBasis: ['KH 431/KH-UBND Đắk Nông 2018, V.7', 'MIC Phụ lục 1B'],
  },
  {
    id: 'antivirus-sharing',
    name: {
      vi: 'Tỷ lệ máy tính cài phần mềm phòng, chống mã độc tập trung, chia sẻ với Trung tâm Giám sát ATKGM quốc gia',
      en: 'Machines with centrally managed antivirus that shares with the national monitoring centre',
    },
    formula: { id: 'machines-protected', ruleIds: LIVE_ANTIVIRUS, product: 'sharing' },
    legalBasis: ['DTI ATTT', 'KH 8793/KH-UBND Quảng Nam 2022, I.7'],
  },
  {
    id: 'broadband-per-official',
    name: { vi: 'Băng thông Internet/CBCCVC (kbit/s)', en: 'Internet bandwidth per official (kbit/s)' },
    formula: { id: 'bandwidth-per-official', lineKinds: ['internet'] },
    legalBasis: ['ICT Index 1.2'],
    note: {
      vi: 'Dung lượng khai báo; dung lượng đo được (nếu có) xem tại /api/v1/agencies/{mã}/lines.',
      en: 'Declared capacity; what was measured, if anything, is at /api/v1/agencies/{code}/lines.',
    },
  },
  {
    id: 'communes-internet-and-vpn',
    name: { vi: 'Tỷ lệ UBND xã có Internet tốc độ cao và VPN', en: 'Communes with Internet and a private network' },
    formula: {
      id: 'agencies-connected',
      levels: COMMUNES,
      requirements: [
        { networkKinds: ['internet'], needsVerified: false },
        { networkKinds: ['wan', 'tslcd'], needsVerified: true },
      ],
    },
    legalBasis: ['QĐ 57/2010 Long An'],
    note: {
      vi: 'Tốc độ chưa được đo; VPN là mạng WAN của tỉnh hoặc mạng truyền số liệu chuyên dùng.',
      en: 'Speed is not measured; the private network is the WAN of the province or the special-purpose network.',
    },
  },
  {
    id: 'communes-on-tslcd',
    name: { vi: 'Tỷ lệ xã kết nối mạng truyền số liệu chuyên dùng', en: 'Communes on the special-purpose network' },
    formula: {
      id: 'agencies-connected',
      levels: COMMUNES,
      requirements: [{ networkKinds: ['tslcd'], needsVerified: true }],
    },
    legalBasis: ['KH 8793/KH-UBND Quảng Nam 2022'],
    note: BEACONS_NEEDED,
  },
  {
    id: 'computers-on-internet',
    name: { vi: 'Tỷ lệ máy tính có kết nối Internet băng rộng', en: 'Computers on the Internet' },
    formula: { id: 'machines-on-internet' },
    legalBasis: ['QĐ 57/2010 Long An'],
  },
  {
    id: 'computers-per-official',
    name: { vi: 'Tỷ lệ máy tính/CBCCVC', en: 'Computers per official' },
    formula: { id: 'machines-per-official' },
    legalBasis: ['ICT Index 1.2', 'KH 431/KH-UBND Đắk Nông 2018'],
  },
  {
    id: 'firewall',
    name: { vi: 'Tỷ lệ máy tính bật tường lửa', en: 'Machines with the firewall on' },
    formula: { id: 'machines-passing', ruleIds: ['firewall-on'] },
    legalBasis: ['TCVN 11930/14423'],
  },
  {
    id: 'it-staff',
    name: { vi: 'Tỷ lệ cán bộ chuyên trách CNTT', en: 'Staff for information technology, of officials' },
    formula: { id: 'declared-per-official', subject: 'it-staff' },
    legalBasis: ['ICT Index 2.2'],
  },
  {
    id: 'officials-with-computer',
    name: { vi: 'Tỷ lệ CBCCVC có máy tính', en: 'Officials with a computer' },
    formula: { id: 'officials-with-machine' },
    legalBasis: ['KH 431/KH-UBND Đắk Nông 2018', 'QĐ 57/2010 Long An'],
  },
  {
    id: 'os-unsupported',
    name: { vi: 'Tỷ lệ máy tính dùng HĐH hết hỗ trợ', en: 'Machines on an unsupported operating system' },
    formula: { id: 'machines-failing', ruleId: 'os-supported' },
    legalBasis: ['KH 8793/KH-UBND Quảng Nam 2022, IV.2'],
  },
  {
    id: 'patched',
    name: { vi: 'Tỷ lệ máy tính được vá trong 31 ngày', en: 'Machines patched within 31 days' },
    formula: { id: 'machines-passing', ruleIds: ['os-supported', 'updates-recent'] },
    legalBasis: ['TCVN 14423'],
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
    legalBasis: ['ICT Index 1.2'],
    note: {
      vi: 'Các loại giải pháp có trọng số như nhau; trọng số của văn bản chưa được kiểm chứng.',
      en: 'Every type weighs the same; the weights of the text were not verified.',
    },
  },
  {
    id: 'security-staff',
    name: { vi: 'Tỷ lệ cán bộ chuyên trách ATTT', en: 'Staff for information security, of officials' },
    formula: { id: 'declared-per-official', subject: 'security-staff' },
    legalBasis: ['ICT Index 2.2'],
  },
  {
    id: 'systems-with-level',
    name: {
      vi: 'Tỷ lệ HTTT được xác định cấp độ và triển khai phương án',
      en: 'Information systems with a level whose plan is carried out',
    },
    formula: { id: 'systems-protected' },
    legalBasis: ['KH 8793/KH-UBND Quảng Nam 2022'],
  },
  {
    id: 'trained-officials',
    name: { vi: 'Tỷ lệ CBCCVC được tập huấn ATTT', en: 'Officials trained in information security' },
    formula: { id: 'declared-per-official', subject: 'trained-officials' },
    legalBasis: ['ICT Index 2.2'],
  },
];

/** The first catalogue of indicators: everything that machines and the register can answer. */
export const catalogue2026: IndexSet = {
  id: 'catalogue-2026',
  name: { vi: 'Danh mục chỉ tiêu ban đầu 2026', en: 'First catalogue of indicators 2026' },
  minimumCoverageRatio: 0.9,
  indicators: ROWS.map((row) => ({ ...row, countedKinds: COMPUTER_KINDS, validFrom: VALID_FROM })),
};
