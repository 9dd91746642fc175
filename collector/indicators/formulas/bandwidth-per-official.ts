import type { DeclaredItem } from '../../register/declared-item.ts';
import type { Formula, Part } from '../formula.ts';
import { overOfficials } from '../over-officials.ts';

/** Declared capacity of lines for each official. */
export const bandwidthPerOfficial: Formula<'bandwidth-per-official'> = {
  id: 'bandwidth-per-official',
  describes: {
    vi: 'a: tổng băng thông khai báo của các đường truyền thuộc loại được tính (kbit/s); b: số CBCCVC khai báo; cơ quan chưa khai báo đường truyền lẫn trang thiết bị nào khác thì không tính vào cả a và b',
    en: 'a: declared capacity of the lines of these kinds, kbit/s; b: declared officials; an agency that declared no line at all is in neither',
  },
  arithmetic: 'quotient',
  valueForm: 'kbps',
  coverageOf: 'agencies',
  examine(input, { lineKinds }) {
    const { items } = input.agency;
    // Solutions and systems are listed in files of their own: only whoever listed a line has listed them all.
    if (!items.some(({ kind }) => kind === 'line'))
      return { parts: undefined, missing: ['lines', ...overOfficials(input, []).missing] };
    return overOfficials(
      input,
      items.flatMap((item) => capacityPart(item, lineKinds)),
    );
  },
};

function capacityPart(item: DeclaredItem, lineKinds: readonly string[]): readonly Part[] {
  if (item.kind !== 'line' || !lineKinds.includes(item.lineKind)) return [];
  return [{ standing: 'counted', reason: 'declared', count: item.capacityKbps, unit: { kind: 'item', item } }];
}
