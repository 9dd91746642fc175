import { TramdoError } from '#shared/errors.ts';
import type { Catalogues } from '../catalogues/catalogues.ts';
import { dayNumber, dayNumberOfDate, dayStartMs, isoDateOf } from '../catalogues/viet-nam-time.ts';
import type { Settings } from '../config.ts';
import type { MachineGroup } from '../metrics/metric-family.ts';
import type { NetworkDesk } from '../networks/network-desk.ts';
import type { RegisterState } from '../register/register-state.ts';
import type { StateBounds } from '../store/figure-store.ts';
import { machineGroupsOf } from '../store/machine-groups.ts';
import { networkFigures, networkSlots } from '../store/network-results.ts';
import { placeFigures } from '../store/place-figures.ts';
import { SLOTS_PER_DAY } from '../store/slot-set.ts';
import type { Store } from '../store/store.ts';
import { computeIndicators, definitionsOn } from './compute-indicators.ts';
import { findUnits, type UnitLists, type UnitQuery } from './find-units.ts';
import { productFlags } from './formula.ts';
import type { IndexSet, IndicatorDefinition } from './index-set.ts';
import type { IndicatorResult, ResultScope } from './indicator-result.ts';
import type { IndicatorFacts, IndicatorSnapshot } from './indicator-snapshot.ts';
import { sortGroups } from './sort-groups.ts';

/** What the desk works with. */
export interface IndicatorDeskParts {
  readonly store: Pick<Store, 'figures' | 'history' | 'networkDays' | 'places'>;
  /** The register of a day, today when absent. */
  readonly register: { state(day?: string): Promise<RegisterState> };
  readonly catalogues: Pick<Catalogues, 'products'>;
  readonly networks: Pick<NetworkDesk, 'current' | 'networksAt'>;
  readonly settings: Pick<Settings, 'countedKinds' | 'availabilityWindowDays' | 'keepMachineHistoryDays'>;
  /** Every set there is, sorted by id; the first one of `defaultSetId` is meant when none is named. */
  readonly indexSets: readonly IndexSet[];
  readonly defaultSetId: string;
  /** Bounds of the machine states for an instant. */
  readonly boundsAt: (atMs: number) => StateBounds;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** Which figures are wanted. */
export interface IndicatorQuery {
  /** The set in force when absent. */
  readonly setId?: string | undefined;
  /** `yyyy-mm-dd`; today when absent. */
  readonly day?: string | undefined;
  /** Only of this indicator. */
  readonly indicatorId?: string | undefined;
  /** Only of this agency and, with the scope `subtree`, what is below it. */
  readonly agencyCode?: string | undefined;
  /** Only of these scopes. */
  readonly scopes?: readonly ResultScope[];
}

/** How long the facts of today are used again, in milliseconds: a page asks for several figures at once. */
const SHARED_MS = 2_000;

/** Figures of any day by any set, from the facts that are stored. */
export class IndicatorDesk {
  readonly #parts: IndicatorDeskParts;
  #today: { readonly atMs: number; readonly withIds: boolean; readonly facts: Promise<DayFacts> } | undefined;

  constructor(parts: IndicatorDeskParts) {
    this.#parts = parts;
  }

  /** Every set there is, sorted by id, as it stands in its text. */
  indexSets(): readonly IndexSet[] {
    return this.#parts.indexSets;
  }

  /**
   * A set with the kinds of machine that the settings count; the one in force when no id is given.
   *
   * @throws {TramdoError} INDEX_SET_UNKNOWN
   */
  indexSet(id: string = this.#parts.defaultSetId): IndexSet {
    const { indexSets, settings } = this.#parts;
    const found = indexSets.find((set) => set.id === id);
    if (found === undefined) {
      const known = indexSets.map((set) => set.id).join(', ');
      throw new TramdoError('INDEX_SET_UNKNOWN', `Cannot find the index set "${id}", allowed are ${known}`);
    }
    return withKinds(found, settings.countedKinds);
  }

  /**
   * The figures of a day with everything they were computed from, with machine ids.
   *
   * @param day `yyyy-mm-dd`; a past one as it stood at its end, today and when absent as it stands now
   * @throws {TramdoError} INDEX_SET_UNKNOWN, REQUEST_INVALID for a day to come or one that is not kept any more
   */
  async snapshot(setId?: string, day?: string): Promise<IndicatorSnapshot> {
    const indexSet = this.indexSet(setId);
    const { atMs, ...facts } = await this.#factsOf(day, true);
    const complete: IndicatorFacts = { ...facts, indexSet };
    return { ...complete, day: facts.register.day, atMs, results: computeIndicators(complete) };
  }

