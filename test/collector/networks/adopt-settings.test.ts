import { describe, expect, it } from 'vitest';
import { type NetworkDefinition, networkDefinition } from '#collector/networks/network-definition.ts';
import { NetworkDesk } from '#collector/networks/network-desk.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import type { Store } from '#collector/store/store.ts';
import { ingestRig, MONDAY_MS } from '../ingest/reporting-machine.ts';

const DAY_MS = 86_400_000;

function networkOf(id: string, changes: Partial<NetworkDefinition> = {}): NetworkDefinition {
  return networkDefinition.parse({ id, name: id, kind: 'wan', targets: [`tcp://${id}.example.org:443`], ...changes });
}

/** Starts as a server does on a day, with a settings file. */
async function start(store: Store, settings: readonly NetworkDefinition[], day = 0): Promise<NetworkDesk> {
  const desk = new NetworkDesk({ store, settings, nowMs: () => MONDAY_MS + day * DAY_MS });
  await desk.adoptSettings();
  return desk;
}

describe('adoptSettings()', () => {
  it('writes down what differs, and nothing when the file says the same', async () => {
    const { store } = await ingestRig();
    const wan = networkOf('wan');
    const changed = networkOf('wan', { targets: ['tcp://192.0.2.7:443'] });
    await start(store, [wan, networkOf('internet')]);
    await start(store, [wan, networkOf('internet')], 1);
    await start(store, [changed], 2);
    const desk = await start(store, [changed, networkOf('internet')], 3);
    const at = (day: number) => desk.networksAt(MONDAY_MS + day * DAY_MS + 1);
    expect([-1, 0, 1, 2, 3].map((day) => at(day).map(({ id, targets: [first] }) => [id, first]))).toEqual([
      [],
      [
        ['wan', 'tcp://wan.example.org:443'],
        ['internet', 'tcp://internet.example.org:443'],
      ],
      [
        ['wan', 'tcp://wan.example.org:443'],
        ['internet', 'tcp://internet.example.org:443'],
      ],
      [['wan', 'tcp://192.0.2.7:443']],
      [
        ['wan', 'tcp://192.0.2.7:443'],
        ['internet', 'tcp://internet.example.org:443'],
      ],
    ]);
    const lines = (await store.audit.list({ limit: 9 })).toReversed();
    expect(lines.map(({ action, target, actor }) => [action, target, actor.name])).toEqual([
      ['network.add', 'wan', 'settings file'],
      ['network.add', 'internet', 'settings file'],
      ['network.set', 'wan', 'settings file'],
      ['network.remove', 'internet', 'settings file'],
      ['network.add', 'internet', 'settings file'],
    ]);
  });

  it('lets a network of the first start have stood since agents attempted it', async () => {
    const { store, intake, machine } = await ingestRig();
    const seen = await machine();
    const at = new Date(MONDAY_MS).toISOString();
    const place = { network: 'internet', target: 'tcp://192.0.2.1:443', firstSlot: Math.floor(MONDAY_MS / 300_000) };
    const counts = { slots: '0', attempts: 1, successes: 0, firstAt: at, lastAt: at };
    await intake.accept(await seen.report({ seq: 1, seen: {}, networks: [{ ...place, ...counts }] }));
    const internet = networkOf('internet', { kind: 'internet' });
    const desk = await start(store, [internet, networkOf('wan')], 10);
    expect([-1, 0, 10].map((day) => desk.networksAt(MONDAY_MS + day * DAY_MS).map(({ id }) => id))).toEqual([
      [],
      ['internet'],
      ['internet', 'wan'],
    ]);
  });

  it('refuses a file with a network that people made, and names it', async () => {
    const { store } = await ingestRig();
    await (await start(store, [])).add(COMMAND_LINE, networkOf('wan'));
    await expect(start(store, [networkOf('internet'), networkOf('wan')])).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('"networks": current value has "wan"'),
    });
    expect(await store.networks.after(1)).toEqual([]);
  });

  it('hands a network over to the file once people removed it, and the other way round', async () => {
    const { store } = await ingestRig();
    const made = await start(store, []);
    await made.add(COMMAND_LINE, networkOf('wan'));
    await made.remove(COMMAND_LINE, 'wan');
    const owned = await start(store, [networkOf('wan')]);
    expect(owned.list().map(({ origin }) => origin)).toEqual(['settings']);
    const freed = await start(store, []);
    await freed.add(COMMAND_LINE, networkOf('wan'));
    expect(freed.list().map(({ origin }) => origin)).toEqual(['people']);
  });

  it('refuses a file that is too much together with what people made', async () => {
    const { store } = await ingestRig();
    const many = Array.from({ length: 31 }, (_, index) => networkOf(`n${index + 10}`));
    await (await start(store, [])).set(COMMAND_LINE, many);
    await expect(start(store, [networkOf('a'), networkOf('b')])).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('has 33 networks, at most 32 are allowed'),
    });
  });
});
