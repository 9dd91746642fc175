import type { LocalText } from '../../../catalogues/language.ts';

/** Subjects of the API in the order of the document. */
export const API_TAGS = {
  about: { vi: 'Bộ thu thập', en: 'The collector' },
  session: { vi: 'Phiên làm việc', en: 'Session' },
  agencies: { vi: 'Cơ quan, đơn vị', en: 'Agencies' },
  imports: { vi: 'Nạp dữ liệu đăng ký', en: 'Imports of the register' },
  machines: { vi: 'Máy tính', en: 'Machines' },
  networks: { vi: 'Mạng và đường kết nối', en: 'Networks' },
  rules: { vi: 'Yêu cầu cơ bản', en: 'Rules and baselines' },
  exceptions: { vi: 'Ngoại lệ', en: 'Exceptions' },
  indicators: { vi: 'Chỉ tiêu', en: 'Indicators' },
  periods: { vi: 'Kỳ báo cáo', en: 'Reporting periods' },
  'join-tokens': { vi: 'Mã tham gia', en: 'Join tokens' },
  accounts: { vi: 'Tài khoản', en: 'Accounts' },
  tokens: { vi: 'Mã truy cập API', en: 'API tokens' },
  audit: { vi: 'Nhật ký kiểm toán', en: 'Audit log' },
} as const satisfies Readonly<Record<string, LocalText>>;

/** One of {@link API_TAGS}. */
export type ApiTag = keyof typeof API_TAGS;