  /**
   * The facts of a day under a set, without machine ids where the day is today.
   *
   * @throws {TramdoError} as {@link snapshot}
   */
  async facts(setId?: string, day?: string): Promise<IndicatorFacts & { readonly atMs: number }> {
    const indexSet = this.indexSet(setId);
    return { ...(await this.#factsOf(day, false)), indexSet };
  }

  /**
   * Figures of a day, sorted as computeIndicators does.
   *
   * @throws {TramdoError} as {@link snapshot}, INDICATOR_UNKNOWN, and AGENCY_UNKNOWN when it did not exist on that day
   */
  async results({ setId, day, indicatorId, agencyCode, scopes }: IndicatorQuery): Promise<IndicatorAnswer> {
    const facts = await this.facts(setId, day);
    if (agencyCode !== undefined) requireAgency(facts, agencyCode);
    const definitions = definitionsOn(facts.indexSet.indicators, facts.register.day);
    if (indicatorId !== undefined && !definitions.some(({ id }) => id === indicatorId)) {
      throw unknownIndicator(facts, indicatorId);
    }
    const results = computeIndicators(facts, scopes).filter(
      (result) =>
        (indicatorId === undefined || result.indicatorId === indicatorId) &&
        (agencyCode === undefined || result.agencyCode === agencyCode),
    );
    return { day: facts.register.day, atMs: facts.atMs, indexSet: facts.indexSet, definitions, results };
  }

  /**
   * The units behind one figure of a day, with machine ids.
   *
   * @throws {TramdoError} as {@link results}
   */
  async units(query: UnitQuery & Pick<IndicatorQuery, 'setId' | 'day'>): Promise<UnitLists> {
    const facts = { ...(await this.#factsOf(query.day, true)), indexSet: this.indexSet(query.setId) };
    if (query.agencyCode !== undefined) requireAgency(facts, query.agencyCode);
    const lists = findUnits(facts, query);
    if (lists === undefined) throw unknownIndicator(facts, query.indicatorId);
    return lists;
  }

  #factsOf(day: string | undefined, withIds: boolean): Promise<DayFacts> {
    const atMs = this.#parts.nowMs();
    const today = isoDateOf(atMs);
    if (day !== undefined && day > today) {
      throw new TramdoError('REQUEST_INVALID', `Cannot give figures of "${day}", allowed is a day up to ${today}`);
    }
    if (day !== undefined && day < today) return this.#pastFacts(day);
    const shared = this.#today;
    // Midnight parts two moments however close they are.
    const isSameDay = shared !== undefined && isoDateOf(shared.atMs) === today;
    const isFresh = isSameDay && Math.abs(atMs - shared.atMs) < SHARED_MS && (shared.withIds || !withIds);
    if (isFresh) return shared.facts;
    const facts = this.#presentFacts(atMs, withIds);
    this.#today = { atMs, withIds, facts };
    return facts;
  }

  async #presentFacts(atMs: number, withIds: boolean): Promise<DayFacts> {
    const { store, register, boundsAt } = this.#parts;
    const state = await register.state(isoDateOf(atMs));
    const groups = machineGroupsOf(await store.figures.groups(boundsAt(atMs), { withIds }));
    return this.#lay(state, groups, atMs);
  }

  async #pastFacts(day: string): Promise<DayFacts> {
    const { store, register, boundsAt } = this.#parts;
    const midnightMs = dayStartMs(dayNumberOfDate(day) + 1);
    const bounds = boundsAt(midnightMs);
    this.#requireKept(day, bounds);
    const groups = await store.history.groupsAt(day, bounds);
    return this.#lay(await register.state(day), groups, midnightMs);
  }

  /** Forgotten machines would make denominators smaller without a word. */
  #requireKept(day: string, { silentSinceMs, internetSinceDay }: StateBounds): void {
    const { settings, nowMs } = this.#parts;
    const keptDay = dayNumber(nowMs()) - settings.keepMachineHistoryDays;
    if (Math.min(dayNumber(silentSinceMs), internetSinceDay) >= keptDay) return;
    throw new TramdoError(
      'REQUEST_INVALID',
      `Cannot give figures of "${day}" as what they rest on is not kept that long: ` +
        `current value of "keepMachineHistoryDays" is ${settings.keepMachineHistoryDays}; figures of such a day are in the seal of its period`,
    );
  }

  async #lay(register: RegisterState, groups: readonly MachineGroup[], atMs: number): Promise<DayFacts> {
    const { store, settings, catalogues, networks: desk, nowMs } = this.#parts;
    const windowDays = settings.availabilityWindowDays;
    const isPast = register.day < isoDateOf(nowMs());
    const slots = networkSlots({ atMs, windowDays, isPast });
    const days = await store.networkDays.since(Math.floor(slots.first / SLOTS_PER_DAY));
    // As they stood at the end of the day, as the register does; midnight itself is the next day.
    const standing = isPast ? desk.networksAt(atMs - 1) : desk.current();
    const networks = networkFigures(days, { networks: standing, agencies: register.agencies, slots });
    const places = await placeFigures(store, { atMs, windowDays, isPast });
    return { register, groups: sortGroups(groups), networks, places, products: productFlags(catalogues), atMs };
  }
}

/** Figures with what a reader needs to understand them. */
export interface IndicatorAnswer {
  /** Day and instant of the figures. */
  readonly day: string;
  readonly atMs: number;
  readonly indexSet: IndexSet;
  /** The indicators in force on that day, sorted by id. */
  readonly definitions: readonly IndicatorDefinition[];
  readonly results: readonly IndicatorResult[];
}

function requireAgency({ register }: IndicatorFacts, code: string): void {
  if (register.agencies.some((agency) => agency.code === code)) return;
  throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${code}" in the register of ${register.day}`);
}

function unknownIndicator({ indexSet, register }: IndicatorFacts, id: string): TramdoError {
  return new TramdoError(
    'INDICATOR_UNKNOWN',
    `Cannot find the indicator "${id}": the set "${indexSet.id}" has none of that name in force on ${register.day}`,
  );
}

type DayFacts = Omit<IndicatorFacts, 'indexSet'> & { readonly atMs: number };

/** The set with the kinds of machine that the customer counts. */
function withKinds(set: IndexSet, countedKinds: Settings['countedKinds']): IndexSet {
  return { ...set, indicators: set.indicators.map((one) => ({ ...one, countedKinds })) };
}
