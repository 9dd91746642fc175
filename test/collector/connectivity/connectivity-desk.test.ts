import { describe, expect, it } from 'vitest';
import { ConnectivityDesk } from '#collector/connectivity/connectivity-desk.ts';
import { networkDefinition } from '#collector/networks/network-definition.ts';
import { NetworkDesk } from '#collector/networks/network-desk.ts';
import { registerAt } from '#collector/register/register-state.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { AGENCY, MONDAY_MS, temporaryStore } from '../ingest/reporting-machine.ts';
import { networkDays } from './network-days.ts';

const NOW_SLOT = MONDAY_MS / SLOT_MS;
const WAN = networkDefinition.parse({ id: 'wan', name: 'WAN', kind: 'wan', targets: ['tcp://192.0.2.10:443'] });

/** A desk over two agencies, each with what its machines saw up to now, see networkDays(). */
async function rig(seen: Readonly<Record<string, string>>, windowDays = 7) {
  const store = await temporaryStore();
  await store.agencies.add({ code: 'H47.30', nameVi: 'Xã Mẫu', level: 'commune' });
  for (const [agencyCode, slots] of Object.entries(seen)) {
    const days = networkDays(slots, NOW_SLOT - slots.length);
    await store.networkDays.save(days.map((day) => ({ ...day, agencyCode })));
  }
  const nowMs = () => MONDAY_MS;
  const registerState = async () => registerAt(await store.register.facts(), '2026-03-02');
  const settings = {
    availabilityWindowDays: windowDays,
    intervals: { attemptsMs: 300_000, reportMs: 900_000, inventoryMs: 86_400_000 },
  };
  const networks = new NetworkDesk({ store, settings: [WAN], nowMs });
  const desk = new ConnectivityDesk({ store, networks, registerState, settings, nowMs });
  return { store, desk };
}

describe('ConnectivityDesk', () => {
  it('gives an agency that nobody measured as unknown, beside one that lost the network', async () => {
    const { desk } = await rig({ [AGENCY]: `1${'0'.repeat(12)}` });
    expect((await desk.figures('wan')).map((one) => [one.agencyCode, one.result, one.outageStartMs])).toEqual([
      [AGENCY, 'not_reached', (NOW_SLOT - 12) * SLOT_MS],
      ['H47.30', 'unknown', undefined],
    ]);
  });

  it('sorts outages by their begin, newest first, then by agency, and filters them', async () => {
    const { desk } = await rig({ [AGENCY]: '01110', 'H47.30': '01011' });
    const shown = async (filter: Parameters<typeof desk.outages>[1]) =>
      (await desk.outages('wan', filter)).map(({ agencyCode, startMs }) => [agencyCode, startMs / SLOT_MS - NOW_SLOT]);
    expect(await shown({})).toEqual([
      [AGENCY, -1],
      ['H47.30', -3],
      [AGENCY, -5],
      ['H47.30', -5],
    ]);
    expect(await shown({ isLasting: true })).toEqual([[AGENCY, -1]]);
    expect((await shown({ level: 'commune' })).length).toBe(2);
    expect(await shown({ covers: (code) => code === 'H47.31' })).toEqual([]);
  });

  it('looks at no more than the window, and lists no more than 500 outages of one agency', async () => {
    const { desk } = await rig({ [AGENCY]: '01'.repeat(288 * 4) });
    const { outages, figures, days } = await desk.agencyNetwork('wan', AGENCY, 1);
    expect([outages.length, figures.slotsOn, days.map(({ slotsOn }) => slotsOn)]).toEqual([144, 288, [180, 108]]);
    const week = await desk.agencyNetwork('wan', AGENCY);
    expect([week.windowDays, week.outages.length, week.figures.slotsOn]).toEqual([7, 500, 2_016]);
    expect(week.outages[0]?.startMs).toBe((NOW_SLOT - 2) * SLOT_MS);
  });

  it('says of an agency that is no more that it is not there', async () => {
    const { desk, store } = await rig({ [AGENCY]: '10' });
    await store.register.save({
      agencies: [{ code: AGENCY, nameVi: 'Sở', level: 'department', validTo: '2026-02-28' }],
    });
    await expect(desk.agencyNetwork('wan', AGENCY)).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
    await expect(desk.places(AGENCY)).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
    expect(await desk.outages('wan')).toEqual([]);
  });
});
