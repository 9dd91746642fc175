import { describe, expect, it } from 'vitest';
import { describeObservations } from '#collector/commands/describe-observations.ts';
import type { ObservationMap } from '#shared/observations/index.ts';

const SEEN: ObservationMap = {
  hardware: { kind: 'laptop', memoryBytes: 8_589_934_592, disks: [{ name: 'sda', sizeBytes: 256e9, kind: 'unknown' }] },
  antivirus: {
    products: [{ id: 'other', name: 'AV', realTime: 'snoozed', signatures: 'unknown', evidence: [] }],
  },
  firewall: { isOn: false, products: [{ id: 'other', isOn: false, inboundDefault: 'unknown' }] },
  updates: { source: 'unknown' },
  'disk-encryption': {
    volumes: [
      { mount: '/', isSystem: true, method: 'none', state: 'not_encrypted' },
      { mount: '/home', isSystem: false, method: 'luks2', state: 'encrypted' },
    ],
  },
};

describe('describeObservations()', () => {
  it('uses no word of the wire in Vietnamese', () => {
    expect(describeObservations(SEEN, 'vi')).toEqual([
      'Máy: máy xách tay, 8 GiB RAM, 256 GB chưa rõ',
      'Chống mã độc: AV (tạm dừng)',
      'Tường lửa: tắt (phần mềm khác tắt)',
      'Cập nhật: chưa rõ, cài lần cuối chưa rõ',
      'Mã hóa ổ đĩa: / (chưa mã hóa), /home luks2 (đã mã hóa)',
    ]);
  });

  it('says the same in English', () => {
    expect(describeObservations(SEEN, 'en').slice(-1)).toEqual([
      'Disk encryption: / (not encrypted), /home luks2 (encrypted)',
    ]);
  });
});
