import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { LocalText } from '../catalogues/language.ts';
import type { ConflictDecision, MachineConflict } from '../store/machine-conflict-store.ts';
import type { MachineEvent } from '../store/machine-store.ts';

type Volume = Observation<'disk-encryption'>['volumes'][number];

/** What happened to a machine, in words. */
export const EVENT_TEXTS: Readonly<Record<MachineEvent['event'], LocalText>> = {
  enrolled: { vi: 'tham gia', en: 'joined' },
  're-enrolled': { vi: 'tham gia lại', en: 'joined again' },
  'fingerprint-elsewhere': { vi: 'mã phần cứng thấy ở máy khác', en: 'fingerprint seen on another machine' },
  'fingerprint-changed': { vi: 'mã phần cứng thay đổi', en: 'fingerprint changed' },
  'fingerprint-replaced': { vi: 'nhận mã phần cứng mới', en: 'new fingerprint taken for its own' },
  conflict: { vi: 'nghi trùng định danh', en: 'conflict of identity' },
  decided: { vi: 'đã quyết định', en: 'decided' },
  moved: { vi: 'chuyển cơ quan', en: 'moved to another agency' },
  retired: { vi: 'thanh lý', en: 'retired' },
  'brought-back': { vi: 'đưa vào sử dụng lại', en: 'in use again' },
};

/** Words of `machine show`. */
export const MACHINE_TEXTS = {
  agency: { vi: 'Cơ quan', en: 'Agency' },
  agent: { vi: 'Phần mềm trạm đo', en: 'Agent' },
  antivirus: { vi: 'Chống mã độc', en: 'Antivirus' },
  asset: { vi: 'Mã tài sản', en: 'Asset' },
  conflict: { vi: 'CẦN QUYẾT ĐỊNH: hai máy dùng chung một mã máy', en: 'TO DECIDE: two machines use one id' },
  connectivity: { vi: 'Kết nối', en: 'Reachability' },
  diskEncryption: { vi: 'Mã hóa ổ đĩa', en: 'Disk encryption' },
  events: { vi: 'Những việc đã xảy ra:', en: 'What happened to it:' },
  fail: { vi: 'KHÔNG ĐẠT', en: 'FAIL' },
  firewall: { vi: 'Tường lửa', en: 'Firewall' },
  found: { vi: 'Đã thấy trên máy:', en: 'Found on the machine:' },
  hardware: { vi: 'Máy', en: 'Model' },
  judged: { vi: 'Kết quả theo bộ yêu cầu cơ bản:', en: 'Judged by the baseline:' },
  lastInstalled: { vi: 'cài lần cuối', en: 'last installed' },
  lastReport: { vi: 'Báo cáo gần nhất', en: 'Last report' },
  location: { vi: 'Vị trí', en: 'Location' },
  lost: { vi: 'mất liên lạc', en: 'lost' },
  misconnected: {
    vi: 'CẢNH BÁO: máy được khai là máy độc lập (bí mật nhà nước) nhưng đang có phần mềm trạm đo qua mạng',
    en: 'WARNING: it is declared to stand alone (state secrets) and yet has an agent on a network',
  },
  network: { vi: 'Mạng', en: 'Network' },
  never: { vi: 'chưa có', en: 'never' },
  none: { vi: 'không có', en: 'none' },
  not_applicable: { vi: 'KHÔNG ÁP DỤNG', en: 'NOT APPLICABLE' },
  notAnswered: { vi: 'không đọc được', en: 'could not be read' },
  notReached: { vi: 'không kết nối được', en: 'not reached' },
  off: { vi: 'tắt', en: 'off' },
  on: { vi: 'bật', en: 'on' },
  other: { vi: 'phần mềm khác', en: 'other software' },
  onTrial: { vi: 'đang thử', en: 'on trial' },
  os: { vi: 'Hệ điều hành', en: 'System' },
  pass: { vi: 'ĐẠT', en: 'PASS' },
  pending: { vi: 'bản đang chờ cài', en: 'waiting' },
  purpose: { vi: 'Mục đích sử dụng', en: 'Purpose' },
  reached: { vi: 'kết nối được', en: 'reached' },
  reboot: { vi: 'cần khởi động lại', en: 'restart needed' },
  reporting: { vi: 'đang báo cáo', en: 'reporting' },
  responsibleUnit: { vi: 'Đơn vị chịu trách nhiệm', en: 'Responsible unit' },
  retired: { vi: 'đã thanh lý', en: 'retired' },
  silent: { vi: 'im lặng', en: 'silent' },
  state: { vi: 'Tình trạng', en: 'State' },
  supportEnd: { vi: 'Hết hạn hỗ trợ', en: 'End of support' },
  unknown: { vi: 'CHƯA RÕ', en: 'UNKNOWN' },
  unsure: { vi: 'chưa rõ', en: 'unknown' },
  updates: { vi: 'Cập nhật', en: 'Updates' },
  wentBack: { vi: 'đã quay lại, không dùng bản', en: 'went back from' },
} as const satisfies Record<string, LocalText>;

