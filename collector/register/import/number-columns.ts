import type { DeclaredSubject } from '../agency.ts';
import { column, type ImportColumn } from './table-shape.ts';

/** One column for each number that agencies declare, in the order of the template. */
export const NUMBER_COLUMNS: readonly ImportColumn<DeclaredSubject>[] = [
  column('officials', {
    vi: 'Số CBCCVC',
    en: 'Officials',
    spellings: ['cbccvc', 'so can bo cong chuc vien chuc', 'tong so cbccvc', 'bien che', 'so cb ccvc'],
    noteVi: 'Tổng số cán bộ, công chức, viên chức',
    noteEn: 'Number of officials',
    example: '1.234',
  }),
  column('computers', {
    vi: 'Số máy tính',
    en: 'Computers',
    spellings: ['may tinh', 'tong so may tinh', 'so may vi tinh', 'registered computers'],
    noteVi: 'Tổng số máy tính để bàn và xách tay, gồm cả máy độc lập',
    noteEn: 'All desktops and laptops, stand-alone ones included',
    example: '1.250',
  }),
  column('stand-alone-computers', {
    vi: 'Số máy tính độc lập',
    en: 'Stand-alone computers',
    spellings: ['may tinh doc lap', 'so may doc lap', 'may doc lap', 'so may tinh soan thao van ban mat'],
    noteVi: 'Máy không nối mạng, dùng cho bí mật nhà nước; đã tính trong "Số máy tính"',
    noteEn: 'Computers for state secrets that are on no network; counted among the computers as well',
    example: '3',
  }),
  column('lan', {
    vi: 'Có mạng LAN',
    en: 'LAN',
    spellings: ['mang lan', 'lan', 'mang noi bo', 'has lan'],
    noteVi: 'Cơ quan có mạng nội bộ: có/không',
    noteEn: 'The agency has a local network: yes/no',
    example: 'có',
  }),
  column('it-staff', {
    vi: 'Cán bộ chuyên trách CNTT',
    en: 'IT staff',
    spellings: ['so can bo cntt', 'chuyen trach cntt', 'can bo cntt', 'so can bo chuyen trach cntt'],
    noteVi: 'Số cán bộ chuyên trách công nghệ thông tin',
    noteEn: 'Number of dedicated IT staff',
    example: '2',
  }),
  column('security-staff', {
    vi: 'Cán bộ chuyên trách ATTT',
    en: 'Security staff',
    spellings: [
      'so can bo attt',
      'chuyen trach attt',
      'can bo attt',
      'can bo an toan thong tin',
      'so can bo chuyen trach attt',
    ],
    noteVi: 'Số cán bộ chuyên trách an toàn thông tin',
    noteEn: 'Number of dedicated security staff',
    example: '1',
  }),
  column('trained-officials', {
    vi: 'CBCCVC được tập huấn ATTT',
    en: 'Trained officials',
    spellings: ['so cbccvc tap huan attt', 'tap huan attt', 'so cbccvc duoc tap huan', 'so cbccvc duoc tap huan attt'],
    noteVi: 'Số CBCCVC đã được tập huấn an toàn thông tin',
    noteEn: 'Number of officials trained in information security',
    example: '800',
  }),
];
