import { expect, it } from 'vitest';
import type { NetworkDay } from '#collector/store/network-day-store.ts';
import { MOST_PLACES } from '#collector/store/place-store.ts';
import { RttCounts } from '#collector/store/rtt-counts.ts';
import { SlotCounts } from '#collector/store/slot-counts.ts';
import { SlotSet } from '#collector/store/slot-set.ts';
import type { Store } from '#collector/store/store.ts';

const KEY = { agencyCode: 'H47.12', machineId: 'm-1' };
const PLACE = { addressRange: '192.0.2.0/24', gateway: '192.0.2.1' };
/** 28 February 2026, the last day of its month, as dayNumber of viet-nam-time.ts. */
const FEBRUARY_28 = 20_512;

async function withAgency(open: () => Promise<Store>): Promise<Store> {
  const store = await open();
  await store.agencies.add({ code: 'H47.12', nameVi: 'Sở Tài chính', level: 'department' });
  return store;
}

/** Days, places, receipts and targets of any store. */
export function describeConnectivity(open: () => Promise<Store>): void {
  it('keeps a bounded number of places of one machine in one month, and those it knows', async () => {
    const store = await withAgency(open);
    const sightings = (machineId: string, day: number, count = MOST_PLACES + 50) =>
      Array.from({ length: count }, (_, index) => {
        const addressRange = `10.${index >> 8}.${index & 255}.0/24`;
        return { ...KEY, machineId, addressRange, gateway: '', day };
      });
    await store.places.add(sightings('m-1', FEBRUARY_28 - 1));
    await store.places.add([...sightings('m-1', FEBRUARY_28), ...sightings('m-2', FEBRUARY_28, 1)]);
    await store.places.add(sightings('m-1', FEBRUARY_28 + 1, 2));
    const seen = await store.places.seenBy('H47.12', { first: FEBRUARY_28 - 9, last: FEBRUARY_28 + 9 });
    const daysOf = Map.groupBy(seen, ({ machineId, dayCount }) => `${machineId} ${dayCount}`);
    expect([...daysOf].map(([name, places]) => [name, places.length]).toSorted()).toEqual([
      ['m-1 2', MOST_PLACES - 2],
      ['m-1 3', 2],
      ['m-2 1', 1],
    ]);
  });

  it('gives days of connectivity back and forgets old ones', async () => {
    const store = await withAgency(open);
    const on = SlotSet.empty();
    on.add(0);
    on.add(287);
    const verified = SlotSet.empty();
    verified.add(3);
    const failedCounts = SlotCounts.none();
    failedCounts.add(287);
    const key = { agencyCode: 'H47.12', network: 'internet', day: 20_000 };
    const day = {
      ...key,
      on,
      reached: SlotSet.empty(),
      verified,
      verifiedBy: new Map([['k1', verified]]),
      failedCounts,
      rtt: RttCounts.none().with({ '5': 2 }),
      newestAttemptAtMs: 9,
      newestFailure: 'ECONNREFUSED',
    };
    await store.networkDays.save([day, { ...day, day: 19_000 }]);
    const [found] = await store.networkDays.find([key]);
    const shown = (one: NetworkDay | undefined) => ({
      ...one,
      on: one?.on.toText(),
      reached: one?.reached.toText(),
      verified: one?.verified.toText(),
      verifiedBy: [...(one?.verifiedBy ?? [])].map(([kid, slots]) => [kid, slots.toText()]),
      failedCounts: one?.failedCounts.toText(),
      rtt: one?.rtt.toHistogram(),
    });
    expect(shown(found)).toEqual(shown(day));
    expect((await store.networkDays.between('H47.12', 'internet', { first: 19_001, last: 20_000 })).length).toBe(1);
    expect((await store.networkDays.ofNetwork('internet', 19_001)).map(shown)).toEqual([shown(day)]);
    expect(await store.networkDays.ofNetwork('wan', 0)).toEqual([]);
    await store.networkDays.forgetBefore(20_000);
    expect((await store.networkDays.since(0)).map((one) => one.day)).toEqual([20_000]);
  });

  it('adds days up on which machines were at places, across months', async () => {
    const { places } = await withAgency(open);
    const sighting = { ...KEY, ...PLACE };
    await places.add([28, 29].map((offset) => ({ ...sighting, day: FEBRUARY_28 - 28 + offset })));
    await places.add([{ ...sighting, day: FEBRUARY_28 }]);
    await places.add([{ ...sighting, gateway: '', day: FEBRUARY_28 - 40 }]);
    const seen = (first: number, last: number) => places.seenBy('H47.12', { first, last });
    const found = { machineId: 'm-1', ...PLACE, dayCount: 2, firstDay: FEBRUARY_28, lastDay: FEBRUARY_28 + 1 };
    expect(await seen(FEBRUARY_28 - 10, FEBRUARY_28 + 10)).toEqual([found]);
    expect(await seen(FEBRUARY_28 + 1, FEBRUARY_28 + 1)).toEqual([
      { ...found, dayCount: 1, firstDay: FEBRUARY_28 + 1 },
    ]);
    expect(await seen(FEBRUARY_28 + 2, FEBRUARY_28 + 9)).toEqual([]);
    expect((await seen(FEBRUARY_28 - 60, FEBRUARY_28 + 9)).length).toBe(2);
    expect(await places.seenBy('H47.13', { first: 0, last: FEBRUARY_28 })).toEqual([]);
  });

  it('lists the newest receipts of an agency and network, newest first, no more than asked for', async () => {
    const { receipts } = await withAgency(open);
    const receipt = { ...KEY, network: 'wan', slot: 1, atMs: 5, observedAddress: '192.0.2.20', kid: 'k1' };
    const newer = { ...receipt, machineId: 'm-2', atMs: 9 };
    await receipts.save([receipt, newer, { ...receipt, network: 'tslcd' }]);
    expect(await receipts.ofAgency('H47.12', 'wan', 9)).toEqual([newer, receipt]);
    expect(await receipts.ofAgency('H47.12', 'wan', 1)).toEqual([newer]);
    expect(await receipts.ofAgency('H47.13', 'wan', 9)).toEqual([]);
  });

  it('gives the earliest end of the certificates of targets that were tried lately', async () => {
    const store = await withAgency(open);
    await store.agencies.add({ code: 'H47.13', nameVi: 'Sở Y tế', level: 'department' });
    const seen = { network: 'wan', target: 'https://192.0.2.9/', newestAtMs: 50 };
    await store.agencyTargets.save([
      { ...seen, agencyCode: 'H47.12', certificateNotAfterMs: 900 },
      { ...seen, agencyCode: 'H47.13', certificateNotAfterMs: 800 },
      { ...seen, agencyCode: 'H47.12', target: 'https://192.0.2.8/', newestAtMs: 49, certificateNotAfterMs: 700 },
      { ...seen, agencyCode: 'H47.12', target: 'tcp://192.0.2.9:443' },
    ]);
    const { network, target } = seen;
    expect(await store.agencyTargets.certificates(50)).toEqual([{ network, target, notAfterMs: 800 }]);
  });
}
