import { describe, expect, it } from 'vitest';
import { isVietnameseSyllable, syllableShare } from '#collector/register/import/vietnamese-syllable.ts';

describe('isVietnameseSyllable()', () => {
  it.each(['sở', 'Tài', 'CHÍNH', 'nghiệp', 'ủy', 'quyền', 'khuyến', 'đơn', 'giữa', 'gì', 'Đắk', 'hòa', 'hoà', 'thuế'])(
    'knows %s',
    (word) => expect(isVietnameseSyllable(word)).toBe(true),
  );

  it.each(['café', 'Së', 'Sôû', 'xuâ©', 'Ã¡', 'áà', 'élève'])('does not know %s', (word) =>
    expect(isVietnameseSyllable(word)).toBe(false),
  );
});

describe('syllableShare()', () => {
  it('counts words with letters beyond ASCII only', () => {
    expect(syllableShare('Sở Tai chinh; café (xã)')).toEqual({ syllableCount: 2, wordCount: 3 });
  });
});
