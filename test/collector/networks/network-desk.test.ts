import { describe, expect, it } from 'vitest';
import { type NetworkDefinition, networkDefinition } from '#collector/networks/network-definition.ts';
import { NetworkDesk } from '#collector/networks/network-desk.ts';
import { forgetOld } from '#collector/operations/retention.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import type { Store } from '#collector/store/store.ts';
import { ingestRig, MONDAY_MS } from '../ingest/reporting-machine.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function networkOf(id: string, changes: Partial<NetworkDefinition> = {}): NetworkDefinition {
  return networkDefinition.parse({ id, name: id, kind: 'wan', targets: [`tcp://${id}.example.org:443`], ...changes });
}

/** A desk on the store of another one, or on one of its own, with a clock that the test sets. */
async function deskWith(settings: readonly NetworkDefinition[] = [], over?: Store) {
  const store = over ?? (await ingestRig()).store;
  const clock = { nowMs: MONDAY_MS };
  const desk = new NetworkDesk({ store, settings, nowMs: () => clock.nowMs });
  const actionsOf = async () =>
    (await store.audit.list({ limit: 50 }))
      .toReversed()
      .map(({ action, target, actor }) => [action, target, actor.name]);
  return { store, clock, desk, actionsOf };
}

const idsOf = (networks: readonly NetworkDefinition[]) => networks.map(({ id }) => id);

