import type { Language, LocalText } from '../catalogues/language.ts';
import { formatCount } from '../console/format.ts';
import type { DeclaredSubject } from '../register/agency.ts';
import type { DeclaredItemKind, LINE_KINDS, SolutionType } from '../register/declared-item.ts';

/** Declared numbers for people. */
export const SUBJECT_TEXTS: Readonly<Record<DeclaredSubject, LocalText>> = {
  computers: { vi: 'Máy tính (kể cả máy độc lập)', en: 'Computers, stand-alone ones included' },
  'it-staff': { vi: 'Cán bộ chuyên trách CNTT', en: 'IT staff' },
  lan: { vi: 'Mạng LAN', en: 'Local network' },
  officials: { vi: 'CBCCVC', en: 'Officials' },
  'security-staff': { vi: 'Cán bộ chuyên trách ATTT', en: 'Security staff' },
  'stand-alone-computers': { vi: 'Máy tính độc lập', en: 'Stand-alone computers' },
  'trained-officials': { vi: 'CBCCVC được tập huấn ATTT', en: 'Officials trained in security' },
};

/** Kinds of declared things for people. */
export const ITEM_TEXTS: Readonly<Record<DeclaredItemKind, LocalText>> = {
  line: { vi: 'Đường truyền', en: 'Line' },
  solution: { vi: 'Giải pháp', en: 'Solution' },
  system: { vi: 'Hệ thống thông tin', en: 'Information system' },
  'antivirus-deployment': { vi: 'Phòng, chống mã độc có chia sẻ dữ liệu', en: 'Antivirus that shares its data' },
  place: { vi: 'Địa điểm mạng', en: 'Place of machines' },
};

/** Kinds of lines for people. */
export const LINE_TEXTS: Readonly<Record<(typeof LINE_KINDS)[number], LocalText>> = {
  internet: { vi: 'Internet', en: 'internet' },
  tslcd: { vi: 'mạng truyền số liệu chuyên dùng', en: 'dedicated data network of the state' },
  vpn: { vi: 'VPN', en: 'VPN' },
  wan: { vi: 'mạng diện rộng (WAN)', en: 'wide area network' },
};

/** Types of solutions for people. */
export const SOLUTION_TEXTS: Readonly<Record<SolutionType, LocalText>> = {
  das: { vi: 'lưu trữ DAS', en: 'DAS storage' },
  'intrusion-detection': { vi: 'phát hiện xâm nhập', en: 'intrusion detection' },
  nas: { vi: 'lưu trữ NAS', en: 'NAS storage' },
  'network-firewall': { vi: 'tường lửa mạng', en: 'network firewall' },
  san: { vi: 'lưu trữ SAN', en: 'SAN storage' },
  'spam-filter': { vi: 'lọc thư rác', en: 'spam filter' },
  tape: { vi: 'băng từ', en: 'tape' },
};

/** Other words of `agency show`. */
export const AGENCY_TEXTS = {
  below: { vi: 'Đơn vị ngay bên dưới', en: 'Directly below' },
  declared: { vi: 'Đã khai báo', en: 'Declared' },
  ever: { vi: 'từ trước', en: 'ever' },
  level: { vi: 'Cấp', en: 'Level' },
  measured: {
    vi: 'Đường truyền đo được ban đêm (trung vị 30 ngày)',
    en: 'Lines measured at night (median of 30 days)',
  },
  missing: { vi: 'cơ quan chưa khai báo', en: 'agencies have not declared it' },
  no: { vi: 'không', en: 'no' },
  noEnd: { vi: 'nay', en: 'now' },
  none: { vi: 'không có', en: 'none' },
  notValid: { vi: 'Không tồn tại vào ngày này', en: 'Does not exist on this day' },
  parent: { vi: 'Cơ quan cấp trên', en: 'Parent' },
  predecessors: { vi: 'Thay cho', en: 'Replaces' },
  replacedBy: { vi: 'Được thay bằng', en: 'Replaced by' },
  state: { vi: 'Số liệu ngày', en: 'As of' },
  totals: { vi: 'Tổng cả các đơn vị bên dưới', en: 'Totals with everything below' },
  valid: { vi: 'Hiệu lực', en: 'Valid' },
  yes: { vi: 'có', en: 'yes' },
  versions: { vi: 'Tên và vị trí qua các thời kỳ', en: 'Names and places over time' },
} as const satisfies Record<string, LocalText>;

