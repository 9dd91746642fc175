import type { LocalText } from '../catalogues/language.ts';
import type { DeclaredSubject } from '../register/agency.ts';
import type { DeclaredItemKind } from '../register/declared-item.ts';

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
};

/** Other words of `agency show`. */
export const AGENCY_TEXTS = {
  below: { vi: 'Đơn vị ngay bên dưới', en: 'Directly below' },
  declared: { vi: 'Đã khai báo', en: 'Declared' },
  ever: { vi: 'từ trước', en: 'ever' },
  level: { vi: 'Cấp', en: 'Level' },
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
