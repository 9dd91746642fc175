import { describe, expect, it } from 'vitest';
import { detectFileKind } from '#collector/register/import/detect-file-kind.ts';

const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);

function kindOf(bytes: Buffer): unknown {
  try {
    return detectFileKind(bytes);
  } catch (error) {
    return error;
  }
}

describe('detectFileKind()', () => {
  it('takes text for CSV and an archive for a workbook', () => {
    expect(detectFileKind(Buffer.from('Mã;Tên\n'))).toBe('csv');
    expect(detectFileKind(Buffer.from('PK\u0003\u0004…'))).toBe('xlsx');
  });

  it.each([
    { bytes: Buffer.alloc(0), want: { code: 'file-empty' } },
    { bytes: COMPOUND, want: { code: 'file-kind', params: { kind: 'XLS (Excel 97-2003)' } } },
    {
      bytes: Buffer.concat([COMPOUND, Buffer.from('EncryptedPackage', 'utf16le')]),
      want: { code: 'file-encrypted' },
    },
    { bytes: Buffer.from('%PDF-1.7'), want: { params: { kind: 'PDF' } } },
    { bytes: Buffer.from('<html><table>'), want: { params: { kind: 'HTML' } } },
    { bytes: Buffer.from('\uFEFF<?xml version="1.0"?>'), want: { params: { kind: 'XML' } } },
    { bytes: Buffer.from('{"a":1}'), want: { params: { kind: 'JSON' } } },
    { bytes: Buffer.from([0x1f, 0x8b, 8, 0]), want: { params: { kind: 'gzip' } } },
  ])('refuses $want', ({ bytes, want }) => {
    expect(kindOf(bytes)).toMatchObject(want);
  });
});
