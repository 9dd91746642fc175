import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SLOT_MS } from '#shared/protocol.ts';
import { makeLoopbackCertificate } from '../../agent/host/attempts/loopback-certificate.ts';
import { clearLeftovers } from '../leftovers.ts';
import { parseSamples } from '../metric-samples.ts';
import { agencyOf, CERTIFICATE_MS, Province, storyStartMs } from './hosts/province.ts';
import { cutLine, movePc, PLACES, pcName, routerName, SITES, type Site, WEB_NAME } from './hosts/province-hosts.ts';
import { requireRoot } from './hosts/test-hosts.ts';

const NETWORKS = ['internet', 'tslcd', 'wan'] as const;
const ALL_PCS = SITES.flatMap((site) => [pcName(site, 1), pcName(site, 2)]);
/** Slots after which nothing older decides what is now: three reports and one. */
const UNTIL_NOW = 12;
/** How far into its slot every round begins, in milliseconds. */
const INTO_SLOT_MS = 30_000;
const WEEK_SLOTS = 2_016;

let province: Province;

beforeAll(async () => {
  requireRoot();
  province = await Province.open(storyStartMs() - SLOT_MS + INTO_SLOT_MS);
}, 120_000);

afterAll(async () => {
  await province?.close();
  await clearLeftovers();
});

interface Lived {
  readonly slots?: number;
  /** PCs that are on; all unless told. */
  readonly pcs?: readonly string[];
  /** Slots between two reports. */
  readonly reportEvery?: number;
  /** Longest wait for one target, in milliseconds; the agent's own is 5,000. */
  readonly timeoutMs?: number;
}

/** Lets time go by: a round in every slot, and a report after every third. */
async function live({ slots = 3, pcs = ALL_PCS, reportEvery = 3, timeoutMs = 1_500 }: Lived = {}): Promise<void> {
  for (let done = 1; done <= slots; done += 1) {
    province.setClock(province.nowMs + SLOT_MS);
    await tell(pcs, { do: 'round', timeoutMs });
    if (done % reportEvery === 0) await tell(pcs, { do: 'report' });
  }
}

async function tell(pcs: readonly string[], question: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  return Promise.all(pcs.map((pc) => province.pcs.get(pc)?.ask(question)));
}

const networkAgencies = z.object({
  items: z.array(
    z.object({
      agencyCode: z.string(),
      result: z.string(),
      availability: z.object({ a: z.int(), b: z.int() }),
      rttSeconds: z.object({ median: z.number(), p95: z.number() }).optional(),
    }),
  ),
});

/** What the collector says of a site and a network: its result, and slots reached of slots on. */
function seen(): Readonly<Record<string, { readonly result: string; readonly a: number; readonly b: number }>> {
  const all = NETWORKS.flatMap((network) =>
    province
      .ask(`/api/v1/networks/${network}/agencies`, networkAgencies)
      .items.map(({ agencyCode, result, availability }) => [`${network} ${agencyCode}`, { result, ...availability }]),
  );
  return Object.fromEntries(all);
}

/**
 * What a story adds: by network, for each site `result reached/on`, where the counts are those of the story alone.
 *
 * @param before what {@link seen} gave before it
 */
function added(before: ReturnType<typeof seen>): Readonly<Record<string, readonly string[]>> {
  const after = seen();
  return Object.fromEntries(
    NETWORKS.map((network) => [
      network,
      SITES.map((site) => {
        const key = `${network} ${agencyOf(site)}`;
        const [old, now] = [before[key], after[key]];
        return `${now?.result} ${(now?.a ?? 0) - (old?.a ?? 0)}/${(now?.b ?? 0) - (old?.b ?? 0)}`;
      }),
    ]),
  );
}

const indicators = z.object({
  items: z.array(z.object({ indicatorId: z.string(), a: z.number(), b: z.number(), unknownCount: z.int() })),
});

