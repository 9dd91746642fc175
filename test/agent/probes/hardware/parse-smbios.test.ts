import { describe, expect, it } from 'vitest';
import { parseSmbios } from '#agent/probes/hardware/parse-smbios.ts';
import { buildSmbiosTable } from '../../../tools/smbios-table.ts';

const TEXTS = {
  maker: 'Dell Inc.',
  product: 'OptiPlex 7080',
  systemSerial: 'DOC0001',
  systemUuid: '00112233-4455-6677-8899-aabbccddeeff',
  boardSerial: 'BOARD1',
  chassisSerial: 'CASE1',
};
const FOUND = {
  systemUuid: '00112233-4455-6677-8899-aabbccddeeff',
  systemSerial: 'DOC0001',
  boardSerial: 'BOARD1',
  chassisSerial: 'CASE1',
};
const NOTHING = { systemUuid: undefined, systemSerial: undefined, boardSerial: undefined, chassisSerial: undefined };
const HEAD_BYTES = 8;

describe('parseSmbios()', () => {
  it('reads a table as Windows keeps it', () => {
    expect(parseSmbios(buildSmbiosTable(TEXTS))).toEqual(FOUND);
  });

  it('reads a table without the head of Windows', () => {
    expect(parseSmbios(buildSmbiosTable(TEXTS).subarray(HEAD_BYTES))).toEqual(FOUND);
  });

  it('reads the UUID of a table before 2.6 as it is written, as Linux does', () => {
    const table = buildSmbiosTable(TEXTS);
    table.set([2, 4], 1);
    expect(parseSmbios(table).systemUuid).toBe('33221100-5544-7766-8899-aabbccddeeff');
  });

  it('stores the first three fields of the UUID with the lowest byte first (7.2.1)', () => {
    const table = buildSmbiosTable(TEXTS);
    expect(table.subarray(HEAD_BYTES + 8, HEAD_BYTES + 24).toString('hex')).toBe('33221100554477668899aabbccddeeff');
  });

  it('keeps what stands before the place where a table breaks off', () => {
    const table = buildSmbiosTable(TEXTS).subarray(HEAD_BYTES);
    const board = table.indexOf('BOARD1');
    expect(parseSmbios(table.subarray(0, board))).toEqual({
      ...NOTHING,
      ...FOUND,
      boardSerial: undefined,
      chassisSerial: undefined,
    });
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(64)],
    ['noise', Buffer.from('c0ffee'.repeat(20), 'hex')],
  ])('finds nothing in %s', (_, bytes) => {
    expect(parseSmbios(bytes)).toEqual(NOTHING);
  });
});
