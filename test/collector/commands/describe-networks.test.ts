import { describe, expect, it } from 'vitest';
import { describeNetworks } from '#collector/commands/describe-networks.ts';
import { compareNetworks } from '#collector/networks/compare-networks.ts';
import { networkDefinition } from '#collector/networks/network-definition.ts';
import { keyIdOf } from '#shared/key-id.ts';

const WAN = { id: 'wan', name: 'WAN', kind: 'wan', targets: ['tcp://192.0.2.9:443'] };
const STANDING = [{ definition: networkDefinition.parse(WAN), origin: 'settings', sinceMs: 0, changedBy: '' } as const];

describe('describeNetworks()', () => {
  it('names network, key, value and what is allowed of every problem, in both languages', () => {
    const handed = [
      { id: 'Bad', kind: 'tslcd', targets: ['tcp://192.0.2.9'], token: 'x' },
      { name: 'No id', kind: 'wan', targets: ['icmp://192.0.2.9'] },
      WAN,
      { ...WAN, id: 'lan' },
      { ...WAN, id: 'lan' },
    ];
    const comparison = compareNetworks(handed, STANDING);
    expect(describeNetworks({ ...comparison, changes: [] }, 'vi')).toEqual([
      'Lỗi, mạng "Bad", khóa id: giá trị "Bad"; cho phép: chữ thường không dấu, số và dấu -, bắt đầu bằng chữ, tối đa 63 ký tự.',
      'Lỗi, mạng "Bad", khóa name: giá trị để trống; cho phép: 1 đến 200 ký tự.',
      'Lỗi, mạng "Bad", khóa targets.0: giá trị "tcp://192.0.2.9"; cho phép: 1 đến 8 đích khác nhau, không được chỉ có icmp://; dạng tcp://host:port, https://host[:port]/path, icmp://host, dns://name[?expect=CIDR,…], beacon+https://host[:port]/[#PIN].',
      'Lỗi, mạng "Bad": không có khóa token; cho phép: id, name, kind, targets, cidrs, beaconKeys, isTranslated, isMetered, isLimited.',
      'Lỗi, mạng "2", khóa id: giá trị để trống; cho phép: chữ thường không dấu, số và dấu -, bắt đầu bằng chữ, tối đa 63 ký tự.',
      'Lỗi, mạng "wan": đang nằm trong tệp cấu hình; hãy sửa "networks" ở đó rồi khởi động lại trạm đo.',
      'Lỗi, các mạng cùng nhau: mã không trùng, tối đa 32 mạng và 64 đích (has the id "lan" twice).',
    ]);
    expect(describeNetworks({ ...comparison, changes: [] }, 'en').slice(5)).toEqual([
      'Problem, network "wan": it stands in the settings file; change "networks" there and start anew.',
      'Problem, all networks together: ids differ, at most 32 networks and 64 targets (has the id "lan" twice).',
    ]);
  });

  it('tells which keys of a beacon come and go by the ids that the beacon prints', () => {
    const [x, y] = ['f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0'];
    const key = { kty: 'EC', crv: 'P-256', x, y } as const;
    const next = { ...key, x: y, y: x } as const;
    const tslcd = { ...WAN, id: 'tslcd', kind: 'tslcd', beaconKeys: [key] };
    const made = { origin: 'people', sinceMs: 0, changedBy: '' } as const;
    const standing = [{ ...made, definition: networkDefinition.parse(tslcd) }];
    const comparison = compareNetworks([{ ...tslcd, beaconKeys: [key, next] }], standing);
    expect(describeNetworks(comparison, 'en')).toEqual([
      `tslcd: changes beaconKeys: ["${keyIdOf(key)}"] -> ["${keyIdOf(key)}","${keyIdOf(next)}"].`,
    ]);
  });

  it('shows that a value is cut off', () => {
    const [problem] = compareNetworks([{ ...WAN, name: 'x'.repeat(1_000) }], []).problems;
    expect(problem?.value).toBe(`"${'x'.repeat(399)}…`);
  });
});
