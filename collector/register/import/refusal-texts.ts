import type { LocalText } from '../../catalogues/language.ts';

/** Why a whole file cannot be read, by code; each says what it looks like and what to do. */
export const REFUSAL_TEXTS = {
  'encoding-legacy': {
    vi: 'Tệp không phải UTF-8, trông giống bảng mã {encoding}: mở bằng phần mềm đã tạo ra tệp, đổi sang Unicode rồi lưu dạng "CSV UTF-8", hoặc dùng tệp XLSX',
    en: 'The file is not UTF-8, it looks like {encoding}: open it with the program that made it, convert it to Unicode and save it as "CSV UTF-8", or use XLSX',
  },
  'encoding-mixed-up': {
    vi: 'Chữ tiếng Việt trong tệp bị hỏng, trông giống {encoding} được lưu nhầm thành Unicode: chuyển mã (ví dụ bằng UniKey Toolkit) rồi lưu lại dạng "CSV UTF-8"',
    en: 'The Vietnamese letters in the file are broken, they look like {encoding} saved as Unicode by mistake: convert them (with UniKey Toolkit, say) and save the file again as "CSV UTF-8"',
  },
  'encoding-unknown': {
    vi: 'Tệp không phải UTF-8 và không nhận ra bảng mã (dòng {line}): lưu lại dạng "CSV UTF-8" hoặc dùng tệp XLSX',
    en: 'The file is not UTF-8 and its encoding is not recognised (line {line}): save it as "CSV UTF-8" or use XLSX',
  },
  'file-kind': {
    vi: 'Tệp trông giống {kind}: lưu lại dạng XLSX ("Excel Workbook") hoặc "CSV UTF-8"',
    en: 'The file looks like {kind}: save it as XLSX ("Excel Workbook") or "CSV UTF-8"',
  },
  'file-empty': { vi: 'Tệp rỗng', en: 'The file is empty' },
  'file-encrypted': {
    vi: 'Tệp Excel đặt mật khẩu nên không đọc được: bỏ mật khẩu rồi lưu lại',
    en: 'The workbook is locked with a password and cannot be read: take the password off and save it again',
  },
  'file-too-large': {
    vi: 'Tệp lớn hơn {max} byte là mức được phép: chia thành nhiều tệp',
    en: 'The file has more than {max} bytes, which is the most allowed: cut it into several files',
  },
  'nul-byte': {
    vi: 'Dòng {line} có ký tự NUL: tệp bị hỏng hoặc không phải tệp văn bản; lưu lại dạng "CSV UTF-8"',
    en: 'Line {line} holds a NUL byte: the file is damaged or no text; save it again as "CSV UTF-8"',
  },
  'quote-not-closed': {
    vi: 'Một dấu nháy kép mở ra mà không khép lại cho đến cuối tệp: tìm ô có dấu nháy và viết ""như thế này"" trong cặp nháy',
    en: 'A quote is opened and never closed up to the end of the file: find the cell with a quote in it and write it ""like this"" between quotes',
  },
  'quotes-broken': {
    vi: 'Dấu nháy kép ở dòng {line} không khép đúng: một ô có dấu nháy phải viết ""như thế này"" trong cặp nháy',
    en: 'The quotes in line {line} do not match: a cell with quotes in it is written ""like this"" between quotes',
  },
  'record-too-long': {
    vi: 'Từ dòng {line} có một dòng dài hơn {max} byte: thường do một dấu nháy kép không khép lại',
    en: 'From line {line} on there is a row of more than {max} bytes: mostly a quote that is never closed',
  },
  'too-many-columns': {
    vi: 'Tệp có {count} cột, được phép tối đa {max}: xóa các cột thừa bên phải',
    en: 'The file has {count} columns, allowed are at most {max}: delete the ones to the right that are not needed',
  },
  'too-many-rows': {
    vi: 'Bảng có hơn {max} dòng, được phép tối đa {max}: chia thành nhiều tệp',
    en: 'The table has more than {max} rows, allowed are at most {max}: cut it into several files',
  },
  'utf16-without-mark': {
    vi: 'Tệp trông giống UTF-16 không có dấu BOM ở đầu: lưu lại dạng "CSV UTF-8"',
    en: 'The file looks like UTF-16 without its byte order mark: save it as "CSV UTF-8"',
  },
  'workbook-broken': {
    vi: 'Không đọc được tệp Excel ({reason}): mở bằng Excel hoặc LibreOffice rồi lưu lại dạng XLSX',
    en: 'Cannot read the workbook ({reason}): open it in Excel or LibreOffice and save it again as XLSX',
  },
  'workbook-too-large': {
    vi: 'Tệp Excel khi giải nén lớn hơn mức được phép ({what}, tối đa {max}): có thể là tệp độc hại; xóa các ô, trang và hình thừa',
    en: 'The workbook is larger than allowed once inflated ({what}, at most {max}): it may be hostile; delete cells, sheets and pictures that are not needed',
  },
} as const satisfies Readonly<Record<string, LocalText>>;

/** A code of {@link REFUSAL_TEXTS}. */
export type RefusalCode = keyof typeof REFUSAL_TEXTS;
