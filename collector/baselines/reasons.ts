import type { Language, LocalText } from '../catalogues/language.ts';
import { formatDate } from '../catalogues/viet-nam-time.ts';

function entry(vi: string, en: string): LocalText {
  return { vi, en };
}

/**
 * Every reason a verdict can have, by code, in code-point order: a sentence with `{parameter}` places. The codes are a
 * closed set, so a code may be a metric label; the sentence, which holds text from machines, never is.
 */
export const REASONS = {
  antivirus_active: entry('{product} đang bảo vệ theo thời gian thực', '{product} protects in real time'),
  antivirus_found: entry('Đã cài {products}', '{products} installed'),
  antivirus_none: entry('Không tìm thấy phần mềm phòng, chống mã độc', 'No antivirus product was found'),
  antivirus_not_running: entry('{product} đã cài nhưng không chạy', '{product} is installed but does not run'),
  antivirus_real_time_off: entry(
    '{product}: bảo vệ theo thời gian thực đang tắt (trạng thái {state})',
    '{product}: real-time protection is off (state {state})',
  ),
  antivirus_real_time_unknown: entry(
    '{product} không cho biết có bảo vệ theo thời gian thực hay không',
    '{product} does not say whether it protects in real time',
  ),
  antivirus_running_unknown: entry(
    '{product} báo đang bật nhưng chưa xác nhận được tiến trình đang chạy',
    '{product} says it is on, but nothing confirms that it runs',
  ),
  antivirus_signatures_date_ahead: entry(
    '{product}: ngày của mẫu nhận diện {signaturesAtMs} nằm ở tương lai',
    '{product}: the signatures are dated {signaturesAtMs}, which is in the future',
  ),
  antivirus_signatures_fresh: entry(
    '{product}: mẫu nhận diện ngày {signaturesAtMs}, cho phép cũ tối đa {maxDays} ngày',
    '{product}: signatures of {signaturesAtMs}, at most {maxDays} days old allowed',
  ),
  antivirus_signatures_old: entry(
    '{product}: mẫu nhận diện ngày {signaturesAtMs} đã cũ {ageDays} ngày, cho phép tối đa {maxDays}',
    '{product}: signatures of {signaturesAtMs} are {ageDays} days old, at most {maxDays} allowed',
  ),
  antivirus_signatures_said_fresh: entry(
    '{product} tự báo mẫu nhận diện còn mới, không cho biết ngày',
    '{product} itself says that its signatures are up to date, without a date',
  ),
  antivirus_signatures_said_old: entry(
    '{product} tự báo mẫu nhận diện đã cũ',
    '{product} itself says that its signatures are out of date',
  ),
  antivirus_signatures_unknown: entry(
    '{product} không cho biết ngày của mẫu nhận diện',
    '{product} does not say how old its signatures are',
  ),
  autorun_off: entry('Tự chạy từ thiết bị rời đã tắt', 'Autorun of removable media is off'),
  autorun_on: entry('Tự chạy từ thiết bị rời đang bật', 'Autorun of removable media is on'),
  clock_off: entry(
    'Đồng hồ lệch {offsetSeconds} giây (theo {source}), cho phép tối đa {maxSeconds}',
    'The clock is {offsetSeconds} s off (says {source}), at most {maxSeconds} allowed',
  ),
  clock_offset_unknown: entry('Chưa rõ đồng hồ lệch bao nhiêu', 'It is not known how far the clock is off'),
  clock_right: entry(
    'Đồng hồ lệch {offsetSeconds} giây (theo {source}), trong mức cho phép {maxSeconds}',
    'The clock is {offsetSeconds} s off (says {source}), within the {maxSeconds} allowed',
  ),
  disk_encrypted: entry('Ổ hệ thống {mount} đã mã hóa ({method})', 'System volume {mount} is encrypted ({method})'),
  disk_not_encrypted: entry('Ổ hệ thống {mount} chưa mã hóa', 'System volume {mount} is not encrypted'),
  disk_partly_encrypted: entry(
    'Ổ hệ thống {mount} chưa mã hóa xong (trạng thái {state})',
    'System volume {mount} is not wholly encrypted (state {state})',
  ),
  disk_state_unknown: entry(
    'Không biết ổ hệ thống {mount} có mã hóa hay không',
    'It is not known whether system volume {mount} is encrypted',
  ),
  disk_suspended: entry(
    'Ổ hệ thống {mount} đã mã hóa nhưng bảo vệ đang tạm dừng, khóa nằm mở trên ổ',
    'System volume {mount} is encrypted, but its protection is suspended: the key lies open on it',
  ),
  disk_system_volume_missing: entry(
    'Trong các ổ đã thấy không có ổ hệ thống',
    'The system volume is not among the volumes seen',
  ),
  firewall_none: entry('Không tìm thấy tường lửa trên máy', 'No firewall was found on the machine'),
  firewall_off: entry('Tường lửa {products} đang tắt', 'The firewall {products} is off'),
  firewall_on: entry('Tường lửa {products} đang bật', 'The firewall {products} is on'),
  firewall_profile_off: entry(
    'Tường lửa đang tắt ở cấu hình mạng {profiles}',
    'The firewall is off on the network profile {profiles}',
  ),
  kind_not_judged: entry('Không áp dụng cho loại máy {kind}', 'Does not apply to the machine kind {kind}'),
  kind_unknown: entry('Chưa rõ loại máy', 'The kind of the machine is not known yet'),
  observation_failed: entry('Phép đo {probe} thất bại: {failure}', 'Probe {probe} failed with {failure}'),
  observation_missing: entry('Phép đo {probe} chưa bao giờ gửi kết quả', 'Probe {probe} has never been observed'),
  observation_not_understood: entry(
    'Kết quả của phép đo {probe} không đúng mẫu nên không hiểu được',
    'What probe {probe} saw does not fit its schema and is not understood',
  ),
  observation_stale: entry(
    'Kết quả của phép đo {probe} từ ngày {observedAtMs} đã cũ quá {maxDays} ngày',
    'What probe {probe} saw on {observedAtMs} is older than the {maxDays} days allowed',
  ),
  os_not_in_catalogue: entry(
    'Danh mục không có {name} phiên bản "{version}"',
    'The catalogue does not know {name}, version "{version}"',
  ),
  os_support_ended: entry('{name}: hết hỗ trợ từ ngày {untilAtMs}', '{name}: support ended on {untilAtMs}'),
  os_supported: entry('{name}: được hỗ trợ đến ngày {untilAtMs}', '{name}: supported until {untilAtMs}'),
  os_supported_open: entry('{name}: đang được hỗ trợ', '{name}: supported, no end announced'),
  reported_lately: entry(
    'Báo cáo gần nhất ngày {lastSeenAtMs}, cho phép im lặng tối đa {maxDays} ngày làm việc',
    'Last report on {lastSeenAtMs}, at most {maxDays} working days of silence allowed',
  ),
  reported_long_ago: entry(
    'Báo cáo gần nhất ngày {lastSeenAtMs}, quá {maxDays} ngày làm việc',
    'Last report on {lastSeenAtMs}, more than {maxDays} working days ago',
  ),
  screen_lock_delay_unknown: entry(
    'Màn hình có khóa nhưng không biết sau bao lâu',
    'The screen locks, but it is not known after how long',
  ),
  screen_lock_in_time: entry(
    'Màn hình khóa sau {afterMinutes} phút, cho phép tối đa {maxMinutes}',
    'The screen locks after {afterMinutes} min, at most {maxMinutes} allowed',
  ),
  screen_lock_off: entry('Màn hình không tự khóa', 'The screen does not lock by itself'),
  screen_lock_too_late: entry(
    'Màn hình khóa sau {afterMinutes} phút, cho phép tối đa {maxMinutes}',
    'The screen locks after {afterMinutes} min, at most {maxMinutes} allowed',
  ),
  setting_not_applicable: entry('Máy không có chức năng này', 'The machine does not have this function'),
  setting_unknown: entry('Không đọc được cài đặt {setting}', 'The setting {setting} could not be read'),
  smb1_off: entry('SMB 1 đã tắt', 'SMB 1 is off'),
  smb1_on: entry('SMB 1 đang bật', 'SMB 1 is on'),
  updates_date_unknown: entry(
    'Không biết lần cập nhật gần nhất ({source})',
    'It is not known when updates were last installed ({source})',
  ),
  updates_none_pending: entry(
    'Không có bản cập nhật nào chờ cài, danh sách kiểm tra ngày {checkedAtMs}',
    'No update waits, by the lists of {checkedAtMs}',
  ),
  updates_old: entry(
    'Lần cập nhật gần nhất ngày {installedAtMs}, cách đây {ageDays} ngày, cho phép tối đa {maxDays}',
    'Updates were last installed on {installedAtMs}, {ageDays} days ago, at most {maxDays} allowed',
  ),
  updates_recent: entry(
    'Lần cập nhật gần nhất ngày {installedAtMs}, cho phép cách tối đa {maxDays} ngày',
    'Updates were last installed on {installedAtMs}, at most {maxDays} days ago allowed',
  ),
} as const satisfies Record<string, LocalText>;