/** Indicators of connectivity for the whole register: `a/b`, and how many are unknown. */
function figures(): Readonly<Record<string, string>> {
  const wanted = /^(agencies-|communes-(on|internet)|computers-on-internet)/;
  const { items } = province.ask('/api/v1/indicators?scope=register&limit=100', indicators);
  return Object.fromEntries(
    items
      .filter(({ indicatorId }) => wanted.test(indicatorId))
      .map(({ indicatorId, a, b, unknownCount }) => [indicatorId, `${a}/${b} ${unknownCount} unknown`]),
  );
}

/** Receipts by how they were judged since the collector started, without those that never were. */
function receipts(): Readonly<Record<string, number>> {
  const counted = [...parseSamples(province.get('/metrics'))].flatMap(([name, value]) => {
    const result = /^tramdo_beacon_receipts_total\{.*result="([a-z_]+)"/.exec(name)?.[1];
    return result === undefined || value === 0 ? [] : [[result, value] as const];
  });
  return Object.fromEntries(counted);
}

const same = (one: string) => SITES.map(() => one);

/** Everything as it should be, over so many slots. */
function allWell(slots: number) {
  return {
    internet: same(`reached ${slots}/${slots}`),
    tslcd: same(`verified ${slots}/${slots}`),
    wan: same(`reached ${slots}/${slots}`),
  };
}

/** Takes connections of a site to these ports to a program on its router. */
function redirect(site: Site, ports: string, port: number): void {
  const rule = `iifname "lan" tcp dport { ${ports} } redirect to :${port};`;
  province.place.hosts.filter(
    routerName(site),
    `table ip p { chain c { type nat hook prerouting priority -100; ${rule} }; }`,
  );
}

describe('a province of three sites', () => {
  it('is verified where its beacon signed, and counts every slot', async () => {
    const before = seen();
    expect(added(before)).toEqual({
      internet: same('unknown 0/0'),
      tslcd: same('unknown 0/0'),
      wan: same('unknown 0/0'),
    });
    await live();
    expect(added(before)).toEqual(allWell(3));
    expect(receipts()).toEqual({ accepted: 6 });
    expect(figures()).toEqual({
      'agencies-on-wan': '3/3 0 unknown',
      'agencies-with-lan': '3/3 0 unknown',
      'communes-internet-and-vpn': '3/3 0 unknown',
      'communes-on-tslcd': '3/3 0 unknown',
      'computers-on-internet': '6/6 0 unknown',
    });
  });

  it('knows nothing of a site whose line is cut, and all of it once the line is mended', async () => {
    const before = seen();
    cutLine(province.place.hosts, 1, true);
    await live({ slots: UNTIL_NOW, reportEvery: UNTIL_NOW });
    expect(added(before)).toEqual({
      internet: ['unknown 0/0', 'reached 12/12', 'reached 12/12'],
      tslcd: ['unknown 0/0', 'verified 12/12', 'verified 12/12'],
      wan: ['unknown 0/0', 'reached 12/12', 'reached 12/12'],
    });
    cutLine(province.place.hosts, 1, false);
    const mendedMs = province.nowMs + SLOT_MS - INTO_SLOT_MS;
    await live();
    expect(added(before)).toEqual({
      internet: ['reached 3/15', 'reached 15/15', 'reached 15/15'],
      tslcd: ['verified 3/15', 'verified 15/15', 'verified 15/15'],
      wan: ['reached 3/15', 'reached 15/15', 'reached 15/15'],
    });
    const cut = { startMs: mendedMs - UNTIL_NOW * SLOT_MS, endMs: mendedMs, downSlotCount: UNTIL_NOW };
    expect(outages('tslcd')).toEqual([{ agencyCode: agencyOf(1), ...cut, unknownSlotCount: 0, mostMachineCount: 2 }]);
  });

  it('reaches everything over a line with 300 ms and 20 % loss, and says how slow it is', async () => {
    const before = seen();
    province.place.weakLine.setQuality({ addedRttMs: 300, losesEvery: 5 });
    await live({ timeoutMs: 5_000 });
    province.place.weakLine.setQuality({ addedRttMs: 0, losesEvery: 0 });
    expect(added(before)).toEqual(allWell(3));
    const { items } = province.ask('/api/v1/networks/wan/agencies', networkAgencies);
    expect(items.map(({ rttSeconds }) => (rttSeconds?.p95 ?? 0) > 0.28)).toEqual([false, true, false]);
  });

  it('does not take a filter of ICMP for a line that is cut', async () => {
    const before = seen();
    const rule = 'meta l4proto icmp drop;';
    province.place.hosts.filter('core', `table ip f { chain c { type filter hook forward priority 0; ${rule} }; }`);
    await live();
    province.place.hosts.filter('core');
    expect(added(before)).toEqual(allWell(3));
  });

  it('does not take what a hijacked name server leads to for the Internet', async () => {
    await province.serve('evil', { web: [{ address: PLACES.hijacker, port: 443, ...(await falseCertificate()) }] });
    const before = seen();
    await province.answerNamesWith(PLACES.hijacker);
    await live({ slots: UNTIL_NOW });
    expect(added(before)).toEqual({ ...allWell(UNTIL_NOW), internet: same('not_reached 0/12') });
    expect(failures(await tell(['pc11'], { do: 'round', timeoutMs: 1_500 }))).toEqual([
      ['MIDDLE_BOX', 'ANSWER_UNEXPECTED', 'INTERCEPTED'],
    ]);
    await province.answerNamesWith(PLACES.web);
  });

  it('recognises a transparent proxy with a certificate of its own', async () => {
    await province.serve(routerName(3), { web: [{ address: '0.0.0.0', port: 9_443, ...(await falseCertificate()) }] });
    const before = seen();
    redirect(3, '443, 8641', 9_443);
    await live({ slots: UNTIL_NOW });
    province.place.hosts.filter(routerName(3));
    const [well, cut] = ['12/12', '0/12'];
    expect(added(before)).toEqual({
      internet: [`reached ${well}`, `reached ${well}`, `not_reached ${cut}`],
      tslcd: [`verified ${well}`, `verified ${well}`, `not_reached ${cut}`],
      wan: same(`reached ${well}`),
    });
  });

  it('refuses receipts that were fetched from another address, and counts them', async () => {
    const before = { seen: seen(), receipts: receipts() };
    const rule = `ip daddr ${PLACES.tslcd} masquerade;`;
    province.place.hosts.filter(
      routerName(3),
      `table ip n { chain c { type nat hook postrouting priority 100; ${rule} }; }`,
    );
    await live({ slots: UNTIL_NOW });
    province.place.hosts.filter(routerName(3));
    expect(added(before.seen)).toEqual({
      ...allWell(UNTIL_NOW),
      tslcd: ['verified 12/12', 'verified 12/12', 'reached 12/12'],
    });
    const accepted = before.receipts['accepted'] ?? 0;
    expect(receipts()).toEqual({ ...before.receipts, accepted: accepted + 16, by_proxy: 8 });
  });

  it('refuses the receipt of another PC', async () => {
    await live();
    const before = { seen: seen(), receipts: receipts() };
    await live({ reportEvery: 4 });
    const [[receipt] = []] = z.array(z.array(z.unknown())).parse(await tell(['pc11'], { do: 'receipts' }));
    await tell(['pc21', 'pc22'], { do: 'replay', receipt });
    await tell(ALL_PCS, { do: 'report' });
    // Whatever the two PCs of site 2 say, nobody signed that they stood there: their slots are failures.
    expect(added(before.seen)).toEqual({
      ...allWell(3),
      tslcd: ['verified 3/3', 'verified 0/3', 'verified 3/3'],
    });
    const accepted = before.receipts['accepted'] ?? 0;
    expect(receipts()).toEqual({ ...before.receipts, accepted: accepted + 4, bad_signature: 2 });
  });

  it('does not reach a network by a fake beacon', async () => {
    const before = { seen: seen(), receipts: receipts() };
    await province.stopBeacon();
    await province.startBeacon('fake');
    await live({ slots: UNTIL_NOW });
    expect(added(before.seen)).toEqual({ ...allWell(UNTIL_NOW), tslcd: same('not_reached 0/12') });
    expect(receipts()).toEqual(before.receipts);
    await province.stopBeacon();
    await province.startBeacon('true');
    await live();
    expect(added(before.seen)).toEqual({ ...allWell(15), tslcd: same('verified 3/15') });
  });

  it('does not take a laptop at another site for its agency', async () => {
    const before = seen();
    movePc(province.place.hosts, 'pc12', 1, 3, 13);
    cutLine(province.place.hosts, 1, true);
    await live({ slots: UNTIL_NOW, reportEvery: UNTIL_NOW });
    cutLine(province.place.hosts, 1, false);
    await live();
    const [cut, well] = ['3/15', '15/15'];
    expect(added(before)).toEqual({
      internet: [`reached ${cut}`, `reached ${well}`, `reached ${well}`],
      tslcd: [`verified ${cut}`, `verified ${well}`, `verified ${well}`],
      wan: [`reached ${cut}`, `reached ${well}`, `reached ${well}`],
    });
  });

  it('knows nothing of a site that is switched off', async () => {
    const before = seen();
    await live({ slots: UNTIL_NOW, pcs: ['pc11', 'pc31', 'pc32'] });
    expect(added(before)).toEqual({
      internet: ['reached 12/12', 'unknown 0/0', 'reached 12/12'],
      tslcd: ['verified 12/12', 'unknown 0/0', 'verified 12/12'],
      wan: ['reached 12/12', 'unknown 0/0', 'reached 12/12'],
    });
  });

  it('has every slot of a week without a collector', { timeout: 240_000 }, async () => {
    await province.killCollector();
    const pcs = ['pc31', 'pc32'];
    await live({ slots: WEEK_SLOTS, pcs });
    await province.startCollector();
    await live({ slots: 24, pcs });
    expect(seen()).toEqual({
      ...off('internet'),
      ...off('tslcd'),
      ...off('wan'),
      [`internet ${agencyOf(3)}`]: { result: 'reached', a: WEEK_SLOTS, b: WEEK_SLOTS },
      [`tslcd ${agencyOf(3)}`]: { result: 'verified', a: WEEK_SLOTS, b: WEEK_SLOTS },
      [`wan ${agencyOf(3)}`]: { result: 'reached', a: WEEK_SLOTS, b: WEEK_SLOTS },
    });
    expect(figures()).toEqual({
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

const rounds = z.array(z.array(z.object({ network: z.string(), failure: z.string().optional() })));

/** Failures of the Internet's targets in a round of each PC. */
function failures(answers: readonly unknown[]): readonly (readonly (string | undefined)[])[] {
  return rounds
    .parse(answers)
    .map((entries) => entries.filter(({ network }) => network === 'internet').map(({ failure }) => failure));
}

/** A certificate that nobody trusts, for the name that PCs ask for. */
function falseCertificate() {
  return makeLoopbackCertificate({ type: 'dns', value: WEB_NAME }, Date.now(), CERTIFICATE_MS);
}

const outageList = z.object({
  items: z.array(
    z.object({
      agencyCode: z.string(),
      start: z.iso.datetime(),
      end: z.iso.datetime().optional(),
      downSlots: z.int(),
      unknownSlots: z.int(),
      mostMachines: z.int(),
    }),
  ),
});

/** Outages of a network in the window. */
function outages(network: string) {
  return province.ask(`/api/v1/networks/${network}/outages`, outageList).items.map((one) => ({
    agencyCode: one.agencyCode,
    startMs: Date.parse(one.start),
    endMs: Date.parse(one.end ?? ''),
    downSlotCount: one.downSlots,
    unknownSlotCount: one.unknownSlots,
    mostMachineCount: one.mostMachines,
  }));
}
