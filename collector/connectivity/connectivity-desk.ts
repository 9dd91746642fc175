import { TramdoError } from '#shared/errors.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { Settings } from '../config.ts';
import type { NetworkFigures } from '../metrics/metric-family.ts';
import type { NetworkDefinition } from '../networks/network-definition.ts';
import type { NetworkDesk } from '../networks/network-desk.ts';
import type { RegisteredAgency, RegisterState } from '../register/register-state.ts';
import type { AgencyTarget } from '../store/agency-target-store.ts';
import { type NetworkSlots, networkFigures, networkSlots } from '../store/network-results.ts';
import type { NewestReceipt } from '../store/receipt-store.ts';
import { SLOTS_PER_DAY } from '../store/slot-set.ts';
import type { Store } from '../store/store.ts';
import { type CountedDay, countDays } from './count-days.ts';
import { currentWindowMs } from './current-window.ts';
import { findOutages, type Outage } from './find-outages.ts';
import { isCounted } from './is-counted.ts';
import { LEARNING_DAYS } from './learn-places.ts';
import { type DeclaredPlaceItem, listPlaces, type UsedPlace } from './list-places.ts';

/** What the desk works with. */
export interface ConnectivityDeskParts {
  readonly store: Pick<Store, 'agencyTargets' | 'networkDays' | 'places' | 'receipts'>;
  readonly networks: Pick<NetworkDesk, 'find'>;
  /** The register as it stands today. */
  readonly registerState: () => Promise<RegisterState>;
  readonly settings: Pick<Settings, 'availabilityWindowDays' | 'intervals'>;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** A receipt that was accepted. */
export interface ShownReceipt extends NewestReceipt {
  /** Whether a slot of the window is verified by it: see {@link isCounted}. */
  readonly isCounted: boolean;
}

/** Everything behind what one agency has of one network. */
export interface AgencyNetwork {
  readonly network: NetworkDefinition;
  /** Days of the window. */
  readonly windowDays: number;
  readonly figures: NetworkFigures;
  /** Oldest first; a day of which nothing is known has zeros. */
  readonly days: readonly CountedDay[];
  /** The newest accepted one of each machine, newest first, at most {@link MOST_RECEIPTS}. */
  readonly receipts: readonly ShownReceipt[];
  /** What was last seen of the targets the network has now, in its order; one that nobody tried is absent. */
  readonly targets: readonly AgencyTarget[];
  /** Those of the window, newest first, at most {@link MOST_OUTAGES}. */
  readonly outages: readonly Outage[];
}

/** An outage with whose it is. */
export interface AgencyOutage extends Outage, Pick<RegisteredAgency, 'level'> {
  readonly agencyCode: string;
}

/** Which outages are wanted. */
export interface OutageFilter {
  readonly level?: string | undefined;
  /** Only those that last. */
  readonly isLasting?: boolean | undefined;
  /** Tells whether whoever asks may see an agency; every one when absent. */
  readonly covers?: (agencyCode: string) => boolean;
}

/** Where the machines of an agency were seen, and what it declared. */
export interface PlacesOfAgency {
  /** Busiest first. */
  readonly places: readonly UsedPlace[];
  readonly declared: readonly DeclaredPlaceItem[];
}

/** Most days of a window that is asked for. */
export const MOST_WINDOW_DAYS = 31;

/** Receipts that are listed of one agency and network. */
const MOST_RECEIPTS = 100;

/** Outages that are listed of one agency and network: a line that comes and goes every ten minutes has thousands. */
const MOST_OUTAGES = 500;

/** Answers what people ask of connectivity now: results, outages, receipts and places of agencies. */
export class ConnectivityDesk {
  readonly #parts: ConnectivityDeskParts;

  constructor(parts: ConnectivityDeskParts) {
    this.#parts = parts;
  }

  /**
   * What every agency has of a network, sorted by agency.
   *
   * @throws {TramdoError} NETWORK_UNKNOWN
   */
  async figures(networkId: string): Promise<readonly NetworkFigures[]> {
    const { store, networks, registerState } = this.#parts;
    const { definition } = networks.find(networkId);
    const slots = this.#slots();
    const days = await store.networkDays.ofNetwork(networkId, firstDayOf(slots));
    const { agencies } = await registerState();
    return networkFigures(days, { networks: [definition], agencies, slots }).toSorted((a, b) =>
      a.agencyCode < b.agencyCode ? -1 : 1,
    );
  }

