import { expect, it } from 'vitest';
import { linkOf, type SealRecord, type SealStatement, sha256Of } from '#collector/periods/seal-record.ts';
import { packDocument } from '#collector/store/period-store.ts';
import type { Store } from '#collector/store/store.ts';

const DOCUMENT = '{"kỳ":"2026-Q3"}';

function link(changes: Partial<SealStatement> = {}): SealRecord {
  return linkOf({
    seq: 1,
    periodId: '2026-Q3',
    setId: 'catalogue-2026',
    sealedAtMs: 1_000,
    sealedBy: { kind: 'account', id: 'account-1', name: 'operator-1' },
    contentHash: sha256Of(DOCUMENT),
    previousHash: '',
    ...changes,
  });
}

/** What every store must do for sealed periods. */
export function describePeriodStore(open: () => Promise<Store>): void {
  it('gives links and documents back, newest first, by period and set', async () => {
    const { periods } = await open();
    expect([await periods.newest(), await periods.find(1), await periods.document(1)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const packed = await packDocument(DOCUMENT);
    const first = link();
    const second = link({ seq: 2, setId: 'other', previousHash: first.hash, note: 'đã rà soát' });
    const third = link({ seq: 3, previousHash: second.hash, replacesSeq: 1, reason: 'thiếu 2 xã' });
    for (const one of [first, second, third]) await periods.append(one, packed);
    expect(await periods.newest()).toEqual(third);
    expect(await periods.find(2)).toEqual(second);
    expect(await periods.document(2)).toBe(DOCUMENT);
    expect(await periods.list({ limit: 2 })).toEqual([third, second]);
    expect(await periods.list({ setId: 'catalogue-2026', periodId: '2026-Q3', limit: 9 })).toEqual([third, first]);
    expect(await periods.list({ beforeSeq: 3, limit: 1 })).toEqual([second]);
    expect(await periods.list({ periodId: '2026', limit: 9 })).toEqual([]);
  });

  it('takes no second link behind one, no second correction of one and no other link under a number', async () => {
    const { periods } = await open();
    const packed = await packDocument(DOCUMENT);
    const first = link();
    const second = link({ seq: 2, previousHash: first.hash, replacesSeq: 1, reason: 'x' });
    for (const one of [first, second]) await periods.append(one, packed);
    const forks = [
      link({ seq: 3, previousHash: first.hash }),
      link({ seq: 3, previousHash: second.hash, replacesSeq: 1 }),
    ];
    for (const fork of forks) {
      await expect(periods.append(fork, packed)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    }
    await expect(periods.append(link({ seq: 2, previousHash: second.hash }), packed)).rejects.toThrow();
    expect(await periods.newest()).toEqual(second);
  });
}
