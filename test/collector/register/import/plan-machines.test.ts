import { describe, expect, it } from 'vitest';
import { places, planned } from './planned.ts';

const HEADINGS =
  'Mã định danh;Mã tài sản;Tên máy;Số sê-ri;Loại máy;Máy độc lập;Bộ phận quản lý;Hết bảo hành;Ngày số liệu;Nguồn';
const KNOWN = {
  agencyCode: 'Y99.12',
  assetId: 'TS/1',
  hostName: 'PC-1',
  kind: 'desktop',
  isStandAlone: false,
  linkedMachineId: 'm-1',
  asOf: '2026-01-01',
  source: 'BB 1',
} as const;

describe('an asset list', () => {
  it('adds machines, and keeps what a cell leaves open', async () => {
    const rows = [
      'Y99.12;TS/1;PC-2;;;;Văn phòng;31/12/2027;2026-02-01;BB 2',
      'Y99.12;TS/2;;SN2;Xách tay;x;;;2026-02-01;BB 2',
    ];
    const { changes, tables } = await planned([HEADINGS, ...rows].join('\n'), { machines: [KNOWN] });
    const origin = { asOf: '2026-02-01', source: 'BB 2' };
    const changed = { ...KNOWN, ...origin, hostName: 'PC-2', responsibleUnit: 'Văn phòng', supportEnd: '2027-12-31' };
    const added = {
      agencyCode: 'Y99.12',
      assetId: 'TS/2',
      serial: 'SN2',
      kind: 'laptop',
      isStandAlone: true,
      ...origin,
    };
    expect(changes).toEqual([
      { kind: 'machine', line: 2, before: KNOWN, after: changed },
      { kind: 'machine', line: 3, after: added },
    ]);
    expect(tables).toMatchObject([{ table: 'machines', addedCount: 1, changedCount: 1 }]);
  });

  it('that says what is known changes nothing', async () => {
    const rows = [HEADINGS, 'Y99.12;TS/1;PC-1;;để bàn;không;;;;'].join('\n');
    expect((await planned(rows, { machines: [KNOWN] })).changes).toEqual([]);
  });

  it('has each asset once, of a kind that is known', async () => {
    const rows = ['Y99.12;A1;;;máy in;;;;;', 'Y99.12;A2;;;;;;;;', 'Y99.12;A2;;;;;;;;', 'Y99.12;mã 3;;;;;;;;'];
    expect(places(await planned([HEADINGS, ...rows].join('\n')))).toEqual([
      'E2 choice-unknown',
      'B4 duplicate-row',
      'B5 item-id-invalid',
    ]);
  });
});
