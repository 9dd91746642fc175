import { expect, it } from 'vitest';
import { networkDefinition } from '#collector/networks/network-definition.ts';
import { RttCounts } from '#collector/store/rtt-counts.ts';
import { SlotCounts } from '#collector/store/slot-counts.ts';
import { SlotSet } from '#collector/store/slot-set.ts';
import type { Store } from '#collector/store/store.ts';

const WAN = networkDefinition.parse({
  id: 'wan',
  name: 'Mạng WAN của tỉnh',
  kind: 'wan',
  targets: ['tcp://192.0.2.10:443'],
  cidrs: ['192.0.2.0/24'],
  isMetered: true,
});
const MADE = {
  network: 'wan',
  fromMs: 1_000,
  definition: WAN,
  origin: 'settings',
  changedBy: 'settings file',
} as const;
const REMOVED = { ...MADE, fromMs: 500, definition: undefined, origin: 'people', changedBy: 'admin-1' } as const;

/** What every store must do with networks. */
export function describeNetworks(open: () => Promise<Store>): void {
  it('numbers versions in their order, whatever their instants are, and gives those behind a number', async () => {
    const { networks } = await open();
    expect(await networks.after(0)).toEqual([]);
    expect([await networks.add(MADE), await networks.add(REMOVED)]).toEqual([
      { seq: 1, ...MADE },
      { seq: 2, ...REMOVED },
    ]);
    expect(await networks.after(0)).toEqual([
      { seq: 1, ...MADE },
      { seq: 2, ...REMOVED },
    ]);
    expect(await networks.after(1)).toEqual([{ seq: 2, ...REMOVED }]);
  });

  it('forgets a version of a transaction that came to nothing', async () => {
    const store = await open();
    const broken = store.transaction(async (transaction) => {
      await transaction.networks.add(MADE);
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await store.networks.after(0)).toEqual([]);
  });

  it('tells the first day on which anybody attempted a network', async () => {
    const store = await open();
    await store.agencies.add({ code: 'H47.12', nameVi: 'Sở Tài chính', level: 'department' });
    const slots = SlotSet.empty();
    const seen = { on: slots, reached: slots, verified: slots, verifiedBy: new Map(), failedCounts: SlotCounts.none() };
    const common = { agencyCode: 'H47.12', ...seen, rtt: RttCounts.none(), newestAttemptAtMs: 5 };
    await store.networkDays.save([
      { ...common, network: 'wan', day: 11 },
      { ...common, network: 'wan', day: 12 },
      { ...common, network: 'internet', day: 10 },
    ]);
    expect([await store.networks.firstAttemptedMs('wan'), await store.networks.firstAttemptedMs('lan')]).toEqual([
      11 * 86_400_000,
      undefined,
    ]);
  });
}
