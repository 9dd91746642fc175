import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SLOT_MS } from '#shared/protocol.ts';
import { clearLeftovers } from '../leftovers.ts';
import { ALL_PCS, failures, falseCertificate, live, redirect, tell } from './hosts/life.ts';
import { agencyOf, Province, storyStartMs } from './hosts/province.ts';
import { cutLine, movePc, PLACES, routerName, SITES } from './hosts/province-hosts.ts';
import { added, figures, networkAgencies, outages, receipts, seen } from './hosts/sight.ts';
import { requireRoot } from './hosts/test-hosts.ts';

/** Slots after which nothing older decides what is now: three reports and one. */
const UNTIL_NOW = 12;
/** How far into its slot every round begins, in milliseconds. */
const INTO_SLOT_MS = 30_000;
const WEEK_SLOTS = 2_016;

let province: Province;

beforeAll(async () => {
  requireRoot();
  province = await Province.open(storyStartMs() - SLOT_MS + INTO_SLOT_MS);
}, 300_000);

afterAll(async () => {
  await province?.close();
  await clearLeftovers();
});

const same = (one: string) => SITES.map(() => one);

/** Everything as it should be, over so many slots. */
function allWell(slots: number) {
  return {
    internet: same(`reached ${slots}/${slots}`),
    tslcd: same(`verified ${slots}/${slots}`),
    wan: same(`reached ${slots}/${slots}`),
  };
}

