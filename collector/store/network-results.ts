import type { PlanNetwork } from '#shared/plan.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { lastingOutageStartMs } from '../connectivity/lasting-outage.ts';
import type { NetworkFigures, NetworkResult } from '../metrics/metric-family.ts';
import type { RegisteredAgency } from '../register/register-state.ts';
import type { FiguredDay } from './network-day-store.ts';
import { RttSum } from './rtt-counts.ts';
import { SLOTS_PER_DAY, type SlotSet } from './slot-set.ts';

/** What results of networks are made for. */
export interface NetworkTerms {
  /** Networks of the plan in force. */
  readonly networks: readonly Pick<PlanNetwork, 'id' | 'kind'>[];
  readonly agencies: readonly Pick<RegisteredAgency, 'code' | 'level'>[];
  readonly slots: NetworkSlots;
}

/** Five-minute slots since 1970 that are looked at. */
export interface NetworkSlots {
  /** First one of the window of availability. */
  readonly first: number;
  /** First one that decides the current result. */
  readonly current: number;
  /** First one behind the window. */
  readonly end: number;
}

/** What a window of availability is cut by. */
export interface NetworkWindow {
  /** The instant it ends, epoch milliseconds. */
  readonly atMs: number;
  readonly windowDays: number;
  /** Length of the end of it that decides the current result, in milliseconds; all of it when absent. */
  readonly currentMs?: number;
  /** What came later is left out; now nothing is, because clocks of machines may run ahead of this one. */
  readonly isPast: boolean;
}

/** The slots of a window that ends at an instant. */
export function networkSlots({ atMs, windowDays, currentMs, isPast }: NetworkWindow): NetworkSlots {
  const last = Math.floor((atMs - 1) / SLOT_MS);
  const first = last - windowDays * SLOTS_PER_DAY + 1;
  return {
    first,
    current: currentMs === undefined ? first : last - Math.ceil(currentMs / SLOT_MS),
    end: isPast ? last + 1 : Number.POSITIVE_INFINITY,
  };
}

/**
 * What agencies saw of the networks, one row for every agency and network of the plan, whether anybody measured or not:
 * an agency nobody measured is unknown, not absent.
 *
 * @param days may hold more than the window; of one agency and network oldest first
 */
export function networkFigures(days: readonly FiguredDay[], terms: NetworkTerms): readonly NetworkFigures[] {
  const rtt = new RttSum();
  const byAgency = Map.groupBy(days, ({ agencyCode }) => agencyCode);
  return terms.agencies.flatMap(({ code, level }) => {
    const byNetwork = Map.groupBy(byAgency.get(code) ?? [], ({ network }) => network);
    return terms.networks.map(({ id, kind }) => ({
      agencyCode: code,
      level,
      network: id,
      kind,
      ...resultOf(byNetwork.get(id) ?? [], terms.slots, rtt),
    }));
  });
}

function resultOf(days: readonly FiguredDay[], { first, current, end }: NetworkSlots, rtt: RttSum) {
  const count = (from: number, kind: 'on' | 'reached' | 'verified') =>
    days.reduce((sum, day) => {
      const start = day.day * SLOTS_PER_DAY;
      return sum + day[kind].countFrom(from - start) - day[kind].countFrom(end - start);
    }, 0);
  rtt.clear();
  for (const day of days) rtt.add(day.rtt);
  const median = rtt.quantileMs(0.5);
  const p95 = rtt.quantileMs(0.95);
  const slotsOn = count(first, 'on');
  const slotsReached = count(first, 'reached');
  const currentCounts = { on: count(current, 'on'), reached: count(current, 'reached') };
  return {
    result: best({ ...currentCounts, verified: count(current, 'verified') }),
    windowResult: best({ on: slotsOn, reached: slotsReached, verified: count(first, 'verified') }),
    slotsOn,
    slotsReached,
    ...newestOf(days, first, end),
    ...(median === undefined || p95 === undefined ? {} : { rttSeconds: { median: median / 1_000, p95: p95 / 1_000 } }),
  };
}

function best({ on, reached, verified }: Readonly<Record<'on' | 'reached' | 'verified', number>>): NetworkResult {
  if (verified > 0) return 'verified';
  if (reached > 0) return 'reached';
  return on > 0 ? 'not_reached' : 'unknown';
}

/** When the network was last reached and verified within the slots, by which key, and since when not; from the slots, so exact for past days too. */
function newestOf(days: readonly FiguredDay[], first: number, end: number) {
  const newestSlot = (setOf: (day: FiguredDay) => SlotSet) => {
    for (const day of days.toReversed()) {
      const start = day.day * SLOTS_PER_DAY;
      const slot = setOf(day).lastBefore(end - start);
      if (slot !== undefined && start + slot >= first) return { day, slot, atMs: (start + slot) * SLOT_MS };
    }
    return undefined;
  };
  const verified = newestSlot((day) => day.verified);
  const success = newestSlot((day) => day.reached);
  const [verifiedBy] =
    verified === undefined
      ? []
      : [...verified.day.verifiedBy].flatMap(([kid, slots]) => (slots.has(verified.slot) ? [kid] : [])).toSorted();
  const from = success === undefined ? first : success.atMs / SLOT_MS + 1;
  const outageStartMs = lastingOutageStartMs(days, { from, end });
  return {
    ...(outageStartMs === undefined ? {} : { outageStartMs }),
    ...(verified === undefined ? {} : { verifiedAtMs: verified.atMs }),
    ...(verifiedBy === undefined ? {} : { verifiedBy }),
    ...(success === undefined ? {} : { newestSuccessAtMs: success.atMs }),
  };
}
