import { describe, expect, it } from 'vitest';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { loadSettings } from '#collector/config.ts';
import { IndicatorDesk } from '#collector/indicators/indicator-desk.ts';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { Ageing } from '#collector/machines/ageing.ts';
import { NetworkDesk } from '#collector/networks/network-desk.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { RegisterDesk } from '#collector/register/register-desk.ts';
import { AGENCY, FIREWALL_SEEN, ingestRig, MONDAY_MS } from '../ingest/reporting-machine.ts';

const DAY_MS = 86_400_000;

const NETWORKS = JSON.stringify([
  { id: 'internet', name: 'Internet', kind: 'internet', targets: ['tcp://192.0.2.1:443'] },
]);

/** A desk over a store in which one desktop reported on Monday, 2 March 2026, at 9 in the morning. */
async function rig() {
  const ingest = await ingestRig();
  const machine = await ingest.machine();
  const at = new Date(MONDAY_MS).toISOString();
  const place = {
    network: 'internet',
    target: 'tcp://192.0.2.1:443',
    firstSlot: Math.floor(MONDAY_MS / 300_000),
    slots: '1',
  };
  const rtt = { minMs: 9, medianMs: 10, p95Ms: 11, maxMs: 12, histogram: { 24: 1 } };
  await ingest.intake.accept(
    await machine.report({
      seq: 1,
      seen: {
        hardware: { value: { kind: 'desktop', memoryBytes: 8e9, disks: [] } },
        firewall: { value: FIREWALL_SEEN },
      },
      networks: [{ ...place, attempts: 1, successes: 1, rtt, firstAt: at, lastAt: at }],
    }),
  );
  const { store } = ingest;
  const clock = { nowMs: MONDAY_MS + 60_000 };
  const nowMs = () => clock.nowMs;
  const settings = loadSettings(undefined, { TRAMDO_NETWORKS: NETWORKS });
  const catalogues = loadCatalogues();
  const register = new RegisterDesk({ store, nowMs });
  const declared = { agencyCode: AGENCY, subject: 'computers', value: 4, asOf: '2026-03-01', source: 'BC 1' } as const;
  await store.agencies.declare(declared);
  const ageing = await Ageing.open(store, { ...settings, calendar: catalogues.calendar });
  const networks = new NetworkDesk({ store, settings: settings.networks, nowMs });
  const desk = new IndicatorDesk({
    store,
    register,
    catalogues,
    settings,
    networks,
    indexSets: INDEX_SETS,
    defaultSetId: 'catalogue-2026',
    boundsAt: (atMs) => ageing.boundsAt(atMs),
    nowMs,
  });
  return { desk, clock, register, networks, machineId: machine.machineId };
}

async function pairOf(desk: IndicatorDesk, indicatorId: string, day?: string) {
  const { results } = await desk.results({ day, indicatorId, scopes: ['register'] });
  return results.map(({ a, b, unknownCount }) => [a, b, unknownCount]);
}