describe('NetworkDesk', () => {
  it('gives those of the settings in their order, then the others by id', async () => {
    const { desk } = await deskWith([networkOf('wan'), networkOf('internet')]);
    expect(idsOf(desk.current())).toEqual(['wan', 'internet']);
    await desk.adoptSettings();
    await desk.add(COMMAND_LINE, networkOf('xa'));
    await desk.add(COMMAND_LINE, networkOf('lan'));
    expect(desk.list().map(({ definition, origin, changedBy }) => [definition.id, origin, changedBy])).toEqual([
      ['wan', 'settings', 'settings file'],
      ['internet', 'settings', 'settings file'],
      ['lan', 'people', 'command line'],
      ['xa', 'people', 'command line'],
    ]);
  });

  it('knows what a network was at any time: added, replaced, removed and come back', async () => {
    const { desk, clock, actionsOf } = await deskWith();
    const first = networkOf('wan', { name: 'A' });
    const second = networkOf('wan', { name: 'B' });
    const third = networkOf('wan', { name: 'C', kind: 'tslcd' });
    await desk.add(COMMAND_LINE, first);
    clock.nowMs = MONDAY_MS + DAY_MS;
    await desk.replace(COMMAND_LINE, 'wan', second);
    clock.nowMs = MONDAY_MS + 2 * DAY_MS;
    await desk.remove(COMMAND_LINE, 'wan');
    clock.nowMs = MONDAY_MS + 3 * DAY_MS;
    await desk.add(COMMAND_LINE, third);
    const days = [-1, 0, 1, 2, 3].map((day) => desk.networksAt(MONDAY_MS + day * DAY_MS + HOUR_MS));
    expect(days).toEqual([[], [first], [second], [], [third]]);
    expect(await actionsOf()).toEqual([
      ['network.add', 'wan', 'command line'],
      ['network.set', 'wan', 'command line'],
      ['network.remove', 'wan', 'command line'],
      ['network.add', 'wan', 'command line'],
    ]);
  });

  it('takes in what was measured of a removed network for 35 days, and shows it no more', async () => {
    const { desk, clock } = await deskWith();
    await desk.add(COMMAND_LINE, networkOf('wan'));
    await desk.remove(COMMAND_LINE, 'wan');
    expect([desk.current(), [...desk.received().keys()]]).toEqual([[], ['wan']]);
    clock.nowMs = MONDAY_MS + 36 * DAY_MS;
    await desk.refresh();
    expect([...desk.received().keys()]).toEqual([]);
  });

  it('notices what another process did, and says so', async () => {
    const { desk, store } = await deskWith();
    const other = await deskWith([], store);
    const heard: string[][] = [];
    desk.onChange(async () => void heard.push(idsOf(desk.current())));
    await other.desk.add(COMMAND_LINE, networkOf('wan'));
    expect(desk.current()).toEqual([]);
    await desk.refresh();
    await desk.refresh();
    await other.desk.remove(COMMAND_LINE, 'wan');
    await desk.refresh();
    expect(heard).toEqual([['wan'], []]);
  });

  it('lets whoever changes them wait until all who listen have asked the store and know', async () => {
    const { desk, store } = await deskWith();
    const other = await deskWith([], store);
    await other.desk.add(COMMAND_LINE, networkOf('wan'));
    const heard: string[][] = [];
    desk.onChange(async () => {
      await store.networks.after(0);
      heard.push(idsOf(desk.current()));
    });
    await desk.add(COMMAND_LINE, networkOf('lan'));
    await expect(desk.add(COMMAND_LINE, networkOf('lan'))).rejects.toMatchObject({ code: 'NETWORK_EXISTS' });
    expect(heard).toEqual([['lan', 'wan']]);
  });

  it('writes into a change what another process did meanwhile', async () => {
    const { desk, store } = await deskWith();
    const other = await deskWith([], store);
    await other.desk.add(COMMAND_LINE, networkOf('wan'));
    await expect(desk.add(COMMAND_LINE, networkOf('wan'))).rejects.toMatchObject({ code: 'NETWORK_EXISTS' });
    await other.desk.remove(COMMAND_LINE, 'wan');
    await expect(desk.replace(COMMAND_LINE, 'wan', networkOf('wan'))).rejects.toMatchObject({
      code: 'NETWORK_UNKNOWN',
    });
  });

  it('refuses to change what stands in the settings file, also from a process that has another file', async () => {
    const { desk, store } = await deskWith([networkOf('wan')]);
    await desk.adoptSettings();
    const other = (await deskWith([], store)).desk;
    for (const one of [desk, other]) {
      const wanted = { code: 'NETWORK_IN_SETTINGS', message: expect.stringContaining('settings file') };
      await expect(one.add(COMMAND_LINE, networkOf('wan'))).rejects.toMatchObject(wanted);
      await expect(one.replace(COMMAND_LINE, 'wan', networkOf('wan'))).rejects.toMatchObject(wanted);
      await expect(one.remove(COMMAND_LINE, 'wan')).rejects.toMatchObject(wanted);
      expect(await one.set(COMMAND_LINE, [networkOf('wan', { name: 'B' })])).toMatchObject({
        problems: [{ network: 'wan', problem: expect.stringContaining('settings file') }],
      });
    }
    expect(desk.current()).toEqual([networkOf('wan')]);
  });

  it('lets nobody change them who is there for one agency alone', async () => {
    const { desk, store } = await deskWith();
    await desk.add(COMMAND_LINE, networkOf('wan'));
    const actor = { ...COMMAND_LINE, kind: 'account', agencyCode: 'H47.12' } as const;
    const wanted = { code: 'ACCESS_FORBIDDEN' };
    await expect(desk.add(actor, networkOf('lan'))).rejects.toMatchObject(wanted);
    await expect(desk.replace(actor, 'wan', networkOf('wan', { name: 'B' }))).rejects.toMatchObject(wanted);
    await expect(desk.set(actor, [networkOf('lan')])).rejects.toMatchObject(wanted);
    await expect(desk.remove(actor, 'wan')).rejects.toMatchObject(wanted);
    expect(await store.networks.after(1)).toEqual([]);
  });

  it('has room for 32 networks and for 64 targets', async () => {
    const { desk } = await deskWith([networkOf('wan')]);
    await desk.adoptSettings();
    const many = Array.from({ length: 31 }, (_, index) => networkOf(`n${index + 10}`));
    expect((await desk.set(COMMAND_LINE, many)).problems).toEqual([]);
    expect(desk.current()).toHaveLength(32);
    await expect(desk.add(COMMAND_LINE, networkOf('more'))).rejects.toMatchObject({
      code: 'NETWORK_INVALID',
      message: expect.stringContaining('has 33 networks, at most 32 are allowed'),
    });
    const targets = Array.from({ length: 8 }, (_, index) => `tcp://192.0.2.${index + 1}:443`);
    const wide = many.slice(0, 5).map(({ id }) => networkOf(id, { targets }));
    const refused = await desk.set(COMMAND_LINE, wide);
    expect(refused.problems).toMatchObject([{ network: '', problem: expect.stringContaining('has 67 targets') }]);
    expect(desk.find('n10').definition).toEqual(networkOf('n10'));
  });

  it('keeps all versions that past days need, however old they are', async () => {
    const { desk, store, clock } = await deskWith();
    await desk.add(COMMAND_LINE, networkOf('wan'));
    await desk.remove(COMMAND_LINE, 'wan');
    clock.nowMs = MONDAY_MS + 4_000 * DAY_MS;
    const kept = { keepObservationHistoryDays: 1, keepMachineEventDays: 1, keepMachineHistoryDays: 1 };
    await forgetOld({ store, kept, nowMs: clock.nowMs, pause: async () => {} });
    expect((await store.networks.after(0)).map(({ seq }) => seq)).toEqual([1, 2]);
  });
});
