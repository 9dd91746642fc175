import { describe, expect, it } from 'vitest';
import { placeFigures } from '#collector/store/place-figures.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { AGENCY, ingestRig, MONDAY_MS } from '../ingest/reporting-machine.ts';

const WINDOW = { atMs: MONDAY_MS + 60_000, windowDays: 7 };

/** One slot of the Internet, reached. */
function windowOf() {
  const at = new Date(MONDAY_MS).toISOString();
  const place = { network: 'internet', target: 'tcp://192.0.2.1:443', firstSlot: Math.floor(MONDAY_MS / SLOT_MS) };
  return { ...place, slots: '1', attempts: 1, successes: 1, firstAt: at, lastAt: at };
}

function wayOut(source: string, gateway: string) {
  return { paths: [{ interface: 'eth0', source, gateway }] };
}

describe('placeFigures()', () => {
  it('names the place where most machines were, today and of a past day', async () => {
    const rig = await ingestRig();
    const ways = [
      wayOut('198.51.100.9/24', '198.51.100.1'),
      wayOut('192.0.2.20/24', '192.0.2.1'),
      wayOut('192.0.2.21/24', '192.0.2.1'),
    ];
    for (const [index, extra] of ways.entries()) {
      const machine = await rig.machine(`f${index}`, `pc-${index}`);
      await rig.intake.accept(await machine.report({ seq: 1, networks: [windowOf()], extra }));
    }
    const most = [{ agencyCode: AGENCY, mostMachinesAtPlace: 2, place: '192.0.2.0/24 192.0.2.1' }];
    expect(await placeFigures(rig.store, { ...WINDOW, isPast: false })).toEqual(most);
    expect(await placeFigures(rig.store, { ...WINDOW, isPast: true })).toEqual(most);
    expect(await placeFigures(rig.store, { ...WINDOW, atMs: MONDAY_MS - 86_400_000, isPast: false })).toEqual([]);
  });

  it('takes the first in code-point order of places that are equally busy', async () => {
    const rig = await ingestRig();
    for (const [index, source] of ['192.0.2.9', '192.0.2.20'].entries()) {
      const machine = await rig.machine(`f${index}`, `pc-${index}`);
      const extra = wayOut(`${source}/28`, index === 0 ? '192.0.2.1' : '192.0.2.17');
      await rig.intake.accept(await machine.report({ seq: 1, networks: [windowOf()], extra }));
    }
    const [figures] = await placeFigures(rig.store, { ...WINDOW, isPast: false });
    expect(figures).toEqual({ agencyCode: AGENCY, mostMachinesAtPlace: 1, place: '192.0.2.0/28 192.0.2.1' });
  });
});