describe('IndicatorDesk', () => {
  it('gives the figures of now from the current state', async () => {
    const { desk } = await rig();
    expect([await pairOf(desk, 'firewall'), await pairOf(desk, 'computers-on-internet')]).toEqual([
      [[1, 4, 3]],
      [[1, 4, 3]],
    ]);
  });

  it('gives the figures of a past day as it stood at its end, whatever happened since', async () => {
    const { desk, clock } = await rig();
    const today = await desk.snapshot();
    clock.nowMs += 40 * DAY_MS;
    const past = await desk.snapshot(undefined, '2026-03-02');
    expect([past.day, past.atMs, past.results]).toEqual([
      '2026-03-02',
      Date.parse('2026-03-03T00:00:00+07:00'),
      today.results,
    ]);
    expect([await pairOf(desk, 'firewall', '2026-03-01'), await pairOf(desk, 'firewall')]).toEqual([
      [[0, 4, 4]],
      [[0, 4, 4]],
    ]);
  });

  it('uses for a past day the networks of its end, and for now those that stand now', async () => {
    const { desk, clock, networks } = await rig();
    await networks.adoptSettings();
    clock.nowMs += DAY_MS;
    const wan = { id: 'wan', name: 'WAN', kind: 'wan', targets: ['tcp://192.0.2.9:443'] };
    await networks.set(COMMAND_LINE, [wan]);
    clock.nowMs += DAY_MS;
    await networks.remove(COMMAND_LINE, 'wan');
    await networks.set(COMMAND_LINE, [{ ...wan, id: 'xa', kind: 'tslcd' }]);
    const seenOn = async (day?: string) => (await desk.facts(undefined, day)).networks.map(({ network }) => network);
    expect([await seenOn('2026-03-02'), await seenOn('2026-03-03'), await seenOn()]).toEqual([
      ['internet'],
      ['internet', 'wan'],
      ['internet', 'xa'],
    ]);
  });

  it('gives a snapshot whose facts lead from each figure to its machines', async () => {
    const { desk, machineId } = await rig();
    const { groups } = await desk.snapshot();
    expect(groups.map(({ machineIds }) => machineIds)).toEqual([[machineId]]);
    const { counted, unknown } = await desk.units({ indicatorId: 'firewall', scope: 'agency', agencyCode: AGENCY });
    expect([counted.map(({ id }) => id), unknown.map(({ id, count }) => [id, count])]).toEqual([
      [machineId],
      [['computers', 3]],
    ]);
  });

  it('uses the facts of a moment for the questions of that moment, and no longer', async () => {
    const { desk, clock, register } = await rig();
    expect(await pairOf(desk, 'firewall')).toEqual([[1, 4, 3]]);
    await register.declare(COMMAND_LINE, AGENCY, {
      numbers: [{ agencyCode: AGENCY, subject: 'computers', value: 9, asOf: '2026-03-02', source: 'BC 2' }],
    });
    clock.nowMs += 3_000;
    expect(await pairOf(desk, 'firewall')).toEqual([[1, 9, 8]]);
  });

  it('gives the figures of the new day from midnight on', async () => {
    const { desk, clock } = await rig();
    clock.nowMs = Date.parse('2026-03-02T23:59:59.500+07:00');
    const before = await desk.results({});
    clock.nowMs += 1_000;
    const after = [await desk.results({}), await desk.results({ day: '2026-03-03' })];
    expect([before, ...after].map(({ day }) => day)).toEqual(['2026-03-02', '2026-03-03', '2026-03-03']);
  });

  it('refuses a day of which machines may have been forgotten rather than count fewer of them', async () => {
    const { desk, clock } = await rig();
    clock.nowMs += 760 * DAY_MS;
    expect(await pairOf(desk, 'firewall', '2026-03-02')).toEqual([[1, 4, 3]]);
    clock.nowMs += 100 * DAY_MS;
    await expect(desk.results({ day: '2026-03-02' })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('counts the kinds of machine that the settings name', async () => {
    const { desk } = await rig();
    const kinds = desk.indexSet('ict-index-2017').indicators.map(({ countedKinds }) => countedKinds.join(' '));
    expect(new Set(kinds)).toEqual(new Set(['desktop laptop']));
  });

  it.each([
    { what: 'a set that is not there', query: { setId: 'moon' }, code: 'INDEX_SET_UNKNOWN' },
    { what: 'an indicator that is not there', query: { indicatorId: 'moon' }, code: 'INDICATOR_UNKNOWN' },
    {
      what: 'an indicator before it was in force',
      query: { indicatorId: 'firewall', day: '2025-12-31' },
      code: 'INDICATOR_UNKNOWN',
    },
    { what: 'an agency that is not there', query: { agencyCode: 'H99' }, code: 'AGENCY_UNKNOWN' },
    { what: 'a day to come', query: { day: '2026-03-03' }, code: 'REQUEST_INVALID' },
  ])('refuses $what', async ({ query, code }) => {
    const { desk } = await rig();
    await expect(desk.results(query)).rejects.toMatchObject({ code });
  });

  it('refuses units of what is not there', async () => {
    const { desk } = await rig();
    const ask = (indicatorId: string, agencyCode: string) => desk.units({ indicatorId, scope: 'agency', agencyCode });
    await expect(ask('moon', AGENCY)).rejects.toMatchObject({ code: 'INDICATOR_UNKNOWN' });
    await expect(ask('firewall', 'H99')).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
  });
});
