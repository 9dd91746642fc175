import { z } from 'zod';
import { type NetworkTarget, parseNetworkTarget } from '#shared/network-target.ts';
import { dayStartMs, isoDateOf } from '../../../catalogues/viet-nam-time.ts';
import type { AgencyNetwork, AgencyOutage, PlacesOfAgency } from '../../../connectivity/connectivity-desk.ts';
import type { Outage } from '../../../connectivity/find-outages.ts';
import { PLACE_REASONS } from '../../../connectivity/list-places.ts';
import { NETWORK_RESULTS, type NetworkFigures } from '../../../metrics/metric-family.ts';
import type { Principal } from '../../../people/principal.ts';
import type { AgencyTarget } from '../../../store/agency-target-store.ts';

const result = z.enum(NETWORK_RESULTS);

const TARGET_KINDS = ['beacon', 'dns', 'https', 'icmp', 'tcp'] as const satisfies readonly NetworkTarget['kind'][];

const instant = z.iso.datetime();

const availability = z.object({
  a: z.int().describe('Five-minute slots with a success'),
  b: z.int().describe('Five-minute slots in which a PC of the agency was on'),
  valueRatio: z.number().optional().describe('a / b; absent when b is 0'),
});

/** What one agency has of a network. */
export const agencyResult = z.object({
  agencyCode: z.string(),
  level: z.string(),
  result: result.describe('Best of the PCs of the agency; `unknown` when none tried, which is not down'),
  availability: availability.describe('Over the availability window'),
  rttSeconds: z.object({ median: z.number(), p95: z.number() }).optional().describe('Absent without a success'),
  verifiedAt: instant
    .optional()
    .describe('Begin of the newest slot of the window for which a beacon of the network signed; absent without one'),
  lastReachedAt: instant
    .optional()
    .describe('Begin of the newest slot of the window with a success; absent without one'),
  outage: z
    .object({ start: instant.describe('Begin of its first slot, at the earliest of the window') })
    .optional()
    .describe('The outage that lasts: PCs tried since the newest success, and only failed; absent when there is none'),
});

/** A result as the API shows it. */
export function shownResult(figures: NetworkFigures): z.output<typeof agencyResult> {
  const { agencyCode, level, result: seen, slotsOn, slotsReached, rttSeconds } = figures;
  const { verifiedAtMs, newestSuccessAtMs, outageStartMs } = figures;
  return {
    agencyCode,
    level,
    result: seen,
    availability: ratioOf(slotsReached, slotsOn),
    ...(rttSeconds === undefined ? {} : { rttSeconds: { ...rttSeconds } }),
    ...(verifiedAtMs === undefined ? {} : { verifiedAt: textOf(verifiedAtMs) }),
    ...(newestSuccessAtMs === undefined ? {} : { lastReachedAt: textOf(newestSuccessAtMs) }),
    ...(outageStartMs === undefined ? {} : { outage: { start: textOf(outageStartMs) } }),
  };
}

const outage = z.object({
  start: instant.describe('Begin of the first slot with nothing but failures'),
  end: instant.optional().describe('Begin of the next slot with a success; absent while it lasts'),
  downSlots: z.int().describe('Five-minute slots in which PCs tried and only failed'),
  unknownSlots: z
    .int()
    .describe('Slots inside it in which no PC was on: the network may have been there, and nobody knows'),
  mostMachines: z.int().describe('Most PCs that only failed at once; 255 stands for as many or more'),
});

/** An outage with whose it is. */
export const agencyOutage = z.object({ agencyCode: z.string(), level: z.string(), ...outage.shape });

/** An outage of an agency as the API shows it. */
export function shownAgencyOutage({ agencyCode, level, ...rest }: AgencyOutage): z.output<typeof agencyOutage> {
  return { agencyCode, level, ...shownOutage(rest) };
}

function shownOutage({ startMs, endMs, downSlotCount, unknownSlotCount, mostMachineCount }: Outage) {
  return {
    start: textOf(startMs),
    ...(endMs === undefined ? {} : { end: textOf(endMs) }),
    downSlots: downSlotCount,
    unknownSlots: unknownSlotCount,
    mostMachines: mostMachineCount,
  };
}

