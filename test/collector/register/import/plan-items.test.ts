import { describe, expect, it } from 'vitest';
import { FACTS, places, planned } from './planned.ts';

const ORIGIN = { agencyCode: 'Y99.12', asOf: '2026-01-01', source: 'HĐ 1', hasEnded: false } as const;

describe('lines', () => {
  const headings =
    'Mã định danh;Mã đường truyền;Loại;Băng thông (Mbit/s);Băng thông (kbit/s);Nhà cung cấp;Đã chấm dứt;Ngày số liệu;Nguồn';

  it('are read with their capacity in kbit/s', async () => {
    const { changes, problemCount } = await planned(
      `${headings}\nY99.12;i-1;Internet;200;;Nhà mạng A;;01/01/2026;HĐ 1\nY99.12;t-1;TSLCD;;2.048;;x;01/01/2026;HĐ 1\n`,
    );
    expect(problemCount).toBe(0);
    expect(changes.map(({ after }) => after)).toEqual([
      { ...ORIGIN, kind: 'line', itemId: 'i-1', lineKind: 'internet', capacityKbps: 200_000, provider: 'Nhà mạng A' },
      { ...ORIGIN, kind: 'line', itemId: 't-1', lineKind: 'tslcd', capacityKbps: 2_048, hasEnded: true },
    ]);
  });

  it('need a kind, a capacity and an id, each once', async () => {
    const rows = [
      'Y99.12;i-1;cáp;200;;;;;',
      'Y99.12;i-2;wan;;;;;;',
      'Y99.12;i 3;wan;1;;;;;',
      'Y99.12;i-4;wan;1;;;;;',
      'Y99.12;i-4;wan;1;;;;;',
    ];
    expect(places(await planned([headings, ...rows].join('\n')))).toEqual([
      'C2 choice-unknown',
      'D3 empty-cell',
      'B4 item-id-invalid',
      'B6 duplicate-row',
    ]);
  });

  it('that are known already change nothing', async () => {
    const known = { ...ORIGIN, kind: 'line', itemId: 'i-1', lineKind: 'internet', capacityKbps: 200_000 } as const;
    const facts = { ...FACTS, items: [known] };
    const change = async (row: string) => (await planned(`${headings}\n${row}\n`, { facts })).changes.length;
    expect(await change('Y99.12;i-1;internet;200;;;;;')).toBe(0);
    expect(await change('Y99.12;i-1;internet;200;;;;01/01/2026;HĐ 1')).toBe(0);
    expect(await change('Y99.12;i-1;internet;300;;;;;')).toBe(1);
    expect(await change('Y99.12;i-1;internet;200;;;x;;')).toBe(1);
    expect(await change('Y99.12;i-1;internet;200;;;;01/02/2026;')).toBe(1);
  });
});

describe('solutions, systems and deployments', () => {
  it('take their type or product for an id when none is given', async () => {
    const solutions = await planned(
      'Mã định danh;Loại giải pháp;Ngày số liệu;Nguồn\nY99.12;Tường lửa;2026-01-01;HĐ 1\n',
    );
    const deployments = await planned(
      'Mã định danh;Mã phần mềm;Số văn bản;Ngày số liệu;Nguồn\nY99.12;Kaspersky;01/CV;2026-01-01;HĐ 1\n',
    );
    expect([solutions, deployments].flatMap(({ changes }) => changes.map(({ after }) => after))).toEqual([
      { ...ORIGIN, kind: 'solution', itemId: 'network-firewall', solutionType: 'network-firewall' },
      { ...ORIGIN, kind: 'antivirus-deployment', itemId: 'kaspersky', productId: 'kaspersky', documentNumber: '01/CV' },
    ]);
  });

  it('take the range of a place for its id', async () => {
    const { changes } = await planned(
      'Mã định danh;Dải địa chỉ;Địa chỉ gateway;Ngày số liệu;Nguồn\nY99.12;192.0.2.0/24;192.0.2.1;2026-01-01;HĐ 1\nY99.12;2001:db8::/32;;2026-01-01;HĐ 1\n',
    );
    expect(changes.map(({ after }) => after)).toEqual([
      { ...ORIGIN, kind: 'place', itemId: '192.0.2.0-24', range: '192.0.2.0/24', gateway: '192.0.2.1' },
      { ...ORIGIN, kind: 'place', itemId: '2001-db8---32', range: '2001:db8::/32' },
    ]);
  });

  it('refuse a place that is no address range, or whose gateway is no address', async () => {
    expect(
      places(await planned('Mã định danh;Dải địa chỉ;Gateway\nY99.12;192.0.2.7/24;\nY99.12;192.0.2.0/24;cổng\n')),
    ).toEqual(['B2 range-invalid', 'C3 address-invalid']);
  });

  it('refuse a product that the catalogue does not have, and a level beyond 5', async () => {
    expect(places(await planned('Mã định danh;Mã phần mềm;Số văn bản\nY99.12;kaspersk;1\n'))).toEqual([
      'B2 product-unknown',
    ]);
    expect(
      places(await planned('Mã định danh;Mã hệ thống;Tên hệ thống;Cấp độ;Đã triển khai phương án\nY99.12;a;A;6;có\n')),
    ).toEqual(['D2 count-invalid']);
  });
});
