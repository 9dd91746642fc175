import { describe, expect, it } from 'vitest';
import { AgencyTargets } from '#collector/connectivity/agency-targets.ts';
import { networkDefinition } from '#collector/networks/network-definition.ts';
import type { Store } from '#collector/store/store.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { AGENCY, ingestRig, MONDAY_MS, temporaryStore } from '../ingest/reporting-machine.ts';

const TARGET = 'https://192.0.2.1/';
const NETWORKS = new Map([
  ['internet', networkDefinition.parse({ id: 'internet', name: 'Internet', kind: 'internet', targets: [TARGET] })],
]);

function windowOf(slots: string, atMs: number, fields: { readonly target?: string; readonly status?: number } = {}) {
  const at = new Date(atMs).toISOString();
  const firstSlot = Math.floor(atMs / SLOT_MS) - slots.length + 1;
  const successes = slots.replaceAll(/[^1]/g, '').length;
  const place = { network: 'internet', target: TARGET, firstSlot, slots };
  return { ...place, attempts: slots.length, successes, firstAt: at, lastAt: at, ...fields };
}

function sightOf(...[slots, newestAtMs, fields]: Parameters<typeof windowOf>) {
  const window = windowOf(slots, newestAtMs, fields);
  return { agencyCode: AGENCY, window, firstSlot: window.firstSlot, newestAtMs };
}

async function stored({ agencyTargets }: Store) {
  return (await agencyTargets.list(AGENCY)).map(({ target, newestAtMs, status }) => ({
    target,
    status,
    minute: (newestAtMs - MONDAY_MS) / 60_000,
  }));
}

describe('AgencyTargets', () => {
  it('writes what people see otherwise, and the rest once an hour', async () => {
    const store = await temporaryStore();
    const targets = new AgencyTargets();
    const seen: unknown[] = [];
    const steps = [
      { minute: 0, status: 200 },
      { minute: 15, status: 200 },
      { minute: 30, status: 503 },
      { minute: 89, status: 503 },
      { minute: 90, status: 503 },
    ];
    for (const { minute, status } of steps) {
      const sight = sightOf('111', MONDAY_MS + minute * 60_000, { status });
      (await targets.note(store, [sight], NETWORKS))();
      seen.push(...(await stored(store)).map((one) => [one.minute, one.status]));
    }
    expect(seen).toEqual([
      [0, 200],
      [0, 200],
      [30, 503],
      [30, 503],
      [90, 503],
    ]);
  });

  it('goes on from what is stored after a restart, and forgets what is old', async () => {
    const store = await temporaryStore();
    (await new AgencyTargets().note(store, [sightOf('1', MONDAY_MS, { status: 200 })], NETWORKS))();
    (await new AgencyTargets().note(store, [sightOf('1', MONDAY_MS + 60_000, { status: 200 })], NETWORKS))();
    expect(await stored(store)).toEqual([{ target: TARGET, minute: 0, status: 200 }]);
    await store.agencyTargets.forgetBefore(MONDAY_MS + 1);
    expect(await stored(store)).toEqual([]);
  });

  it('remembers nothing of a batch that was not kept', async () => {
    const store = await temporaryStore();
    const targets = new AgencyTargets();
    const sight = sightOf('1', MONDAY_MS, { status: 200 });
    const lost = store.transaction(async (transaction) => {
      await targets.note(transaction, [sight], NETWORKS);
      throw new RangeError('lost');
    });
    await expect(lost).rejects.toThrow('lost');
    (await targets.note(store, [sight], NETWORKS))();
    expect(await stored(store)).toEqual([{ target: TARGET, minute: 0, status: 200 }]);
  });

  it('takes targets of the plan alone from reports', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const networks = [
      windowOf('1', MONDAY_MS, { target: 'tcp://192.0.2.1:443' }),
      windowOf('1', MONDAY_MS, { target: 'x' }),
    ];
    await rig.intake.accept(await machine.report({ seq: 1, networks }));
    expect((await stored(rig.store)).map(({ target }) => target)).toEqual(['tcp://192.0.2.1:443']);
  });
});
