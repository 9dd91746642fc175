import { AGENCY_COLUMN, AS_OF_COLUMN, ENDED_COLUMN, SOURCE_COLUMN } from './common-columns.ts';
import { column, type TableShape } from './table-shape.ts';

type CommonKey = 'agencyCode' | 'asOf' | 'source' | 'hasEnded' | 'itemId';

/** Keys of the table of lines. */
export type LineKey = CommonKey | 'lineKind' | 'capacityKbps' | 'capacityMbps' | 'provider';

/** Lines that agencies declare. */
export const LINES_SHAPE: TableShape<LineKey> = {
  id: 'lines',
  name: { vi: 'Đường truyền', en: 'Lines' },
  spellings: ['duong ket noi', 'ket noi'],
  columns: [
    AGENCY_COLUMN,
    column('itemId', {
      vi: 'Mã đường truyền',
      en: 'Line id',
      spellings: ['ma', 'ma so', 'id', 'ma kenh'],
      isRequired: true,
      noteVi: 'Tên riêng của đường truyền trong cơ quan (chữ không dấu, số, gạch nối); giữ nguyên khi khai lại',
      noteEn: 'Name of the line within the agency (letters, digits, hyphens); kept when it is declared again',
      example: 'internet-1',
    }),
    column('lineKind', {
      vi: 'Loại',
      en: 'Kind',
      spellings: ['loai duong truyen', 'loai ket noi', 'line kind'],
      isRequired: true,
      noteVi: 'internet; wan (mạng WAN của tỉnh); tslcd (mạng truyền số liệu chuyên dùng); vpn',
      noteEn: 'internet, wan, tslcd or vpn',
      example: 'internet',
    }),
    column('capacityKbps', {
      vi: 'Băng thông (kbit/s)',
      en: 'Capacity (kbit/s)',
      spellings: ['bang thong kbps', 'kbps', 'toc do kbps', 'capacity kbps'],
      noteVi: 'Tốc độ tải về, kbit/s; hoặc điền cột Mbit/s',
      noteEn: 'Capacity towards the agency in kbit/s; or fill in the column Mbit/s',
      example: '',
    }),
    column('capacityMbps', {
      vi: 'Băng thông (Mbit/s)',
      en: 'Capacity (Mbit/s)',
      spellings: ['bang thong mbps', 'mbps', 'toc do mbps', 'capacity mbps'],
      noteVi: 'Tốc độ tải về, Mbit/s, số nguyên',
      noteEn: 'Capacity towards the agency in Mbit/s, whole',
      example: '200',
    }),
    column('provider', {
      vi: 'Nhà cung cấp',
      en: 'Provider',
      spellings: ['nha mang', 'don vi cung cap'],
      noteVi: 'Doanh nghiệp cung cấp đường truyền',
      noteEn: 'Company that provides the line',
      example: 'Nhà mạng A',
    }),
    ENDED_COLUMN,
    AS_OF_COLUMN,
    SOURCE_COLUMN,
  ],
};

/** Keys of the table of solutions. */
export type SolutionKey = CommonKey | 'solutionType' | 'name';

/** Solutions for information security and data safety that agencies declare. */
export const SOLUTIONS_SHAPE: TableShape<SolutionKey> = {
  id: 'solutions',
  name: { vi: 'Giải pháp', en: 'Solutions' },
  spellings: ['giai phap attt', 'giai phap an toan'],
  columns: [
    AGENCY_COLUMN,
    column('solutionType', {
      vi: 'Loại giải pháp',
      en: 'Type',
      spellings: ['loai', 'solution type'],
      isRequired: true,
      noteVi: 'tường lửa; lọc thư rác; phát hiện xâm nhập; SAN; NAS; DAS; băng từ',
      noteEn: 'network-firewall, spam-filter, intrusion-detection, san, nas, das or tape',
      example: 'tường lửa',
    }),
    column('name', {
      vi: 'Tên giải pháp',
      en: 'Name',
      spellings: ['ten', 'ten san pham', 'product'],
      noteVi: 'Tên sản phẩm, nếu cần phân biệt',
      noteEn: 'Name of the product',
      example: 'Thiết bị A',
    }),
    column('itemId', {
      vi: 'Mã giải pháp',
      en: 'Solution id',
      spellings: ['ma', 'ma so', 'id'],
      noteVi: 'Để trống nếu mỗi loại chỉ có một',
      noteEn: 'May be empty while there is one of a type',
      example: '',
    }),
    ENDED_COLUMN,
    AS_OF_COLUMN,
    SOURCE_COLUMN,
  ],
};

