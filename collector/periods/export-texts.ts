import type { LocalText } from '../catalogues/language.ts';
import type { ResultScope } from '../indicators/indicator-result.ts';
import type { MachineState } from '../metrics/metric-family.ts';

/** Texts of exported periods. */
export const EXPORT_TEXTS = {
  a: { vi: 'Tử số (a)', en: 'Numerator (a)' },
  agencies: { vi: 'Theo cơ quan', en: 'By agency' },
  agency: { vi: 'Cơ quan, đơn vị', en: 'Agency' },
  agencyCode: { vi: 'Mã định danh', en: 'Agency code' },
  asOf: { vi: 'Số liệu tính đến hết ngày', en: 'Figures as of the end of' },
  asOfNow: { vi: 'Số liệu tạm thời lúc', en: 'Figures for the time being, at' },
  b: { vi: 'Mẫu số (b)', en: 'Denominator (b)' },
  contentHash: { vi: 'Mã băm nội dung (SHA-256)', en: 'Hash of the content (SHA-256)' },
  counts: { vi: 'Tử số và mẫu số', en: 'What a and b are' },
  coverage: { vi: 'Tỷ lệ phủ', en: 'Coverage' },
  day: { vi: 'Ngày số liệu', en: 'As of' },
  draft: { vi: 'BẢN NHÁP, CHƯA CHỐT', en: 'DRAFT, NOT SEALED' },
  figures: { vi: 'Số liệu', en: 'Figures' },
  final: { vi: 'Chính thức', en: 'Final' },
  formula: { vi: 'Công thức', en: 'Formula' },
  indicator: { vi: 'Chỉ tiêu', en: 'Indicator' },
  indicatorId: { vi: 'Mã chỉ tiêu', en: 'Indicator id' },
  legalBasis: { vi: 'Căn cứ', en: 'Legal basis' },
  legend: {
    vi: 'Ký hiệu: ✓ trong tử số · ✗ không đạt · ? chưa rõ · b mẫu số · – chưa khai báo; số đi kèm là số lượng khi khác 1',
    en: 'Marks: ✓ in a · ✗ not counted · ? unknown · b base · – never declared; a number beside it is how many, when not 1',
  },
  level: { vi: 'Cấp', en: 'Level' },
  machineKind: { vi: 'Loại máy', en: 'Kind of machine' },
  machineKinds: { vi: 'Loại máy được tính', en: 'Kinds of machine' },
  method: { vi: 'Phương pháp', en: 'Method' },
  missing: { vi: 'Cơ quan thiếu số khai báo', en: 'Agencies missing' },
  part: { vi: 'Trích cho', en: 'Extract for' },
  period: { vi: 'Kỳ báo cáo', en: 'Reporting period' },
  provisional: { vi: 'Tạm tính', en: 'Provisional' },
  registered: { vi: 'Đã đăng ký', en: 'Registered' },
  replaces: { vi: 'thay bản chốt số', en: 'replaces seal' },
  reporting: { vi: 'Đang báo cáo', en: 'Reporting' },
  rule: { vi: 'Quy tắc tính', en: 'Rule of counting' },
  scope: { vi: 'Phạm vi', en: 'Scope' },
  seal: { vi: 'Bản chốt số', en: 'Seal' },
  sealHash: { vi: 'Mã băm bản chốt', en: 'Hash of the seal' },
  sealedAt: { vi: 'chốt lúc', en: 'sealed at' },
  set: { vi: 'Bộ chỉ số', en: 'Set of indicators' },
  software: { vi: 'Phiên bản phần mềm', en: 'Software version' },
  state: { vi: 'Trạng thái', en: 'State' },
  status: { vi: 'Tình trạng', en: 'Status' },
  summary: { vi: 'Tổng hợp', en: 'Summary' },
  title: { vi: 'CHỈ TIÊU HẠ TẦNG VÀ AN TOÀN THÔNG TIN', en: 'INDICATORS OF INFRASTRUCTURE AND INFORMATION SECURITY' },
  unit: { vi: 'Đơn vị tính', en: 'Unit' },
  unitId: { vi: 'Mã', en: 'Id' },
  unitKind: { vi: 'Đối tượng', en: 'What it is' },
  units: { vi: 'Danh sách', en: 'Units' },
  unknown: { vi: 'Chưa rõ', en: 'Unknown' },
  validFrom: { vi: 'Hiệu lực từ', en: 'In force from' },
  validTo: { vi: 'Hiệu lực đến', en: 'In force to' },
  value: { vi: 'Giá trị', en: 'Value' },
} as const satisfies Readonly<Record<string, LocalText>>;

/** What a figure speaks of. */
export const SCOPE_NAMES = {
  register: { vi: 'Toàn bộ', en: 'Whole register' },
  unassigned: { vi: 'Máy chưa thuộc cơ quan nào', en: 'Machines of no agency' },
  level: { vi: 'Cả cấp', en: 'Whole level' },
  agency: { vi: 'Riêng cơ quan', en: 'Agency alone' },
  subtree: { vi: 'Gồm cả đơn vị trực thuộc', en: 'With what is below' },
} as const satisfies Readonly<Record<ResultScope, LocalText>>;

/** Names of machine states. */
export const STATE_NAMES = {
  reporting: { vi: 'Đang báo cáo', en: 'Reporting' },
  silent: { vi: 'Im lặng', en: 'Silent' },
  lost: { vi: 'Mất liên lạc', en: 'Lost' },
} as const satisfies Readonly<Record<MachineState, LocalText>>;

/** What a unit of a list can be. */
export const UNIT_NAMES = {
  machine: { vi: 'Máy tính', en: 'Machine' },
  declared: { vi: 'Số khai báo', en: 'Declared number' },
  item: { vi: 'Mục khai báo', en: 'Declared thing' },
  agency: { vi: 'Cơ quan', en: 'Agency' },
  missing: { vi: 'Chưa khai báo', en: 'Never declared' },
} as const satisfies Readonly<Record<string, LocalText>>;
