import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { canonicalJson } from '#collector/periods/canonical-json.ts';
import { linkOf, sha256Of } from '#collector/periods/seal-record.ts';
import { packDocument } from '#collector/store/period-store.ts';
import { group } from '../indicators/province.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { OCTOBER_MS, periodDesk, periodStore, quarterFacts } from './period-rig.ts';
import { randomFacts } from './random-facts.ts';

const OPERATOR = { kind: 'account', id: 'account-1', name: 'operator-1', role: 'operator' } as const;
const QUARTER = { periodId: '2026-Q3' };

describe('PeriodDesk.draft()', () => {
  it('warns of what stands in the way of calling the figures final', async () => {
    const { desk } = periodDesk(await periodStore(), { countConflicts: async () => 2 });
    const { warnings, sealed, previous, document } = await desk.draft(OPERATOR, QUARTER);
    expect(warnings.map(({ code, count }) => ({ code, count }))).toEqual([
      { code: 'conflicts-open', count: 2 },
      { code: 'coverage-low', count: expect.any(Number) },
      { code: 'numbers-missing', count: 1 },
    ]);
    expect(warnings.find(({ code }) => code === 'numbers-missing')?.about).toEqual(['H47.02']);
    expect([sealed, previous, document.isPeriodOver]).toEqual([undefined, undefined, true]);
  });

  it('computes a running period as of now, and refuses one that has not begun', async () => {
    const { desk } = periodDesk(await periodStore());
    const { document, warnings } = await desk.draft(OPERATOR, { periodId: '2026' });
    expect([document.day, document.atMs, document.isPeriodOver]).toEqual(['2026-10-01', OCTOBER_MS, false]);
    expect(warnings.map(({ code }) => code)).toContain('period-running');
    await expect(desk.draft(OPERATOR, { periodId: '2026-11' })).rejects.toMatchObject({ code: 'PERIOD_NOT_ENDED' });
  });

  it('shows what changed since the former seal of the period and since the period before', async () => {
    const { desk, live } = periodDesk(await periodStore());
    await desk.seal(OPERATOR, { periodId: '2026-08' });
    await desk.seal(OPERATOR, { periodId: '2026-09' });
    live.facts = quarterFacts({ groups: [group({ machineCount: 3, machineIds: ['a', 'b', 'c'] })] });
    const { sealed, previous } = await desk.draft(OPERATOR, { periodId: '2026-09' });
    expect([sealed?.seal.seq, previous?.seal.seq]).toEqual([2, 1]);
    const coverage = { reportingCount: 3, registeredCount: 12 };
    const unchanged = { b: 12, unknownCount: 9, agencyCount: 1, missingCount: 0, coverage, isProvisional: true };
    expect(
      sealed?.differences.find(({ indicatorId, scope }) => indicatorId === 'antivirus' && scope === 'agency'),
    ).toEqual({
      indicatorId: 'antivirus',
      scope: 'agency',
      agencyCode: 'H47.02',
      level: 'department',
      before: { a: 2, ...unchanged },
      after: { a: 3, ...unchanged },
    });
  });
});

describe('PeriodDesk.seal()', () => {
  it('seals once, with the document whose hash is named, and writes it down in the audit log', async () => {
    const store = await periodStore();
    const { desk } = periodDesk(store);
    const { contentHash } = await desk.draft(OPERATOR, QUARTER);
    const seal = await desk.seal(OPERATOR, { ...QUARTER, note: 'báo cáo quý', contentHash: contentHash ?? '' });
    expect(seal).toMatchObject({ seq: 1, periodId: '2026-Q3', setId: 'catalogue-2026', previousHash: '', contentHash });
    const { text = '' } = await desk.read(OPERATOR, 1);
    expect(sha256Of(text)).toBe(contentHash);
    expect(await store.audit.list({ limit: 9 })).toMatchObject([
      { action: 'period.seal', target: '2026-Q3', actor: { name: 'operator-1' }, detail: { seq: 1, hash: seal.hash } },
    ]);
    await expect(desk.seal(OPERATOR, QUARTER)).rejects.toMatchObject({
      code: 'PERIOD_SEALED',
      message: expect.stringContaining('name seal 1'),
    });
  });

  it('corrects by a new seal that names the newest one and a reason', async () => {
    const { desk } = periodDesk(await periodStore());
    const first = await desk.seal(OPERATOR, QUARTER);
    const correction = { ...QUARTER, correctsSeq: 1, reason: 'bổ sung 2 xã' };
    await expect(desk.seal(OPERATOR, { ...correction, reason: ' ' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
    const second = await desk.seal(OPERATOR, correction);
    expect(second).toMatchObject({ seq: 2, replacesSeq: 1, reason: 'bổ sung 2 xã', previousHash: first.hash });
    await expect(desk.seal(OPERATOR, correction)).rejects.toMatchObject({ code: 'PERIOD_SEALED' });
    await expect(desk.seal(OPERATOR, { periodId: '2026-07', correctsSeq: 1, reason: 'x' })).rejects.toMatchObject({
      code: 'SEAL_UNKNOWN',
    });
    expect(await desk.newest(QUARTER)).toEqual(second);
  });

  it('refuses a period under way, figures that changed since the review, and whoever sees only a part', async () => {
    const { desk, live } = periodDesk(await periodStore());
    const { contentHash } = await desk.draft(OPERATOR, QUARTER);
    live.facts = quarterFacts({ groups: [] });
    await expect(desk.seal(OPERATOR, { ...QUARTER, contentHash: contentHash ?? '' })).rejects.toMatchObject({
      code: 'PERIOD_CHANGED',
    });
    await expect(desk.seal(OPERATOR, { periodId: '2026' })).rejects.toMatchObject({ code: 'PERIOD_NOT_ENDED' });
    live.nowMs = Date.parse('2026-09-30T16:59:59.999Z');
    await expect(desk.seal(OPERATOR, QUARTER)).rejects.toMatchObject({ code: 'PERIOD_NOT_ENDED' });
    live.nowMs = OCTOBER_MS;
    const partial = { ...OPERATOR, agencyCode: 'H47.02' };
    await expect(desk.seal(partial, QUARTER)).rejects.toMatchObject({ code: 'ACCESS_FORBIDDEN' });
    expect(await desk.list({ limit: 1 })).toEqual([]);
  });

  it('makes one chain of seals that two stores set at once, and only one seal of one period', async () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    const desks = [periodDesk(await periodStore(file)).desk, periodDesk(await periodStore(file)).desk];
    const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
    const outcomes = await Promise.allSettled(
      [...months, '2026-06'].map((periodId, index) => desks[index % 2]?.seal(OPERATOR, { periodId })),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'PERIOD_SEALED' } },
    ]);
    const { seals } = (await desks[0]?.verify(OPERATOR)) ?? { seals: [] };
    expect(seals.map(({ seq, problem }) => ({ seq, problem }))).toEqual(
      months.map((_, index) => ({ seq: index + 1, problem: undefined })),
    );
  });
});