/** Keys of the table of systems. */
export type SystemKey = CommonKey | 'name' | 'level' | 'hasPlan';

/** Information systems that agencies declare. */
export const SYSTEMS_SHAPE: TableShape<SystemKey> = {
  id: 'systems',
  name: { vi: 'Hệ thống thông tin', en: 'Systems' },
  spellings: ['he thong', 'httt', 'information systems'],
  columns: [
    AGENCY_COLUMN,
    column('itemId', {
      vi: 'Mã hệ thống',
      en: 'System id',
      spellings: ['ma', 'ma so', 'id', 'ma httt'],
      isRequired: true,
      noteVi: 'Tên riêng của hệ thống trong cơ quan (chữ không dấu, số, gạch nối)',
      noteEn: 'Name of the system within the agency (letters, digits, hyphens)',
      example: 'mot-cua',
    }),
    column('name', {
      vi: 'Tên hệ thống',
      en: 'Name',
      spellings: ['ten', 'ten httt', 'ten he thong thong tin'],
      isRequired: true,
      noteVi: 'Tên đầy đủ',
      noteEn: 'Full name',
      example: 'Hệ thống một cửa điện tử',
    }),
    column('level', {
      vi: 'Cấp độ',
      en: 'Level',
      spellings: ['cap do an toan', 'cap do attt'],
      noteVi: 'Cấp độ an toàn đã được phê duyệt, 1 đến 5; để trống nếu chưa xác định',
      noteEn: 'Approved security level, 1 to 5; empty without one',
      example: '2',
    }),
    column('hasPlan', {
      vi: 'Đã triển khai phương án',
      en: 'Plan carried out',
      spellings: ['phuong an bao dam an toan', 'trien khai phuong an', 'co phuong an', 'has plan'],
      isRequired: true,
      noteVi: 'Đã triển khai đầy đủ phương án bảo đảm an toàn theo cấp độ: có/không',
      noteEn: 'The protection plan of that level is carried out: yes/no',
      example: 'có',
    }),
    ENDED_COLUMN,
    AS_OF_COLUMN,
    SOURCE_COLUMN,
  ],
};

/** Keys of the table of antivirus deployments. */
export type DeploymentKey = CommonKey | 'productId' | 'documentNumber';

/** Antivirus deployments that agencies declare to share data. */
export const DEPLOYMENTS_SHAPE: TableShape<DeploymentKey> = {
  id: 'deployments',
  name: { vi: 'Triển khai chống mã độc', en: 'Antivirus deployments' },
  spellings: ['chia se ma doc', 'phong chong ma doc', 'deployments', 'pcmd'],
  columns: [
    AGENCY_COLUMN,
    column('productId', {
      vi: 'Mã phần mềm',
      en: 'Product id',
      spellings: ['phan mem', 'san pham', 'product'],
      isRequired: true,
      noteVi: 'Mã trong danh mục phần mềm phòng, chống mã độc, ví dụ kaspersky',
      noteEn: 'Id of the antivirus catalogue, such as kaspersky',
      example: 'kaspersky',
    }),
    column('documentNumber', {
      vi: 'Số văn bản',
      en: 'Document number',
      spellings: ['so hieu van ban', 'so ky hieu', 'van ban chia se'],
      isRequired: true,
      noteVi: 'Văn bản khai báo chia sẻ dữ liệu mã độc với Trung tâm Giám sát ATKGM quốc gia',
      noteEn: 'Document that declares the sharing with the national monitoring centre',
      example: '01/CV-STC',
    }),
    column('itemId', {
      vi: 'Mã triển khai',
      en: 'Deployment id',
      spellings: ['ma', 'ma so', 'id'],
      noteVi: 'Để trống nếu mỗi phần mềm chỉ có một',
      noteEn: 'May be empty while there is one of a product',
      example: '',
    }),
    ENDED_COLUMN,
    AS_OF_COLUMN,
    SOURCE_COLUMN,
  ],
};
