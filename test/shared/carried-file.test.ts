import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  CARRIED_LIMITS,
  keyWords,
  packCarriedFile,
  type ReportsFile,
  readCarriedFile,
  reportsSeal,
} from '#shared/carried-file.ts';

const MACHINE = '019cac00-0000-7000-8000-000000000005';
const FILE = {
  format: 'tramdo-carried-1',
  kind: 'reports',
  machineId: MACHINE,
  madeAt: '2026-03-02T02:00:00.000Z',
  reports: [{ seq: 1, body: '{"chữ":"Việt"}', signature: 'a..b' }],
  seal: 'c..d',
} as const;

const readable: ReportsFile = { ...FILE, reports: [...FILE.reports] };

describe('readCarriedFile()', () => {
  it('reads what packCarriedFile() wrote, and the same text uncompressed', async () => {
    expect(await readCarriedFile(packCarriedFile(readable))).toEqual(FILE);
    expect(await readCarriedFile(Buffer.from(JSON.stringify(FILE)))).toEqual(FILE);
  });

  it('refuses nonsense, other JSON, and a file that was cut short', async () => {
    const packed = packCarriedFile(readable);
    const refused = ['', 'nonsense', '{"kind":"reports"}', JSON.stringify({ ...FILE, format: 'x' })].map(Buffer.from);
    for (const bytes of [...refused, packed.subarray(0, packed.length - 10)]) {
      await expect(readCarriedFile(bytes)).rejects.toMatchObject({ code: 'CARRIED_FILE_INVALID' });
    }
  });

  it('refuses a file that is too large, and one that would grow too large', async () => {
    const large = Buffer.alloc(CARRIED_LIMITS.fileBytes + 1, 0x20);
    const bomb = gzipSync(Buffer.alloc(CARRIED_LIMITS.unpackedBytes + 1));
    for (const bytes of [large, bomb]) {
      await expect(readCarriedFile(bytes)).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' });
    }
  });

  it('refuses more reports than a file may hold', async () => {
    const reports = Array.from({ length: CARRIED_LIMITS.reportCount + 1 }, (_, index) => ({
      seq: index + 1,
      body: '{}',
      signature: 'a..b',
    }));
    await expect(readCarriedFile(packCarriedFile({ ...readable, reports }))).rejects.toMatchObject({
      code: 'CARRIED_FILE_INVALID',
    });
  });
});

describe('reportsSeal()', () => {
  it('changes with the machine, the instant, and every number and signature', () => {
    const other = (change: Partial<ReportsFile>) => reportsSeal({ ...readable, ...change }).toString();
    const texts = [
      other({}),
      other({ madeAt: '2026-03-02T02:00:01.000Z' }),
      other({ reports: [] }),
      other({ reports: [{ seq: 2, body: '', signature: 'a..b' }] }),
      other({ reports: [{ seq: 1, body: '', signature: 'a..c' }] }),
    ];
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe('keyWords()', () => {
  it('prints 96 bits of the thumbprint of RFC 7638 as six groups', () => {
    const key = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
    expect(keyWords(key)).toMatch(/^([0-9a-f]{4}-){5}[0-9a-f]{4}$/);
    expect(keyWords({ ...key, x: 'z'.repeat(43) })).not.toBe(keyWords(key));
  });
});