/** Everything behind what one agency has of a network. */
export const agencyNetwork = z.object({
  ...agencyResult.shape,
  windowDays: z.int().describe('Days of the window that availability, days and outages are of'),
  verifiedBy: z.string().optional().describe('Id of the key that signed at `verifiedAt`'),
  days: z
    .array(
      z.object({
        date: z.iso.date().describe('Asia/Ho_Chi_Minh'),
        ...availability.shape,
        verifiedSlots: z.int().describe('Five-minute slots for which a beacon of the network signed'),
      }),
    )
    .describe('Oldest first, the first one as far as it lies in the window; they add up to `availability`'),
  receipts: z
    .array(
      z.object({
        at: instant.describe('When the beacon signed, by its own clock'),
        keyId: z.string().describe('Id of the key of the network that signed'),
        observedAddress: z.string().describe('The address the beacon saw'),
        machineId: z.string(),
        isCounted: z
          .boolean()
          .describe(
            'A slot of the window is verified by it; not when the PC stood elsewhere, belonged to another agency then, or it is older',
          ),
      }),
    )
    .describe('The newest accepted receipt of each PC, newest first, at most 100'),
  targets: z
    .array(
      z.object({
        kind: z.enum(TARGET_KINDS).describe('What kind of target it is'),
        target: z.string().optional().describe('What agents attempt; only for admin and operator'),
        triedAt: instant.describe('Newest attempt; it and what follows may lag by an hour'),
        lastReachedAt: instant.optional().describe('Newest success; absent without one'),
        status: z.int().optional().describe('HTTP status of the newest answer; absent for other kinds of target'),
        certificateNotAfter: instant.optional().describe('End of the newest certificate; absent without one'),
        lastFailure: z.string().optional().describe('Code of the newest failed attempt; absent without one'),
      }),
    )
    .describe('Targets the network has now, in its order; one that nobody tried is absent'),
  outages: z.array(outage).describe('Those of the window, newest first, at most 500'),
});

/** Everything behind a result as the API shows it. */
export function shownAgencyNetwork(one: AgencyNetwork, { role }: Principal): z.output<typeof agencyNetwork> {
  const { figures, windowDays, days, receipts, targets, outages } = one;
  const isKeeper = role === 'admin' || role === 'operator';
  return {
    ...shownResult(figures),
    windowDays,
    ...(figures.verifiedBy === undefined ? {} : { verifiedBy: figures.verifiedBy }),
    days: days.map(({ date, slotsOn, slotsReached, slotsVerified }) => ({
      date,
      ...ratioOf(slotsReached, slotsOn),
      verifiedSlots: slotsVerified,
    })),
    receipts: receipts.map(({ atMs, kid, observedAddress, machineId, isCounted }) => ({
      at: textOf(atMs),
      keyId: kid,
      observedAddress,
      machineId,
      isCounted,
    })),
    targets: targets.map((seen) => shownTarget(seen, isKeeper)),
    outages: outages.map(shownOutage),
  };
}

function shownTarget(seen: AgencyTarget, isKeeper: boolean): z.output<typeof agencyNetwork>['targets'][number] {
  const { target, newestAtMs, newestSuccessAtMs, status, certificateNotAfterMs, lastFailure } = seen;
  const parsed = parseNetworkTarget(target);
  if ('problem' in parsed) throw new TypeError(`A target of a network is none: ${parsed.problem}`);
  return {
    kind: parsed.kind,
    ...(isKeeper ? { target } : {}),
    triedAt: textOf(newestAtMs),
    ...(newestSuccessAtMs === undefined ? {} : { lastReachedAt: textOf(newestSuccessAtMs) }),
    ...(status === undefined ? {} : { status }),
    ...(certificateNotAfterMs === undefined ? {} : { certificateNotAfter: textOf(certificateNotAfterMs) }),
    ...(lastFailure === undefined ? {} : { lastFailure }),
  };
}

/** A place at which machines of an agency were seen. */
export const usedPlace = z.object({
  addressRange: z.string().describe('The range the addresses of the PCs were in, CIDR notation'),
  gateway: z.string().optional().describe('Address of the next hop; absent when there was none'),
  machineCount: z.int().describe('PCs of the agency seen there in the last 30 days'),
  firstDay: z.iso.date().describe('First of these days with one of them'),
  lastDay: z.iso.date().describe('Last of these days with one of them'),
  isOwn: z
    .boolean()
    .optional()
    .describe('What is seen there counts for the agency; absent when that depends on the address of each PC'),
  reason: z
    .enum(PLACE_REASONS)
    .describe(
      '`declared`: inside a declared place; `declared_partly`: a declared place is a part of it; `most_machines`: most PCs of the agency were there; `steady`: two PCs or more were each there on 3 days or more; `elsewhere`: none of these',
    ),
});

/** A place that an agency declared. */
export const declaredPlaceAnswer = z.object({
  id: z.string(),
  addressRange: z.string(),
  gateway: z.string().optional().describe('Any will do when absent'),
  asOf: z.iso.date(),
  source: z.string(),
});

/** A used place as the API shows it. */
export function shownPlace(place: PlacesOfAgency['places'][number]): z.output<typeof usedPlace> {
  const { addressRange, gateway, machineCount, firstDay, lastDay, isOwn, reason } = place;
  return {
    addressRange,
    ...(gateway === '' ? {} : { gateway }),
    machineCount,
    firstDay: isoDateOf(dayStartMs(firstDay)),
    lastDay: isoDateOf(dayStartMs(lastDay)),
    ...(isOwn === undefined ? {} : { isOwn }),
    reason,
  };
}

/** A declared place as the API shows it. */
export function shownDeclaredPlace(one: PlacesOfAgency['declared'][number]): z.output<typeof declaredPlaceAnswer> {
  const { itemId: id, range: addressRange, gateway, asOf, source } = one;
  return { id, addressRange, ...(gateway === undefined ? {} : { gateway }), asOf, source };
}

function ratioOf(a: number, b: number) {
  return { a, b, ...(b === 0 ? {} : { valueRatio: a / b }) };
}

function textOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