describe('PeriodDesk.compare()', () => {
  it('finds a sealed period the same byte by byte while the stored facts are, also under later software', async () => {
    const store = await periodStore();
    await fc.assert(
      fc.asyncProperty(randomFacts, async (facts) => {
        const { desk, live } = periodDesk(store);
        live.facts = facts;
        const present = await desk.newest(QUARTER);
        const correction = present === undefined ? {} : { correctsSeq: present.seq, reason: 'x' };
        const seal = await desk.seal(COMMAND_LINE, { ...QUARTER, ...correction });
        const later = periodDesk(store, { softwareVersion: '9.0.0' });
        later.live.facts = { ...facts, groups: facts.groups.toReversed() };
        expect(await later.desk.compare(OPERATOR, seal.seq)).toEqual({
          seal,
          isSame: true,
          isOtherSet: false,
          changedParts: [],
          differences: [],
          sealedVersion: '0.1.0',
          softwareVersion: '9.0.0',
        });
      }),
      { numRuns: 15 },
    );
  });

  it('takes no other wording of the method for other figures', async () => {
    const store = await periodStore();
    const { desk } = periodDesk(store);
    const { document } = await desk.draft(COMMAND_LINE, QUARTER);
    const text = canonicalJson({ ...document, method: { rules: [{ vi: 'cũ', en: 'old' }], formulas: [] } });
    const contentHash = sha256Of(text);
    const { kind, id, name } = COMMAND_LINE;
    const named = { seq: 1, periodId: '2026-Q3', setId: 'catalogue-2026', sealedAtMs: OCTOBER_MS, previousHash: '' };
    await store.periods.append(
      linkOf({ ...named, sealedBy: { kind, id, name }, contentHash }),
      await packDocument(text),
    );
    expect(await desk.compare(OPERATOR, 1)).toMatchObject({ isSame: true, differences: [] });
  });

  it('names what is not as sealed though every figure is', async () => {
    const { desk, live } = periodDesk(await periodStore());
    await desk.seal(OPERATOR, QUARTER);
    const { register, ...rest } = live.facts;
    const agencies = register.agencies.map((agency) => ({ ...agency, nameVi: `${agency.nameVi} khác` }));
    live.facts = { ...rest, register: { ...register, agencies } };
    expect(await desk.compare(OPERATOR, 1)).toMatchObject({
      isSame: false,
      changedParts: ['facts.register'],
      differences: [],
    });
    live.facts = { ...live.facts, register, indexSet: { ...live.facts.indexSet, minimumCoverageRatio: 0 } };
    expect(await desk.compare(OPERATOR, 1)).toMatchObject({
      isSame: false,
      isOtherSet: true,
      changedParts: ['facts.indexSet'],
    });
  });

  it('names the figures that would come out otherwise today', async () => {
    const { desk, live } = periodDesk(await periodStore());
    await desk.seal(OPERATOR, QUARTER);
    live.facts = quarterFacts({ groups: [group({ machineIds: ['a'] })] });
    const { isSame, changedParts, differences } = await desk.compare(OPERATOR, 1);
    expect({ isSame, changedParts }).toEqual({ isSame: false, changedParts: ['facts.groups', 'results', 'units'] });
    expect(
      differences.find(({ indicatorId, scope }) => indicatorId === 'antivirus' && scope === 'register'),
    ).toMatchObject({
      before: { a: 2, b: 12 },
      after: { a: 1, b: 12 },
    });
    await expect(desk.compare(OPERATOR, 9)).rejects.toMatchObject({ code: 'SEAL_UNKNOWN' });
  });
});