/** Sentences of the commands that change a machine, by language; `machine` is its id and host name. */
export const MACHINE_SENTENCES = {
  broughtBack: {
    vi: (machine: string, agencyCode: string) => `Đã đưa máy ${machine} của cơ quan ${agencyCode} vào sử dụng lại.`,
    en: (machine: string, agencyCode: string) => `Brought back machine ${machine} of agency ${agencyCode}.`,
  },
  changed: {
    vi: (machine: string, notes: string) => `Đã sửa của máy ${machine}: ${notes}.`,
    en: (machine: string, notes: string) => `Changed of machine ${machine}: ${notes}.`,
  },
  decided: {
    vi: (machine: string, decision: string) => `Đã quyết định với máy ${machine}: ${decision}.`,
    en: (machine: string, decision: string) => `Decided of machine ${machine}: ${decision}.`,
  },
  moved: {
    vi: (machine: string, from: string, to: string) => `Đã chuyển máy ${machine} từ cơ quan ${from} sang ${to}.`,
    en: (machine: string, from: string, to: string) => `Moved machine ${machine} from agency ${from} to ${to}.`,
  },
  retired: {
    vi: (machine: string, agencyCode: string) => `Đã thanh lý máy ${machine} của cơ quan ${agencyCode}.`,
    en: (machine: string, agencyCode: string) => `Retired machine ${machine} of agency ${agencyCode}.`,
  },
} as const;

/** Why two machines seem to use one id. */
export const CONFLICT_TEXTS: Readonly<Record<MachineConflict['kind'], LocalText>> = {
  'cloned-disk': { vi: 'ổ đĩa được sao chép', en: 'cloned disk' },
  'shared-fingerprint': { vi: 'trùng mã phần cứng', en: 'shared fingerprint' },
};

/** How somebody settled a conflict. */
export const DECISION_TEXTS: Readonly<Record<ConflictDecision, LocalText>> = {
  retire: { vi: 'thanh lý máy thứ hai', en: 'the second machine is out of use' },
  'same-machine': { vi: 'là cùng một máy', en: 'it is one machine' },
  'two-machines': { vi: 'là hai máy', en: 'there are two machines' },
};

/** How far a volume is encrypted. */
export const ENCRYPTION_TEXTS: Readonly<Record<Volume['state'], LocalText>> = {
  decrypting: { vi: 'đang giải mã', en: 'being decrypted' },
  encrypted: { vi: 'đã mã hóa', en: 'encrypted' },
  encrypting: { vi: 'đang mã hóa', en: 'being encrypted' },
  not_encrypted: { vi: 'chưa mã hóa', en: 'not encrypted' },
  suspended: { vi: 'đang tạm ngưng bảo vệ', en: 'protection suspended' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
};

/** What antivirus does while files are used. */
export const REAL_TIME_TEXTS: Readonly<Record<AntivirusProduct['realTime'], LocalText>> = {
  expired: { vi: 'hết hạn', en: 'expired' },
  off: MACHINE_TEXTS.off,
  on: MACHINE_TEXTS.on,
  snoozed: { vi: 'tạm dừng', en: 'snoozed' },
  unknown: MACHINE_TEXTS.unsure,
};
