import { describe, expect, it } from 'vitest';
import { dayNumber } from '#collector/catalogues/viet-nam-time.ts';
import { rejudgeDue } from '#collector/ingest/rejudge.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { AGENCY, FIREWALL_SEEN, type IngestRig, ingestRig, MONDAY_MS } from './reporting-machine.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function windowOf(slots: string, atMs: number, network = 'internet') {
  const at = new Date(atMs).toISOString();
  const successes = slots.replaceAll(/[^1]/g, '').length;
  const firstSlot = Math.floor(atMs / SLOT_MS) - slots.length + 1;
  const place = { network, target: 'tcp://192.0.2.1:443', firstSlot, slots };
  return { ...place, attempts: slots.length, successes, firstAt: at, lastAt: at };
}

async function groupOn({ store }: IngestRig, day: string) {
  const bounds = { reportingSinceMs: MONDAY_MS - 9 * HOUR_MS, silentSinceMs: 0, internetSinceDay: 0 };
  const [group] = await store.history.groupsAt(day, bounds);
  return group;
}

describe('recordStandings()', () => {
  it('keeps what a machine was on the day of its report, and what it became', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const seen = { firewall: { value: FIREWALL_SEEN } };
    await rig.intake.accept(await machine.report({ seq: 1, seen }));
    const off = { firewall: { value: { ...FIREWALL_SEEN, isOn: false, products: [] } } };
    await rig.intake.accept(await machine.report({ seq: 2, atMs: MONDAY_MS + 2 * DAY_MS, seen: off }));
    const verdicts = await Promise.all(
      ['2026-03-02', '2026-03-03', '2026-03-04'].map(async (day) => (await groupOn(rig, day))?.verdicts['firewall-on']),
    );
    expect(verdicts).toEqual(['pass', 'pass', 'fail']);
    expect(await groupOn(rig, '2026-03-01')).toBeUndefined();
  });

  it('writes nothing of a quiet report on a known day', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const seen = { firewall: { value: FIREWALL_SEEN } };
    await rig.intake.accept(await machine.report({ seq: 1, seen, networks: [windowOf('1', MONDAY_MS)] }));
    const spans = await rig.store.history.spansOf(machine.machineId, 9);
    const atMs = MONDAY_MS + HOUR_MS;
    const quiet = { firewall: { value: FIREWALL_SEEN, isQuiet: true } };
    const written: string[] = [];
    const { transaction } = rig.store;
    const watched = Object.assign(rig.store, {
      transaction: <Result>(work: (store: typeof rig.store) => Promise<Result>) =>
        transaction((store) =>
          work({
            ...store,
            history: {
              ...store.history,
              begin: async () => void written.push('begin'),
              addDays: async () => void written.push('addDays'),
            },
          }),
        ),
    });
    const report = await machine.report({ seq: 2, atMs, seen: quiet, networks: [windowOf('011', atMs)] });
    expect((await rig.intake.accept(report)).acceptedSeq).toBe(2);
    expect(written).toEqual([]);
    expect(await watched.history.spansOf(machine.machineId, 9)).toEqual(spans);
  });

  it('keeps the days on the Internet that an outbox brings late', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const late = { ...windowOf('0'.repeat(288), MONDAY_MS - 3 * DAY_MS), network: 'internet' };
    await rig.intake.accept(await machine.report({ seq: 1, networks: [windowOf('1', MONDAY_MS), late] }));
    expect((await groupOn(rig, '2026-03-02'))?.isOnInternet).toBe(true);
    const [standing] = (await rig.store.reports.standings([{ agencyCode: AGENCY, ...machine }])).values();
    expect([standing?.triedDay, standing?.onlineDay]).toEqual([dayNumber(MONDAY_MS), dayNumber(MONDAY_MS)]);
  });

  it('forgets what it noted while the clock of the collector was years ahead', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const wrongMs = MONDAY_MS + 1_500 * DAY_MS;
    const atMs = MONDAY_MS + HOUR_MS;
    await rig.intake.accept(await machine.report({ seq: 1, atMs: wrongMs, networks: [windowOf('1', wrongMs)] }));
    await rig.intake.accept(await machine.report({ seq: 2, atMs, networks: [windowOf('0', atMs)] }));
    const [standing] = (await rig.store.reports.standings([{ agencyCode: AGENCY, ...machine }])).values();
    expect(standing).toMatchObject({ lastSeenAtMs: atMs, triedDay: dayNumber(atMs), onlineDay: undefined });
    expect(await groupOn(rig, '2026-03-02')).toMatchObject({ machineCount: 1, isOnInternet: false });
  });

  it('begins a span when silence alone changes a verdict', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    await rig.intake.accept(await machine.report({ seq: 1 }));
    const atMs = MONDAY_MS + 60 * DAY_MS;
    await rejudgeDue(rig.store, rig.enrolment.judge, atMs);
    const [newest] = await rig.store.history.spansOf(machine.machineId, 1);
    expect(newest).toMatchObject({ agencyCode: AGENCY, fromMs: atMs });
    expect(newest?.verdictKey).toContain('agent-reporting=fail');
  });
});
