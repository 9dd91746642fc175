import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#collector/periods/canonical-json.ts';
import { parseSealDocument, type SealDocument } from '#collector/periods/seal-document.ts';
import { linkOf, sealRecord, sha256Of } from '#collector/periods/seal-record.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { periodDesk, periodStore } from './period-rig.ts';

const OPERATOR = { kind: 'account', id: 'account-1', name: 'operator-1', role: 'operator' } as const;

/** Three sealed months, and a way to write past the guard of the table as somebody with the file could. */
async function sealedMonths() {
  const file = join(temporaryFolder(), 'tramdo.sqlite');
  const { desk } = periodDesk(await periodStore(file));
  for (const periodId of ['2026-07', '2026-08', '2026-09']) await desk.seal(OPERATOR, { periodId });
  const tamper = (statement: string, ...values: unknown[]) => {
    const database = new Sqlite(file);
    for (const change of ['update', 'delete']) database.exec(`drop trigger period_seals_refuse_${change}`);
    database.prepare(statement).run(...values);
    database.close();
  };
  return { desk, tamper };
}

/** Puts another document into seal 3 and makes record and hashes fit it, as a careful forger would. */
async function forge(
  { desk, tamper }: Awaited<ReturnType<typeof sealedMonths>>,
  change: (document: SealDocument) => SealDocument,
) {
  const { seal, text = '' } = await desk.read(OPERATOR, 3);
  const { hash: _hash, ...statement } = seal;
  const forged = canonicalJson(change(parseSealDocument(text)));
  const link = linkOf({ ...statement, contentHash: sha256Of(forged) });
  tamper(
    'update period_seals set document = ?, content_hash = ?, hash = ? where seq = 3',
    ...[zstdCompressSync(forged), link.contentHash, sealRecord.parse(link).hash],
  );
}

const problems = async ({ desk }: Awaited<ReturnType<typeof sealedMonths>>) =>
  (await desk.verify(OPERATOR)).seals.map(({ problem }) => problem);

describe('verifySeals()', () => {
  it('finds nothing wrong with what was sealed, and names version and newest hash', async () => {
    const { desk } = await sealedMonths();
    const newest = await desk.newest({ periodId: '2026-09' });
    const { seals, newestHash } = await desk.verify(OPERATOR);
    expect(newestHash).toBe(newest?.hash);
    expect(seals[0]).toEqual({
      seq: 1,
      periodId: '2026-07',
      setId: 'catalogue-2026',
      problem: undefined,
      softwareVersion: '0.1.0',
    });
    expect(seals.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
  });

  it('finds nothing in an empty chain', async () => {
    const { desk } = periodDesk(await periodStore());
    expect(await desk.verify(OPERATOR)).toEqual({ seals: [], newestHash: undefined });
  });

  it('names a record that was changed', async () => {
    const rig = await sealedMonths();
    rig.tamper(`update period_seals set note = 'đẹp' where seq = 2`);
    expect(await problems(rig)).toEqual([undefined, 'its record does not have the hash that it names', undefined]);
  });

  it('names a link that was taken out', async () => {
    const rig = await sealedMonths();
    rig.tamper('delete from period_seals where seq = 2');
    expect(await problems(rig)).toEqual([undefined, 'seal 2 is missing']);
  });

  it('names a document that was changed', async () => {
    const rig = await sealedMonths();
    rig.tamper('update period_seals set document = ? where seq = 1', zstdCompressSync('{}'));
    expect(await problems(rig)).toEqual(['its document does not have the hash that was sealed', undefined, undefined]);
  });

  it('names the first figure that does not come out, though every hash was made to fit', async () => {
    const rig = await sealedMonths();
    await forge(rig, (document) => ({
      ...document,
      results: document.results.map((result) =>
        result.indicatorId === 'antivirus' && result.scope === 'register'
          ? { ...result, a: 12, unknownCount: 0 }
          : result,
      ),
    }));
    expect(await problems(rig)).toEqual([
      undefined,
      undefined,
      'antivirus (register) is sealed as 12/12 and comes out as 2/12',
    ]);
  });

  it.each([
    {
      what: 'units',
      want: 'the units of antivirus do not come out as sealed',
      change: (document: SealDocument) => ({
        ...document,
        units: document.units.map((one) => (one.indicatorId === 'antivirus' ? { ...one, machines: [] } : one)),
      }),
    },
    {
      what: 'the set',
      want: 'Cannot use the sealed document as its set of indicators does not have its hash',
      change: (document: SealDocument) => ({ ...document, setHash: sha256Of('x') }),
    },
    {
      what: 'coverage',
      want: 'agencies-on-wan (register) does not come out as sealed: coverage 12/12 -> coverage 0/1',
      change: (document: SealDocument) => ({
        ...document,
        results: document.results.map((result) => ({
          ...result,
          coverage: { reportingCount: 12, registeredCount: 12 },
        })),
      }),
    },
    {
      what: 'the period',
      want: 'its document is of the period 2026-08',
      change: (document: SealDocument) => ({ ...document, period: { ...document.period, id: '2026-08' } }),
    },
  ])('names $what that was forged with fitting hashes', async ({ change, want }) => {
    const rig = await sealedMonths();
    await forge(rig, change);
    expect((await problems(rig))[2]).toBe(want);
  });
});
