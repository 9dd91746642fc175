import { describe, expect, it } from 'vitest';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { createJudge } from '#collector/ingest/judge.ts';
import { rejudgeDue, startEveryMinute } from '#collector/ingest/rejudge.ts';
import { AGENCY, FIREWALL_SEEN, ingestRig, MONDAY_MS } from './reporting-machine.ts';

const DAY_MS = 86_400_000;

describe('rejudgeDue()', () => {
  it('turns silence into other verdicts and a returning machine back', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const seen = { firewall: { value: FIREWALL_SEEN } };
    const verdictKey = async () =>
      (await rig.store.reports.standings([{ agencyCode: AGENCY, machineId: machine.machineId }])).get(machine.machineId)
        ?.verdictKey;
    await rig.intake.accept(await machine.report({ seq: 1, seen }));
    expect(await verdictKey()).toContain('agent-reporting=pass');
    const atMs = MONDAY_MS + 60 * DAY_MS;
    expect(await rejudgeDue(rig.store, rig.enrolment.judge, atMs)).toBe(1);
    expect(await verdictKey()).toContain('agent-reporting=fail');
    expect(await verdictKey()).toContain('firewall-on=unknown');
    const quiet = { firewall: { value: FIREWALL_SEEN, isQuiet: true } };
    await rig.intake.accept(await machine.report({ seq: 2, atMs, seen: quiet }));
    expect(await verdictKey()).toContain('agent-reporting=pass');
    expect(await verdictKey()).toContain('firewall-on=pass');
  });

  it('judges every machine again under another baseline, and then none', async () => {
    const rig = await ingestRig();
    for (const fingerprint of ['a', 'b', 'c']) await rig.machine(fingerprint);
    const other = createJudge({ ...DEFAULT_BASELINE, id: 'other' }, loadCatalogues());
    expect(await rejudgeDue(rig.store, other, MONDAY_MS)).toBe(3);
    expect(await rejudgeDue(rig.store, other, MONDAY_MS)).toBe(0);
  });
});

describe('startEveryMinute()', () => {
  it('tells of a run that failed and stops', async () => {
    const errors: unknown[] = [];
    const failure = new Error('no disk');
    const job = startEveryMinute(
      () => Promise.reject(failure),
      (error) => errors.push(error),
    );
    await job.stop();
    expect(errors).toEqual([failure]);
  });
});