/** Sentences of the commands that change the register, by language; days and numbers are printed for people. */
export const AGENCY_SENTENCES = {
  added: {
    vi: (code: string, name: string) => `Đã thêm cơ quan ${code} "${name}".`,
    en: (code: string, name: string) => `Added agency ${code} "${name}".`,
  },
  closed: {
    vi: (code: string, day: string) => `Cơ quan ${code} chấm dứt: ngày đầu tiên không còn tồn tại là ${day}.`,
    en: (code: string, day: string) => `Agency ${code} ends: the first day without it is ${day}.`,
  },
  replaced: {
    vi: (replacement: string) => `Được thay bằng ${replacement}.`,
    en: (replacement: string) => `It is replaced by ${replacement}.`,
  },
  notReplaced: { vi: 'Không có cơ quan nào thay thế.', en: 'It is replaced by nobody.' },
  declared: {
    vi: (thing: string, day: string, source: string) => `${thing}: khai báo từ ${day} (${source}).`,
    en: (thing: string, day: string, source: string) => `${thing}: declared as of ${day} (${source}).`,
  },
  ended: {
    vi: (thing: string, day: string, source: string) => `${thing}: không còn từ ${day} (${source}).`,
    en: (thing: string, day: string, source: string) => `${thing}: ended as of ${day} (${source}).`,
  },
  form: {
    vi: (name: string, level: string, parent: string, day: string) =>
      `"${name}", ${level}, cơ quan cấp trên ${parent}, từ ${day}.`,
    en: (name: string, level: string, parent: string, day: string) =>
      `"${name}", ${level}, below ${parent}, as of ${day}.`,
  },
  validity: {
    vi: (from: string, to: string, replacedBy: string) =>
      `hiệu lực từ ${from} đến ${to}, được thay bằng ${replacedBy}.`,
    en: (from: string, to: string, replacedBy: string) => `valid from ${from} to ${to}, replaced by ${replacedBy}.`,
  },
  number: {
    vi: (number: string, day: string, source: string) => `${number}, từ ${day} (${source}).`,
    en: (number: string, day: string, source: string) => `${number} as of ${day} (${source}).`,
  },
  merged: {
    vi: (from: string, into: string, day: string) => `Từ ${day}, ${from} nhập vào ${into}.`,
    en: (from: string, into: string, day: string) => `From ${day} on, ${from} are ${into}.`,
  },
  noSumAsMissing: {
    vi: (subject: string, codes: string) => `Không khai báo tổng "${subject}" vì ${codes} chưa từng khai báo số này.`,
    en: (subject: string, codes: string) => `"${subject}" is not declared as a sum, as ${codes} never declared it.`,
  },
  noSumAsKept: {
    vi: (subject: string, into: string, day: string) =>
      `Không khai báo tổng "${subject}" vì ${into} đã tự khai báo số này cho ${day} hoặc sau đó.`,
    en: (subject: string, into: string, day: string) =>
      `"${subject}" is not declared as a sum, as ${into} declares it for ${day} or later.`,
  },
  templateWritten: {
    vi: (path: string) => `Đã ghi tệp mẫu vào "${path}".`,
    en: (path: string) => `Wrote the template to "${path}".`,
  },
  undone: {
    vi: (id: string, file: string) => `Đã hoàn tác lần nạp ${id} của tệp "${file}".`,
    en: (id: string, file: string) => `Undid the import ${id} of "${file}".`,
  },
} as const;

/** Prints a declared number; a local network is there or not, everything else is counted. */
export function printDeclaredNumber(subject: DeclaredSubject, value: number, language: Language): string {
  if (subject !== 'lan') return formatCount(value, language);
  return AGENCY_TEXTS[value === 0 ? 'no' : 'yes'][language];
}
