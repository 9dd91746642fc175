import { column } from './table-shape.ts';

/** The agency a row belongs to. */
export const AGENCY_COLUMN = column('agencyCode', {
  vi: 'Mã định danh',
  en: 'Agency code',
  spellings: ['ma dinh danh dien tu', 'ma co quan', 'ma don vi', 'ma dinh danh co quan', 'code', 'agency'],
  isRequired: true,
  noteVi: 'Mã định danh điện tử của cơ quan, ví dụ H47.12; mã dạng cũ (000.00.12.H47) cũng đọc được',
  noteEn: 'Code of the agency, such as H47.12; the old form (000.00.12.H47) is read as well',
  example: 'Y99.12',
});

/** The day a row holds for. */
export const AS_OF_COLUMN = column('asOf', {
  vi: 'Ngày số liệu',
  en: 'As of',
  spellings: [
    'ngay',
    'tinh den ngay',
    'thoi diem so lieu',
    'ngay chot so lieu',
    'so lieu den ngay',
    'date',
    'as of date',
  ],
  noteVi: 'Ngày mà số liệu đúng, dd/MM/yyyy hoặc yyyy-mm-dd; để trống là ngày nạp hoặc ngày của tùy chọn --as-of',
  noteEn: 'Day the row holds for, dd/MM/yyyy or yyyy-mm-dd; empty: the day of the import, or of the option --as-of',
  example: '01/07/2025',
});

/** Where a row comes from. */
export const SOURCE_COLUMN = column('source', {
  vi: 'Nguồn',
  en: 'Source',
  spellings: ['nguon so lieu', 'van ban', 'can cu', 'tai lieu', 'document'],
  noteVi: 'Số, ký hiệu văn bản hoặc nơi cung cấp số liệu; để trống là tên tệp hoặc tùy chọn --source',
  noteEn: 'Document the row comes from; empty: the name of the file, or the option --source',
  example: 'Báo cáo 01/BC-STC',
});

/** Tells that a thing is no more. */
export const ENDED_COLUMN = column('hasEnded', {
  vi: 'Đã chấm dứt',
  en: 'Ended',
  spellings: ['ket thuc', 'ngung su dung', 'da ngung', 'thanh ly', 'has ended'],
  noteVi: 'Điền "x" nếu từ ngày số liệu trở đi không còn nữa',
  noteEn: 'An "x" when from that day on the thing is no more',
  example: '',
});
