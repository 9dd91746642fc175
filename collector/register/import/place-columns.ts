import { AGENCY_COLUMN, AS_OF_COLUMN, ENDED_COLUMN, SOURCE_COLUMN } from './common-columns.ts';
import { column, type TableShape } from './table-shape.ts';

/** Keys of the table of places. */
export type PlaceKey = 'agencyCode' | 'asOf' | 'source' | 'hasEnded' | 'itemId' | 'range' | 'gateway';

/** Places of agencies: where a machine must be for what it sees of networks to count for them. */
export const PLACES_SHAPE: TableShape<PlaceKey> = {
  id: 'places',
  name: { vi: 'Địa điểm mạng', en: 'Places' },
  spellings: ['dia diem', 'noi dat may', 'places'],
  columns: [
    AGENCY_COLUMN,
    column('range', {
      vi: 'Dải địa chỉ',
      en: 'Address range',
      spellings: ['dai dia chi ip', 'dai ip', 'cidr', 'range'],
      isRequired: true,
      noteVi: 'Dải địa chỉ của các máy ở đó, dạng CIDR',
      noteEn: 'Address range of the machines there, in CIDR notation',
      example: '192.0.2.0/24',
    }),
    column('gateway', {
      vi: 'Địa chỉ gateway',
      en: 'Gateway',
      spellings: ['gateway', 'cong mac dinh', 'default gateway'],
      noteVi: 'Điền khi nơi khác cũng dùng dải địa chỉ này; để trống nếu gateway nào cũng được',
      noteEn: 'Given where others use the range too; any will do when empty',
      example: '192.0.2.1',
    }),
    column('itemId', {
      vi: 'Mã địa điểm',
      en: 'Place id',
      spellings: ['ma', 'ma so', 'id'],
      noteVi: 'Để trống: lấy theo dải địa chỉ',
      noteEn: 'Made of the range when empty',
      example: '',
    }),
    ENDED_COLUMN,
    AS_OF_COLUMN,
    SOURCE_COLUMN,
  ],
};
