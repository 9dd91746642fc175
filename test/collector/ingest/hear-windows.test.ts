import { describe, expect, it } from 'vitest';
import { dayNumber, isoDateOf } from '#collector/catalogues/viet-nam-time.ts';
import type { NetworkDay } from '#collector/store/network-day-store.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkPath } from '#shared/report.ts';
import { AGENCY, type IngestRig, ingestRig, MONDAY_MS, OFFICE, type ReportingMachine } from './reporting-machine.ts';

const DAY_MS = 86_400_000;
const HOME: NetworkPath = { interface: 'wlan0', source: '203.0.113.50/24', gateway: '203.0.113.1' };

function windowOf(slots: string, atMs: number, fields: { readonly target?: string; readonly path?: undefined } = {}) {
  const at = new Date(atMs).toISOString();
  const successes = slots.replaceAll(/[^1]/g, '').length;
  const firstSlot = Math.floor(atMs / SLOT_MS) - slots.length + 1;
  const place = { network: 'internet', target: 'tcp://192.0.2.1:443', firstSlot, slots };
  return { ...place, attempts: slots.length, successes, firstAt: at, lastAt: at, ...fields };
}

interface Sent {
  readonly machine: ReportingMachine;
  readonly seq: number;
  readonly windows: readonly ReturnType<typeof windowOf>[];
  readonly atMs?: number;
  readonly path?: NetworkPath;
}

async function send({ intake }: IngestRig, { machine, seq, windows, atMs = MONDAY_MS, path = OFFICE }: Sent) {
  const extra = { paths: [path] };
  await intake.accept(await machine.report({ seq, atMs, networks: windows, extra }));
}

async function dayOf({ store }: IngestRig, atMs = MONDAY_MS): Promise<NetworkDay | undefined> {
  const day = Math.floor(atMs / DAY_MS);
  const [found] = await store.networkDays.between(AGENCY, 'internet', { first: day, last: day });
  return found;
}

async function countsOf(rig: IngestRig, atMs = MONDAY_MS) {
  const day = await dayOf(rig, atMs);
  return { on: day?.on.countFrom(0) ?? 0, reached: day?.reached.countFrom(0) ?? 0 };
}

async function placesOf({ store }: IngestRig, atMs = MONDAY_MS) {
  const last = dayNumber(atMs);
  const seen = await store.places.seenBy(AGENCY, { first: last - 60, last });
  return seen.map(({ addressRange, dayCount }) => `${addressRange} ${dayCount}`).toSorted();
}

