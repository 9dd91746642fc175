import { describe, expect, it } from 'vitest';
import { parseRegQuery, readDword } from '#agent/host/parse-reg-query.ts';

describe('parseRegQuery()', () => {
  it('reads values with blanks in their names, empty ones, and keys without values', () => {
    const output = [
      '',
      String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Example`,
      '    (Mặc định)    REG_SZ    (giá trị chưa đặt)',
      '    Proxy Enable    REG_DWORD    0x1',
      '    Empty    REG_SZ    ',
      '    Gone    REG_SZ',
      '    List    REG_MULTI_SZ    a\\0b',
      '',
      String.raw`HKEY_LOCAL_MACHINE\SOFTWARE\Example\Connections`,
      '',
    ].join('\r\n');
    expect(parseRegQuery(output)).toEqual({
      'HKEY_LOCAL_MACHINE\\SOFTWARE\\Example': {
        '(Mặc định)': '(giá trị chưa đặt)',
        'Proxy Enable': '0x1',
        Empty: '',
        Gone: '',
        List: 'a\\0b',
      },
    });
  });

  it('finds nothing in the words of an error', () => {
    expect(parseRegQuery('LỖI: Hệ thống không tìm thấy khóa.\r\n')).toEqual({});
  });
});

describe('readDword()', () => {
  it.each([
    ['0x0', 0],
    ['0x91', 145],
    ['1', undefined],
    [undefined, undefined],
  ])('reads %s as %s', (data, value) => {
    expect(readDword(data)).toBe(value);
  });
});
