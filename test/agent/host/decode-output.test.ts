import { describe, expect, it } from 'vitest';
import { decodeOutput } from '#agent/host/decode-output.ts';

const TEXT = 'Tên máy: MÁY-01\r\n';

describe('decodeOutput()', () => {
  it.each([
    { when: 'UTF-8', bytes: Buffer.from(TEXT), want: TEXT },
    { when: 'UTF-8 with a mark', bytes: Buffer.from(`\uFEFF${TEXT}`), want: TEXT },
    { when: 'UTF-16LE with a mark', bytes: Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), want: TEXT },
    { when: 'UTF-16BE with a mark', bytes: Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), want: TEXT },
    { when: 'UTF-16LE without a mark', bytes: Buffer.from('Node=PC1\r\n', 'utf16le'), want: 'Node=PC1\r\n' },
    {
      when: 'UTF-16LE that was cut in a character',
      bytes: Buffer.from('\uFEFFab', 'utf16le').subarray(0, 5),
      want: 'a',
    },
    { when: 'half a surrogate pair', bytes: Buffer.from([0xff, 0xfe, 0x3d, 0xd8]), want: '\uFFFD' },
    { when: 'bytes of an OEM code page', bytes: Buffer.from([0x4d, 0xb5, 0x79]), want: 'M\uFFFDy' },
    { when: 'zeros', bytes: Buffer.alloc(4), want: '\0\0\0\0' },
    { when: 'nothing', bytes: Buffer.alloc(0), want: '' },
  ])('reads $when', ({ bytes, want }) => {
    expect(decodeOutput(bytes)).toBe(want);
  });
});