describe('hearWindows()', () => {
  it('counts a laptop at home for nobody while most machines are in the office', async () => {
    const rig = await ingestRig();
    const [a, b, laptop] = [await rig.machine('a'), await rig.machine('b'), await rig.machine('c')];
    for (const machine of [a, b]) await send(rig, { machine, seq: 1, windows: [windowOf('00', MONDAY_MS)] });
    await send(rig, { machine: laptop, seq: 1, windows: [windowOf('11', MONDAY_MS)], path: HOME });
    expect(await countsOf(rig)).toEqual({ on: 2, reached: 0 });
    expect(await placesOf(rig)).toEqual(['192.0.2.0/24 1', '192.0.2.0/24 1', '203.0.113.0/24 1']);
    const bounds = { reportingSinceMs: 0, silentSinceMs: 0, internetSinceDay: 0 };
    const groups = await rig.store.history.groupsAt(isoDateOf(MONDAY_MS), bounds);
    expect(groups.map(({ isOnInternet, machineCount }) => [isOnInternet, machineCount]).toSorted()).toEqual([
      [undefined, 1],
      [false, 2],
    ]);
  });

  it('counts a machine once in a slot in which it failed, however often it says so', async () => {
    const rig = await ingestRig();
    const [a, b] = [await rig.machine('a'), await rig.machine('b')];
    for (const seq of [1, 2, 3]) await send(rig, { machine: a, seq, windows: [windowOf('00', MONDAY_MS)] });
    await send(rig, { machine: b, seq: 1, windows: [windowOf('0', MONDAY_MS)] });
    const slot = Math.floor(MONDAY_MS / SLOT_MS) % 288;
    const counts = (await dayOf(rig))?.failedCounts;
    expect([counts?.at(slot - 1), counts?.at(slot)]).toEqual([1, 2]);
  });

  it('counts a second place once two machines were steadily there', async () => {
    const rig = await ingestRig();
    const office = [await rig.machine('a'), await rig.machine('b'), await rig.machine('c')];
    const branch = [await rig.machine('d'), await rig.machine('e')];
    for (const day of [0, 1, 2]) {
      const atMs = MONDAY_MS + day * DAY_MS;
      for (const machine of office) await send(rig, { machine, seq: day + 1, windows: [windowOf('0', atMs)], atMs });
      for (const machine of branch) {
        await send(rig, { machine, seq: day + 1, windows: [windowOf('1', atMs)], atMs, path: HOME });
      }
    }
    const lastMs = MONDAY_MS + 2 * DAY_MS;
    expect(await countsOf(rig, MONDAY_MS)).toEqual({ on: 1, reached: 0 });
    expect(await countsOf(rig, lastMs)).toEqual({ on: 1, reached: 0 });
    const [first] = branch;
    if (first !== undefined) {
      const atMs = lastMs + 600_000;
      await send(rig, { machine: first, seq: 4, windows: [windowOf('1', atMs)], atMs, path: HOME });
      expect(await countsOf(rig, atMs)).toEqual({ on: 2, reached: 1 });
    }
  });

  it('counts declared places only', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const place = { kind: 'place', agencyCode: AGENCY, itemId: 'home', range: '203.0.113.0/24' } as const;
    const item = { ...place, asOf: '2026-01-01', source: 'BC 1', hasEnded: false };
    await rig.store.register.save({ items: [item] });
    await send(rig, { machine, seq: 1, windows: [windowOf('1', MONDAY_MS)] });
    expect(await countsOf(rig)).toEqual({ on: 0, reached: 0 });
    await send(rig, { machine, seq: 2, windows: [windowOf('11', MONDAY_MS)], path: HOME });
    expect(await countsOf(rig)).toEqual({ on: 2, reached: 2 });
  });

  it('counts a window that does not say its way out for nobody', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    await send(rig, { machine, seq: 1, windows: [windowOf('11', MONDAY_MS, { path: undefined })] });
    expect([await countsOf(rig), await placesOf(rig)]).toEqual([{ on: 0, reached: 0 }, []]);
  });

  it('keeps every day on which a machine was at a place, also those told late, and takes them to another agency', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    const nowMs = MONDAY_MS + 31 * DAY_MS;
    await send(rig, { machine, seq: 1, windows: [windowOf('1', nowMs)], atMs: nowMs });
    const late = windowOf('1'.repeat(288), nowMs - 30 * DAY_MS);
    await send(rig, { machine, seq: 2, windows: [windowOf('1', nowMs + 60_000), late], atMs: nowMs });
    expect(await placesOf(rig, nowMs)).toEqual(['192.0.2.0/24 3']);
    await rig.store.agencies.add({ code: 'H47.13', nameVi: 'Sở Y tế', level: 'department' });
    const move = { machineId: machine.machineId, fromCode: AGENCY, toCode: 'H47.13', atMs: nowMs };
    await rig.store.machineMoves.move({ ...move, sinceMs: nowMs, movedBy: 'test' });
    expect(await placesOf(rig, nowMs)).toEqual([]);
    const last = dayNumber(nowMs);
    const days = { first: last - 29, last };
    expect((await rig.store.places.seenBy('H47.13', days)).map(({ dayCount }) => dayCount)).toEqual([1]);
    expect(await rig.store.places.forgetBefore('2026-04-01')).toBe(1);
  });

  it('takes a machine at its word for the time since it joined, and for nothing before', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    await send(rig, { machine, seq: 1, windows: [windowOf('1'.repeat(600), MONDAY_MS)] });
    // An hour before it joined is left to clocks that differ.
    expect(await countsOf(rig)).toEqual({ on: 13, reached: 13 });
    expect(await placesOf(rig)).toEqual(['192.0.2.0/24 1']);
  });

  it('takes a machine that was moved at its word for the time since then', async () => {
    const rig = await ingestRig();
    const machine = await rig.machine();
    await send(rig, { machine, seq: 1, windows: [windowOf('1', MONDAY_MS)] });
    await rig.store.agencies.add({ code: 'H47.13', nameVi: 'Sở Y tế', level: 'department' });
    const [sinceMs, atMs] = [MONDAY_MS + 2 * DAY_MS, MONDAY_MS + 2 * DAY_MS + 7_200_000];
    const move = { machineId: machine.machineId, fromCode: AGENCY, toCode: 'H47.13', atMs, sinceMs, movedBy: 'test' };
    await rig.store.machineMoves.move(move);
    await send(rig, { machine, seq: 2, windows: [windowOf('1'.repeat(200), atMs)], atMs });
    const day = Math.floor(atMs / DAY_MS);
    const [found] = await rig.store.networkDays.between('H47.13', 'internet', { first: day, last: day });
    // Two hours, and the one that is left to clocks that differ.
    expect([found?.on.countFrom(0), found?.reached.countFrom(0)]).toEqual([37, 37]);
    expect(await countsOf(rig, atMs)).toEqual({ on: 0, reached: 0 });
  });

  it('counts PCs that failed once each, and not those that reached another target of the network', async () => {
    const rig = await ingestRig();
    const [a, b] = [await rig.machine('a'), await rig.machine('b')];
    const other = { target: 'tcp://192.0.2.2:443' };
    const both = [windowOf('000', MONDAY_MS), windowOf('0.1', MONDAY_MS, other)];
    await send(rig, { machine: a, seq: 1, windows: both });
    await send(rig, { machine: b, seq: 1, windows: [windowOf('00.', MONDAY_MS)] });
    const slot = Math.floor(MONDAY_MS / SLOT_MS) % 288;
    const day = await dayOf(rig);
    expect([slot - 2, slot - 1, slot].map((one) => day?.failedCounts.at(one))).toEqual([2, 2, 0]);
    expect(await countsOf(rig)).toEqual({ on: 3, reached: 1 });
  });
});
