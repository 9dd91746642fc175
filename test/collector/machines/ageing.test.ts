import { describe, expect, it } from 'vitest';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { createJudge } from '#collector/ingest/judge.ts';
import { rejudgeDue } from '#collector/ingest/rejudge.ts';
import { Ageing } from '#collector/machines/ageing.ts';
import { AGENCY, ingestRig } from '../ingest/reporting-machine.ts';

const catalogues = loadCatalogues();
const TERMS = {
  calendar: catalogues.calendar,
  silentAfterWorkingDays: 3,
  lostAfterWorkingDays: 20,
  availabilityWindowDays: 7,
};

/** An instant in Viet Nam. */
function at(text: string): number {
  return Date.parse(`${text}:00+07:00`);
}

async function agedRig() {
  const rig = await ingestRig();
  const ageing = await Ageing.open(rig.store, TERMS);
  const judge = createJudge(DEFAULT_BASELINE, catalogues, () => ageing.calendar);
  const stateAt = async (atMs: number) => (await rig.store.figures.groups(ageing.boundsAt(atMs)))[0]?.state;
  const verdictAt = async (atMs: number, machineId: string) => {
    await rejudgeDue(rig.store, judge, atMs);
    const standings = await rig.store.reports.standings([{ agencyCode: AGENCY, machineId }]);
    return /agent-reporting=(\w+)/.exec(standings.get(machineId)?.verdictKey ?? '')?.[1];
  };
  return { rig, ageing, judge, stateAt, verdictAt };
}

describe('Ageing', () => {
  it('ages nobody over a silent week of Tết', async () => {
    const { rig, stateAt, verdictAt } = await agedRig();
    const { machineId } = await rig.machine();
    const [standing] = (await rig.store.reports.standings([{ agencyCode: AGENCY, machineId }])).values();
    if (standing === undefined) throw new TypeError('The machine has not joined');
    const lastSeenAtMs = at('2026-02-13T16:00');
    await rig.store.reports.saveStandings([{ ...standing, lastSeenAtMs, holdsUntilMs: 0 }]);
    const mornings = ['2026-02-16T08:00', '2026-02-20T08:00', '2026-02-23T08:00', '2026-02-25T08:00'];
    for (const morning of mornings) {
      expect([await stateAt(at(morning)), await verdictAt(at(morning), machineId)]).toEqual(['reporting', 'pass']);
    }
    const late = at('2026-02-26T08:00');
    expect([await stateAt(late), await verdictAt(late, machineId)]).toEqual(['silent', 'fail']);
  });

  it('stands still while no collector was there, and goes on afterwards', async () => {
    const { rig, ageing, stateAt, verdictAt } = await agedRig();
    const { machineId } = await rig.machine();
    await rig.intake.accept(await (await rig.machine()).report({ seq: 1, atMs: at('2026-03-03T16:00') }));
    await ageing.beat(at('2026-03-03T17:00'));
    const back = at('2026-03-16T08:00');
    expect(await stateAt(back)).toBe('silent');
    expect(await ageing.beat(back)).toEqual({ fromMs: at('2026-03-03T17:00'), toMs: back });
    expect([await stateAt(back), await verdictAt(back, machineId)]).toEqual(['reporting', 'pass']);
    const later = at('2026-03-20T08:00');
    expect([await stateAt(later), await verdictAt(later, machineId)]).toEqual(['silent', 'fail']);
  });

  it('judges machines again that failed before an absence was known', async () => {
    const { rig, ageing, verdictAt } = await agedRig();
    const { machineId } = await rig.machine();
    await ageing.beat(at('2026-03-02T17:00'));
    const morning = at('2026-03-06T09:30');
    expect(await verdictAt(morning, machineId)).toBe('fail');
    await ageing.beat(morning);
    expect(await verdictAt(morning, machineId)).toBe('pass');
  });

  it('hears of an absence that another collector noted', async () => {
    const { rig, ageing, judge } = await agedRig();
    const version = judge.version;
    const other = await Ageing.open(rig.store, TERMS);
    await other.beat(at('2026-03-02T07:00'));
    await other.beat(at('2026-03-02T12:00'));
    expect(judge.version).toBe(version);
    expect(await ageing.beat(at('2026-03-02T12:01'))).toBeUndefined();
    expect(judge.version).not.toBe(version);
  });

  it('has whole days as bounds at midnight', async () => {
    const { ageing } = await agedRig();
    expect(ageing.boundsAt(at('2026-03-07T00:00'))).toEqual({
      reportingSinceMs: at('2026-03-04T00:00'),
      silentSinceMs: at('2026-02-02T00:00'),
      internetSinceDay: 20_512,
    });
  });
});
