import { describe, expect, it } from 'vitest';
import { detectEncoding } from '#collector/register/import/detect-encoding.ts';

const TEXT = 'Mã;Tên\nY99.1;Sở Tài chính\nY99.2;Ủy ban nhân dân xã Hòa Thuận\nY99.3;Phòng Nghiệp vụ, đơn vị\n';
const TCVN3 = Buffer.from(
  'M\u00b7;T\u00aan\nY99.1;S\u00eb T\u00b5i ch\u00ddnh\nY99.2;\u00f1y ban nh\u00a9n d\u00a9n x\u00b7\n',
  'latin1',
);
const VNI = Buffer.from('Maõ;Teân\nY99.1;Sôû Taøi chính\nY99.2;UÛy ban nhaân daân xaõ\nY99.3;ñôn vò\n', 'latin1');
const WINDOWS_1258 = Buffer.from(
  'M\u00e3 s\u00f4\u00ec;T\u00ean\nY99.1;S\u00f5\u00d2 Ta\u00cci ch\u00ednh\nY99.2;\u00f0\u00f5n vi\u00f2, nh\u00e2n d\u00e2n\n',
  'latin1',
);

function refusal(bytes: Uint8Array): unknown {
  try {
    return detectEncoding(bytes);
  } catch (error) {
    return error;
  }
}

describe('detectEncoding()', () => {
  it.each([
    { name: 'UTF-8', bytes: Buffer.from(TEXT), want: 'utf-8' },
    { name: 'UTF-8 with a mark', bytes: Buffer.from(`\uFEFF${TEXT}`), want: 'utf-8' },
    { name: 'UTF-8 with accents apart', bytes: Buffer.from(TEXT.normalize('NFD')), want: 'utf-8' },
    { name: 'plain ASCII', bytes: Buffer.from('code,name\nY99,Sample\n'), want: 'utf-8' },
    { name: 'French in UTF-8', bytes: Buffer.from('café;à côté;élève;déjà;préféré\n'), want: 'utf-8' },
    { name: 'UTF-16 little end first', bytes: Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), want: 'utf-16le' },
    { name: 'UTF-16 big end first', bytes: Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), want: 'utf-16be' },
  ])('reads $name', ({ bytes, want }) => {
    expect(detectEncoding(bytes)).toBe(want);
  });

  it.each([
    { name: 'TCVN3', bytes: TCVN3, want: { code: 'encoding-legacy', params: { encoding: 'TCVN3 (ABC)' } } },
    { name: 'VNI', bytes: VNI, want: { code: 'encoding-legacy', params: { encoding: 'VNI' } } },
    {
      name: 'Windows-1258',
      bytes: WINDOWS_1258,
      want: { code: 'encoding-legacy', params: { encoding: 'Windows-1258' } },
    },
    { name: 'UTF-32', bytes: Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]), want: { code: 'encoding-legacy' } },
    { name: 'UTF-16 without a mark', bytes: Buffer.from(TEXT, 'utf16le'), want: { code: 'utf16-without-mark' } },
    {
      name: 'TCVN3 saved as UTF-8',
      bytes: Buffer.from(TCVN3.toString('latin1')),
      want: { code: 'encoding-mixed-up', params: { encoding: 'TCVN3 (ABC)' } },
    },
    {
      name: 'VNI saved as UTF-8',
      bytes: Buffer.from(VNI.toString('latin1')),
      want: { code: 'encoding-mixed-up', params: { encoding: 'VNI' } },
    },
    {
      name: 'UTF-8 saved as UTF-8 twice',
      bytes: Buffer.from(new TextDecoder('windows-1252').decode(Buffer.from(TEXT))),
      want: { code: 'encoding-mixed-up', params: { encoding: 'UTF-8' } },
    },
    {
      name: 'French in Latin 1',
      bytes: Buffer.from('a;b\ncafé;à côté\n', 'latin1'),
      want: { code: 'encoding-unknown', params: { line: 2 } },
    },
    {
      name: 'a NUL byte',
      bytes: Buffer.from('a;b\nx\0y;a long line of text\n'),
      want: { code: 'nul-byte', params: { line: 2 } },
    },
  ])('refuses $name by name', ({ bytes, want }) => {
    expect(refusal(bytes)).toMatchObject(want);
  });
});