/** A code of {@link REASONS}. */
export type ReasonCode = keyof typeof REASONS;

/** Why a verdict is as it is: a code for programs, parameters with the value that decided. */
export interface Reason {
  readonly code: ReasonCode;
  /** Places of the sentence; a name that ends in `AtMs` is an instant in epoch milliseconds and printed as a day. */
  readonly params: Readonly<Record<string, string | number>>;
}

/** Makes a reason. */
export function reason(code: ReasonCode, params: Reason['params'] = {}): Reason {
  return { code, params };
}

/** Tells whether a text from outside (a stored row of another version) is a code of this version. */
export function isReasonCode(text: string): text is ReasonCode {
  return Object.hasOwn(REASONS, text);
}

/**
 * Prints a reason as one sentence without a full stop. Ages in it are as of the judgement. The text may hold what a
 * machine said and is not escaped: a page must do that.
 */
export function reasonText(given: Reason, language: Language): string {
  if (!isReasonCode(given.code)) return String(given.code);
  return REASONS[given.code][language].replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = given.params[name];
    if (value === undefined) return '?';
    if (typeof value === 'string') return value;
    return name.endsWith('AtMs') ? formatDate(value) : formatNumber(value, language);
  });
}

/** Age in days with one decimal, rounded up, so that 7 days and a minute never reads as 7. */
export function ageInDays(fromMs: number, atMs: number): number {
  return Math.ceil((atMs - fromMs) / 8_640_000) / 10;
}

function formatNumber(value: number, language: Language): string {
  const text = String(value);
  return language === 'vi' ? text.replace('.', ',') : text;
}
