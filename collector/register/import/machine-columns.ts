import { AGENCY_COLUMN, AS_OF_COLUMN, SOURCE_COLUMN } from './common-columns.ts';
import { column, type TableShape } from './table-shape.ts';

const ASSET_COLUMNS = [
  column('assetId', {
    vi: 'Mã tài sản',
    en: 'Asset id',
    spellings: ['so tai san', 'ma may', 'ma thiet bi', 'ma ts', 'asset'],
    isRequired: true,
    noteVi: 'Mã tài sản trong cơ quan (chữ không dấu, số, dấu . _ / -)',
    noteEn: 'Number of the asset within the agency (letters, digits, . _ / -)',
    example: 'MT-001',
  }),
  column('hostName', {
    vi: 'Tên máy',
    en: 'Host name',
    spellings: ['ten may tinh', 'computer name', 'hostname'],
    noteVi: 'Tên máy trong hệ điều hành',
    noteEn: 'Name of the computer in its system',
    example: 'PC-001',
  }),
  column('serial', {
    vi: 'Số sê-ri',
    en: 'Serial',
    spellings: ['so seri', 'serial number', 'so may', 'seri', 'so serial'],
    noteVi: 'Số sê-ri của cả máy',
    noteEn: 'Serial number of the whole machine',
    example: 'SN000001',
  }),
  column('kind', {
    vi: 'Loại máy',
    en: 'Kind',
    spellings: ['loai', 'loai thiet bi', 'machine kind'],
    noteVi: 'để bàn; xách tay; máy chủ; máy ảo; khác',
    noteEn: 'desktop, laptop, server, virtual or other',
    example: 'để bàn',
  }),
  column('isStandAlone', {
    vi: 'Máy độc lập',
    en: 'Stand-alone',
    spellings: ['doc lap', 'khong noi mang', 'may tinh doc lap', 'may soan thao mat'],
    noteVi: 'Điền "x" nếu máy không nối mạng (bí mật nhà nước); máy này không bao giờ được cài phần mềm',
    noteEn: 'An "x" for a machine on no network (state secrets), which never gets an agent',
    example: '',
  }),
  column('location', {
    vi: 'Vị trí',
    en: 'Location',
    spellings: ['noi dat', 'dia diem', 'phong'],
    noteVi: 'Nơi đặt máy',
    noteEn: 'Where it stands',
    example: 'Tầng 2, phòng 205',
  }),
  column('purpose', {
    vi: 'Mục đích sử dụng',
    en: 'Purpose',
    spellings: ['muc dich', 'cong dung', 'su dung'],
    noteVi: 'Dùng vào việc gì',
    noteEn: 'What it is used for',
    example: 'Văn phòng',
  }),
  column('responsibleUnit', {
    vi: 'Bộ phận quản lý',
    en: 'Responsible unit',
    spellings: ['bo phan su dung', 'phong ban', 'don vi su dung', 'don vi quan ly'],
    noteVi: 'Phòng, ban quản lý máy; không ghi tên người',
    noteEn: 'Unit that answers for it; never the name of a person',
    example: 'Văn phòng Sở',
  }),
  column('supportEnd', {
    vi: 'Hết bảo hành',
    en: 'Support end',
    spellings: ['han bao hanh', 'ngay het bao hanh', 'het han bao hanh', 'warranty end'],
    noteVi: 'Ngày hết bảo hành hoặc hỗ trợ',
    noteEn: 'Day on which its warranty or support ends',
    example: '31/12/2027',
  }),
] as const;

/** Keys of the asset list. */
export type MachineKey = 'agencyCode' | 'asOf' | 'source' | (typeof ASSET_COLUMNS)[number]['key'];

/** The asset lists of agencies. */
export const MACHINES_SHAPE: TableShape<MachineKey> = {
  id: 'machines',
  name: { vi: 'Máy tính', en: 'Machines' },
  spellings: ['danh sach may tinh', 'tai san', 'danh muc may tinh', 'assets'],
  columns: [AGENCY_COLUMN, ...ASSET_COLUMNS, AS_OF_COLUMN, SOURCE_COLUMN],
};
