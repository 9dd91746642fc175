import { z } from 'zod';
import { parseSamples } from '../../metric-samples.ts';
import { agencyOf, type Province } from './province.ts';
import { SITES } from './province-hosts.ts';

/** Networks of the province, sorted. */
const NETWORKS = ['internet', 'tslcd', 'wan'] as const;

/** Answer to the question for the agencies of a network. */
export const networkAgencies = z.object({
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
export function seen(
  province: Province,
): Readonly<Record<string, { readonly result: string; readonly a: number; readonly b: number }>> {
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
export function added(
  province: Province,
  before: ReturnType<typeof seen>,
): Readonly<Record<string, readonly string[]>> {
  const after = seen(province);
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
export function figures(province: Province): Readonly<Record<string, string>> {
  const wanted = /^(agencies-|communes-(on|internet)|computers-on-internet)/;
  const { items } = province.ask('/api/v1/indicators?scope=register&limit=100', indicators);
  return Object.fromEntries(
    items
      .filter(({ indicatorId }) => wanted.test(indicatorId))
      .map(({ indicatorId, a, b, unknownCount }) => [indicatorId, `${a}/${b} ${unknownCount} unknown`]),
  );
}

/** Receipts by how they were judged since the collector started, without those that never were. */
export function receipts(province: Province): Readonly<Record<string, number>> {
  const counted = [...parseSamples(province.get('/metrics'))].flatMap(([name, value]) => {
    const result = /^tramdo_beacon_receipts_total\{.*result="([a-z_]+)"/.exec(name)?.[1];
    return result === undefined || value === 0 ? [] : [[result, value] as const];
  });
  return Object.fromEntries(counted);
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
export function outages(province: Province, network: string) {
  return province.ask(`/api/v1/networks/${network}/outages`, outageList).items.map((one) => ({
    agencyCode: one.agencyCode,
    startMs: Date.parse(one.start),
    endMs: Date.parse(one.end ?? ''),
    downSlotCount: one.downSlots,
    unknownSlotCount: one.unknownSlots,
    mostMachineCount: one.mostMachines,
  }));
}