  /**
   * Everything behind what one agency has of a network.
   *
   * @param windowDays 1 to {@link MOST_WINDOW_DAYS}; the window of availability when absent
   * @throws {TramdoError} NETWORK_UNKNOWN, AGENCY_UNKNOWN
   */
  async agencyNetwork(networkId: string, agencyCode: string, windowDays?: number): Promise<AgencyNetwork> {
    const { store, networks, nowMs } = this.#parts;
    const { definition } = networks.find(networkId);
    const agency = await this.#agency(agencyCode);
    const slots = this.#slots(windowDays);
    // One more: clocks of machines may run ahead.
    const span = { first: firstDayOf(slots), last: Math.floor(nowMs() / SLOT_MS / SLOTS_PER_DAY) + 1 };
    const days = await store.networkDays.between(agencyCode, networkId, span);
    const [figures] = networkFigures(days, { networks: [definition], agencies: [agency], slots });
    if (figures === undefined) throw new TypeError('One agency and one network gave no figures');
    const receipts = await store.receipts.ofAgency(agencyCode, networkId, MOST_RECEIPTS);
    return {
      network: definition,
      windowDays: windowDays ?? this.#parts.settings.availabilityWindowDays,
      figures,
      days: countDays(days, slots, nowMs()),
      receipts: receipts.map((receipt) => ({ ...receipt, isCounted: isCounted(receipt, days) })),
      targets: await this.#targets(agencyCode, definition),
      outages: findOutages(days, { from: slots.first, end: slots.end }).toReversed().slice(0, MOST_OUTAGES),
    };
  }

  /**
   * The outages of a network in the window of availability, newest first, then by agency.
   *
   * @throws {TramdoError} NETWORK_UNKNOWN
   */
  async outages(networkId: string, filter: OutageFilter = {}): Promise<readonly AgencyOutage[]> {
    const { store, networks, registerState } = this.#parts;
    networks.find(networkId);
    const { level: wanted, isLasting = false, covers = () => true } = filter;
    const slots = this.#slots();
    const days = await store.networkDays.ofNetwork(networkId, firstDayOf(slots));
    const byAgency = Map.groupBy(days, ({ agencyCode }) => agencyCode);
    return (await registerState()).agencies
      .filter(({ code, level }) => covers(code) && (wanted === undefined || level === wanted))
      .flatMap(({ code: agencyCode, level }) =>
        findOutages(byAgency.get(agencyCode) ?? [], { from: slots.first, end: slots.end }).map((outage) => ({
          agencyCode,
          level,
          ...outage,
        })),
      )
      .filter(({ endMs }) => !isLasting || endMs === undefined)
      .toSorted((a, b) => b.startMs - a.startMs || (a.agencyCode < b.agencyCode ? -1 : 1));
  }

  /**
   * Where machines of an agency were seen in the days over which places are learned.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN
   */
  async places(agencyCode: string): Promise<PlacesOfAgency> {
    const { store, nowMs } = this.#parts;
    const { items } = await this.#agency(agencyCode);
    const last = dayNumber(nowMs());
    const seen = await store.places.seenBy(agencyCode, { first: last - LEARNING_DAYS + 1, last });
    const declared = items.flatMap((item) => (item.kind === 'place' ? [item] : []));
    return { places: listPlaces(seen, declared), declared };
  }

  async #targets(agencyCode: string, { id, targets }: NetworkDefinition): Promise<readonly AgencyTarget[]> {
    const seen = await this.#parts.store.agencyTargets.list(agencyCode);
    const ofNetwork = new Map(seen.flatMap((one) => (one.network === id ? [[one.target, one] as const] : [])));
    return targets.flatMap((target) => ofNetwork.get(target) ?? []);
  }

  async #agency(agencyCode: string): Promise<RegisteredAgency> {
    const { agencies } = await this.#parts.registerState();
    const found = agencies.find(({ code }) => code === agencyCode);
    if (found !== undefined) return found;
    throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}" in the register`);
  }

  #slots(windowDays = this.#parts.settings.availabilityWindowDays): NetworkSlots {
    const currentMs = currentWindowMs(this.#parts.settings.intervals);
    return networkSlots({ atMs: this.#parts.nowMs(), windowDays, currentMs, isPast: false });
  }
}

function firstDayOf({ first }: NetworkSlots): number {
  return Math.floor(first / SLOTS_PER_DAY);
}
