import { AGENCY_COLUMN, AS_OF_COLUMN, SOURCE_COLUMN } from './common-columns.ts';
import { NUMBER_COLUMNS } from './number-columns.ts';
import { column, type TableShape } from './table-shape.ts';

const FORM_COLUMNS = [
  column('nameVi', {
    vi: 'Tên cơ quan',
    en: 'Name',
    spellings: [
      'ten',
      'ten don vi',
      'ten co quan don vi',
      'ten tieng viet',
      'vietnamese name',
      'name vi',
      'agency name',
    ],
    isRequired: true,
    noteVi: 'Tên đầy đủ tiếng Việt',
    noteEn: 'Full Vietnamese name',
    example: 'Sở Tài chính',
  }),
  column('nameEn', {
    vi: 'Tên tiếng Anh',
    en: 'English name',
    spellings: ['ten anh', 'name en'],
    noteVi: 'Tên tiếng Anh, nếu có',
    noteEn: 'English name, if there is one',
    example: 'Department of Finance',
  }),
  column('level', {
    vi: 'Cấp',
    en: 'Level',
    spellings: ['cap hanh chinh', 'loai', 'loai co quan', 'loai don vi', 'cap don vi'],
    isRequired: true,
    noteVi: 'tỉnh; sở; huyện (chỉ đến 30/06/2025); xã, phường, đặc khu; đơn vị (trực thuộc)',
    noteEn: 'province, department, district (until 30/06/2025 only), commune or unit',
    example: 'sở',
  }),
  column('parentCode', {
    vi: 'Mã cơ quan cấp trên',
    en: 'Parent',
    spellings: [
      'co quan cap tren',
      'cap tren',
      'truc thuoc',
      'ma cap tren',
      'don vi cap tren',
      'co quan chu quan',
      'parent code',
    ],
    noteVi: 'Mã định danh của cơ quan cấp trên; chỉ cấp tỉnh để trống',
    noteEn: 'Code of the agency above; empty for the province only',
    example: 'Y99',
  }),
  column('validFrom', {
    vi: 'Hiệu lực từ',
    en: 'Valid from',
    spellings: ['tu ngay', 'ngay thanh lap', 'hieu luc tu ngay', 'ngay bat dau'],
    noteVi: 'Ngày đầu tiên cơ quan tồn tại; để trống nếu đã có từ lâu',
    noteEn: 'First day of its existence; empty when it has long been there',
    example: '01/07/2025',
  }),
  column('validTo', {
    vi: 'Hiệu lực đến',
    en: 'Valid to',
    spellings: ['den ngay', 'ngay ket thuc', 'hieu luc den ngay', 'ngay giai the', 'ngay sap nhap'],
    noteVi: 'Ngày cuối cùng cơ quan tồn tại; để trống nếu đang hoạt động',
    noteEn: 'Last day of its existence; empty while it exists',
    example: '',
  }),
  column('replacedBy', {
    vi: 'Được thay bằng',
    en: 'Replaced by',
    spellings: ['thay bang', 'sap nhap vao', 'co quan thay the', 'ma co quan thay the', 'ma thay the'],
    noteVi: 'Mã cơ quan tiếp nhận khi sáp nhập hoặc giải thể',
    noteEn: 'Code of the agency that took over',
    example: '',
  }),
] as const;

/** Keys of the table of agencies. */
export type AgencyKey =
  | (typeof AGENCY_COLUMN)['key']
  | (typeof FORM_COLUMNS)[number]['key']
  | (typeof NUMBER_COLUMNS)[number]['key']
  | (typeof AS_OF_COLUMN)['key']
  | (typeof SOURCE_COLUMN)['key'];

/** Agencies with what they declare as numbers. */
export const AGENCIES_SHAPE: TableShape<AgencyKey> = {
  id: 'agencies',
  name: { vi: 'Cơ quan', en: 'Agencies' },
  spellings: ['danh muc co quan', 'don vi', 'co quan don vi', 'danh sach co quan'],
  columns: [AGENCY_COLUMN, ...FORM_COLUMNS, ...NUMBER_COLUMNS, AS_OF_COLUMN, SOURCE_COLUMN],
};

/** Keys of the table of numbers. */
export type NumbersKey = Exclude<AgencyKey, (typeof FORM_COLUMNS)[number]['key']>;

/** Numbers of agencies that are in the register already. */
export const NUMBERS_SHAPE: TableShape<NumbersKey> = {
  id: 'numbers',
  name: { vi: 'Số liệu', en: 'Numbers' },
  spellings: ['so lieu khai bao', 'so lieu ke khai', 'declared numbers'],
  columns: [AGENCY_COLUMN, ...NUMBER_COLUMNS, AS_OF_COLUMN, SOURCE_COLUMN],
};
