import { ERROR_CATALOGUE, type ErrorCode, isErrorCode } from '#shared/errors.ts';
import type { Language } from './language.ts';

/** Failures that people at the machine may meet, in Vietnamese; English has them in the error catalogue. */
const VI = {
  CERTIFICATE_UNTRUSTED: 'Chứng thư số của máy chủ thu thập không được tổ chức tin cậy nào xác nhận',
  COLLECTOR_BUSY: 'Máy chủ thu thập đang bận, sẽ gửi lại sau',
  COLLECTOR_REFUSED: 'Máy chủ thu thập từ chối',
  COLLECTOR_UNREACHABLE: 'Không kết nối được tới máy chủ thu thập',
  COMMAND_FAILED: 'Lệnh của hệ điều hành kết thúc với lỗi',
  COMMAND_KILLED: 'Lệnh của hệ điều hành bị dừng giữa chừng',
  COMMAND_MISSING: 'Máy không có lệnh cần dùng',
  COMMAND_TIMED_OUT: 'Lệnh của hệ điều hành không kết thúc đúng hạn',
  CONFIG_INVALID: 'Một thiết lập không hợp lệ',
  DATA_CORRUPT: 'Tệp dữ liệu bị hỏng',
  DATA_FOLDER_UNUSABLE: 'Không đọc hoặc ghi được thư mục dữ liệu',
  DISK_FULL: 'Ổ đĩa hết chỗ trống',
  HOST_FILE_DENIED: 'Không có quyền đọc',
  HOST_READ_FAILED: 'Không đọc được dữ liệu của máy',
  IDENTITY_INVALID: 'Tệp khóa bị hỏng',
  MACHINE_CONFLICT: 'Hai máy dùng chung một mã máy (sao chép ổ đĩa): hãy cho máy này tham gia lại',
  MACHINE_RETIRED: 'Máy này đã được cho nghỉ trong danh sách',
  MACHINE_UNKNOWN: 'Máy chủ thu thập không biết máy này',
  NOT_JOINED: 'Máy này chưa tham gia',
  OUTPUT_TOO_LARGE: 'Kết quả của lệnh hoặc tệp quá lớn',
  OUTPUT_UNREADABLE: 'Kết quả của lệnh hoặc tệp khác với dự kiến',
  PIN_MISMATCH: 'Chứng thư số không đúng với chuỗi tham gia',
  PLAN_INVALID: 'Kế hoạch không do đúng máy chủ thu thập ký',
  PROBE_CRASHED: 'Phần kiểm tra gặp lỗi',
  PROBE_TIMED_OUT: 'Phần kiểm tra không kết thúc đúng hạn',
  PROXY_REFUSED: 'Proxy không cho kết nối tới máy chủ thu thập',
  RATE_LIMITED: 'Gửi quá nhiều yêu cầu, sẽ gửi lại sau',
  SIGNATURE_INVALID: 'Chữ ký không đúng với khóa của máy này',
  STATE_LOCKED: 'Một lần chạy khác đang làm việc',
  STORE_UNAVAILABLE: 'Cơ sở dữ liệu của máy chủ thu thập không trả lời',
  TOKEN_INVALID: 'Mã tham gia không đúng, hết hạn, hết lượt hoặc đã bị thu hồi',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** What a failure's code means, one sentence without a full stop; the code itself where nobody knows it. */
export function failureWords(code: string, language: Language): string {
  const vietnamese: Readonly<Record<string, string>> = VI;
  if (language === 'vi' && vietnamese[code] !== undefined) return vietnamese[code];
  return isErrorCode(code) ? ERROR_CATALOGUE[code].meaning.replace(/\.$/, '') : code;
}