describe('a province of three sites', () => {
  it('is verified where its beacon signed, and counts every slot', async () => {
    const before = seen(province);
    expect(added(province, before)).toEqual({
      internet: same('unknown 0/0'),
      tslcd: same('unknown 0/0'),
      wan: same('unknown 0/0'),
    });
    await live(province);
    expect(added(province, before)).toEqual(allWell(3));
    expect(receipts(province)).toEqual({ accepted: 6 });
    expect(figures(province)).toEqual({
      'agencies-on-wan': '3/3 0 unknown',
      'agencies-with-lan': '3/3 0 unknown',
      'communes-internet-and-vpn': '3/3 0 unknown',
      'communes-on-tslcd': '3/3 0 unknown',
      'computers-on-internet': '6/6 0 unknown',
    });
  });

  it('knows nothing of a site whose line is cut, and all of it once the line is mended', async () => {
    const before = seen(province);
    cutLine(province.place.hosts, 1, true);
    await live(province, { slots: UNTIL_NOW, reportEvery: UNTIL_NOW, timeoutMs: 2_000 });
    expect(added(province, before)).toEqual({
      internet: ['unknown 0/0', 'reached 12/12', 'reached 12/12'],
      tslcd: ['unknown 0/0', 'verified 12/12', 'verified 12/12'],
      wan: ['unknown 0/0', 'reached 12/12', 'reached 12/12'],
    });
    cutLine(province.place.hosts, 1, false);
    const mendedMs = province.nowMs + SLOT_MS - INTO_SLOT_MS;
    await live(province);
    expect(added(province, before)).toEqual({
      internet: ['reached 3/15', 'reached 15/15', 'reached 15/15'],
      tslcd: ['verified 3/15', 'verified 15/15', 'verified 15/15'],
      wan: ['reached 3/15', 'reached 15/15', 'reached 15/15'],
    });
    const cut = { startMs: mendedMs - UNTIL_NOW * SLOT_MS, endMs: mendedMs, downSlotCount: UNTIL_NOW };
    expect(outages(province, 'tslcd')).toEqual([
      { agencyCode: agencyOf(1), ...cut, unknownSlotCount: 0, mostMachineCount: 2 },
    ]);
  });

  it('reaches everything over a line with 300 ms and 20 % loss, and says how slow it is', async () => {
    const before = seen(province);
    province.place.weakLine.setQuality({ addedRttMs: 300, losesEvery: 5 });
    await live(province, { timeoutMs: 5_000 });
    province.place.weakLine.setQuality({ addedRttMs: 0, losesEvery: 0 });
    expect(added(province, before)).toEqual(allWell(3));
    const { items } = province.ask('/api/v1/networks/wan/agencies', networkAgencies);
    expect(items.map(({ rttSeconds }) => (rttSeconds?.p95 ?? 0) > 0.28)).toEqual([false, true, false]);
  });

  it('does not take a filter of ICMP for a line that is cut', async () => {
    const before = seen(province);
    const rule = 'meta l4proto icmp drop;';
    province.place.hosts.filter('core', `table ip f { chain c { type filter hook forward priority 0; ${rule} }; }`);
    await live(province);
    province.place.hosts.filter('core');
    expect(added(province, before)).toEqual(allWell(3));
  });

  it('does not take what a hijacked name server leads to for the Internet', async () => {
    await province.serve('evil', { web: [{ address: PLACES.hijacker, port: 443, ...(await falseCertificate()) }] });
    const before = seen(province);
    await province.answerNamesWith(PLACES.hijacker);
    await live(province, { slots: UNTIL_NOW });
    expect(added(province, before)).toEqual({ ...allWell(UNTIL_NOW), internet: same('not_reached 0/12') });
    expect(failures(await tell(province, ['pc11'], { do: 'round', timeoutMs: 1_500 }))).toEqual([
      ['MIDDLE_BOX', 'ANSWER_UNEXPECTED', 'INTERCEPTED'],
    ]);
    await province.answerNamesWith(PLACES.web);
  });

  it('recognises a transparent proxy with a certificate of its own', async () => {
    await province.serve(routerName(3), { web: [{ address: '0.0.0.0', port: 9_443, ...(await falseCertificate()) }] });
    const before = seen(province);
    redirect(province, 3, '443, 8641', 9_443);
    await live(province, { slots: UNTIL_NOW });
    province.place.hosts.filter(routerName(3));
    const [well, cut] = ['12/12', '0/12'];
    expect(added(province, before)).toEqual({
      internet: [`reached ${well}`, `reached ${well}`, `not_reached ${cut}`],
      tslcd: [`verified ${well}`, `verified ${well}`, `not_reached ${cut}`],
      wan: same(`reached ${well}`),
    });
  });

  it('refuses receipts that were fetched from another address, and counts them', async () => {
    const before = { seen: seen(province), receipts: receipts(province) };
    const rule = `ip daddr ${PLACES.tslcd} masquerade;`;
    province.place.hosts.filter(
      routerName(3),
      `table ip n { chain c { type nat hook postrouting priority 100; ${rule} }; }`,
    );
    await live(province, { slots: UNTIL_NOW });
    province.place.hosts.filter(routerName(3));
    expect(added(province, before.seen)).toEqual({
      ...allWell(UNTIL_NOW),
      tslcd: ['verified 12/12', 'verified 12/12', 'reached 12/12'],
    });
    const accepted = before.receipts['accepted'] ?? 0;
    expect(receipts(province)).toEqual({ ...before.receipts, accepted: accepted + 16, by_proxy: 8 });
  });

  it('refuses the receipt of another PC', async () => {
    await live(province);
    const before = { seen: seen(province), receipts: receipts(province) };
    await live(province, { reportEvery: 4 });
    const [[receipt] = []] = z.array(z.array(z.unknown())).parse(await tell(province, ['pc11'], { do: 'receipts' }));
    await tell(province, ['pc21', 'pc22'], { do: 'replay', receipt });
    await tell(province, ALL_PCS, { do: 'report' });
    // Whatever the two PCs of site 2 say, nobody signed that they stood there: their slots are failures.
    expect(added(province, before.seen)).toEqual({
      ...allWell(3),
      tslcd: ['verified 3/3', 'verified 0/3', 'verified 3/3'],
    });
    const accepted = before.receipts['accepted'] ?? 0;
    expect(receipts(province)).toEqual({ ...before.receipts, accepted: accepted + 4, bad_signature: 2 });
  });

  it('does not reach a network by a fake beacon', async () => {
    const before = { seen: seen(province), receipts: receipts(province) };
    await province.stopBeacon();
    await province.startBeacon('fake');
    await live(province, { slots: UNTIL_NOW });
    expect(added(province, before.seen)).toEqual({ ...allWell(UNTIL_NOW), tslcd: same('not_reached 0/12') });
    expect(receipts(province)).toEqual(before.receipts);
    await province.stopBeacon();
    await province.startBeacon('true');
    await live(province);
    expect(added(province, before.seen)).toEqual({ ...allWell(15), tslcd: same('verified 3/15') });
  });

  it('does not take a laptop at another site for its agency', async () => {
    const before = seen(province);
    movePc(province.place.hosts, 'pc12', 1, 3, 13);
    cutLine(province.place.hosts, 1, true);
    await live(province, { slots: UNTIL_NOW, reportEvery: UNTIL_NOW, timeoutMs: 2_000 });
    cutLine(province.place.hosts, 1, false);
    await live(province);
    const [cut, well] = ['3/15', '15/15'];
    expect(added(province, before)).toEqual({
      internet: [`reached ${cut}`, `reached ${well}`, `reached ${well}`],
      tslcd: [`verified ${cut}`, `verified ${well}`, `verified ${well}`],
      wan: [`reached ${cut}`, `reached ${well}`, `reached ${well}`],
    });
  });

  it('knows nothing of a site that is switched off', async () => {
    const before = seen(province);
    await live(province, { slots: UNTIL_NOW, pcs: ['pc11', 'pc31', 'pc32'] });
    expect(added(province, before)).toEqual({
      internet: ['reached 12/12', 'unknown 0/0', 'reached 12/12'],
      tslcd: ['verified 12/12', 'unknown 0/0', 'verified 12/12'],
      wan: ['reached 12/12', 'unknown 0/0', 'reached 12/12'],
    });
  });

  it('has every slot of a week without a collector', { timeout: 900_000 }, async () => {
    await province.killCollector();
    const pcs = ['pc31', 'pc32'];
    await live(province, { slots: WEEK_SLOTS, pcs });
    await province.startCollector();
    await live(province, { slots: 24, pcs });
    expect(seen(province)).toEqual({
      ...off('internet'),
      ...off('tslcd'),
      ...off('wan'),
      [`internet ${agencyOf(3)}`]: { result: 'reached', a: WEEK_SLOTS, b: WEEK_SLOTS },
      [`tslcd ${agencyOf(3)}`]: { result: 'verified', a: WEEK_SLOTS, b: WEEK_SLOTS },
      [`wan ${agencyOf(3)}`]: { result: 'reached', a: WEEK_SLOTS, b: WEEK_SLOTS },
    });
    expect(figures(province)).toEqual({
      'agencies-on-wan': '1/3 2 unknown',
      'agencies-with-lan': '1/3 2 unknown',
      'communes-internet-and-vpn': '1/3 2 unknown',
      'communes-on-tslcd': '1/3 2 unknown',
      'computers-on-internet': '2/6 4 unknown',
    });
  });
});

/** What is seen of a network where no PC was on. */
function off(network: string) {
  const unknown = { result: 'unknown', a: 0, b: 0 };
  return Object.fromEntries(SITES.map((site) => [`${network} ${agencyOf(site)}`, unknown]));
}
