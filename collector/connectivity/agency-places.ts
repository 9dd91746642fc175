import { LRUCache } from 'lru-cache';
import type { NetworkPath } from '#shared/report.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { RegisterState } from '../register/register-state.ts';
import { type DayPlace, placeOfDay } from '../store/day-bits.ts';
import type { Sighting } from '../store/place-store.ts';
import type { Store } from '../store/store.ts';
import { LEARNING_DAYS, learnPlaces } from './learn-places.ts';
import { type DeclaredPlace, isInsidePlace, type Place, placeName } from './place.ts';

/** How long learned places are used again, in milliseconds: more machines at known places change them slowly. */
const LEARNED_MS = 300_000;

/** Machines at places that are remembered, so that what is written down already is not written again. */
const MAX_SIGHTED = 65_536;

const MAX_AGENCIES = 16_384;

/** Days of one machine at one place that are written down, of the newest month. */
interface SightedDays {
  readonly month: number;
  readonly bits: number;
}

interface Learned {
  readonly names: ReadonlySet<string>;
  /** Names of all places at which machines of the agency were seen. */
  readonly known: ReadonlySet<string>;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

type DeclaredPlaces = ReadonlyMap<string, readonly DeclaredPlace[]>;

/** Knows which samples speak for which agency; see learnPlaces() for the rule. */
export class AgencyPlaces {
  readonly #register: { state(): Promise<RegisterState> };
  readonly #sighted = new LRUCache<string, SightedDays>({ max: MAX_SIGHTED });
  readonly #learned = new LRUCache<string, Learned>({ max: MAX_AGENCIES });
  #declared: { readonly state: RegisterState; readonly places: DeclaredPlaces } | undefined;

  /** @param register the register as it stands today */
  constructor(register: { state(): Promise<RegisterState> }) {
    this.#register = register;
  }

  /**
   * Begins to place the samples of a batch. Call it before the transaction: it reads the register by another way.
   *
   * @throws {TramdoError} what the register throws
   */
  async begin(): Promise<PlaceBatch> {
    const state = await this.#register.state();
    if (this.#declared?.state !== state) this.#declared = { state, places: declaredPlaces(state) };
    return new PlaceBatch(this.#sighted, this.#learned, this.#declared.places);
  }
}

/** What a batch of reports tells of places; remembered only once the batch is durable. */
export class PlaceBatch {
  readonly #sighted: LRUCache<string, SightedDays>;
  readonly #learned: LRUCache<string, Learned>;
  readonly #declared: DeclaredPlaces;
  readonly #newSighted = new Map<string, SightedDays>();
  readonly #newLearned = new Map<string, Learned>();
  readonly #dayPlaces = new Map<number, DayPlace>();

  constructor(
    sighted: LRUCache<string, SightedDays>,
    learned: LRUCache<string, Learned>,
    declared: ReadonlyMap<string, readonly DeclaredPlace[]>,
  ) {
    this.#sighted = sighted;
    this.#learned = learned;
    this.#declared = declared;
  }

  /**
   * Writes down where machines were, and learns the places of their agencies where that is due.
   *
   * @param sightings of all machines of the batch, also those that are known
   * @param atMs instant of the newest arrival, epoch milliseconds
   */
  async note(store: Pick<Store, 'places'>, sightings: readonly Sighting[], atMs: number): Promise<void> {
    const unknown = sightings.filter((sighting) => this.#isNew(sighting));
    if (unknown.length > 0) await store.places.add(unknown);
    for (const [agencyCode, ofAgency] of Map.groupBy(sightings, (sighting) => sighting.agencyCode)) {
      const learned = this.#learned.get(agencyCode);
      const isFresh =
        learned !== undefined &&
        Math.abs(atMs - learned.atMs) < LEARNED_MS &&
        dayNumber(atMs) === dayNumber(learned.atMs) &&
        ofAgency.every((sighting) => learned.known.has(placeName(sighting)));
      if (isFresh || this.#declared.has(agencyCode)) continue;
      const last = dayNumber(atMs);
      const seen = await store.places.seenBy(agencyCode, { first: last - LEARNING_DAYS + 1, last });
      const known = new Set([...seen, ...ofAgency].map(placeName));
      this.#newLearned.set(agencyCode, { names: learnPlaces(seen), known, atMs });
    }
  }

  /**
   * Tells whether a way out begins at a place of the agency; call {@link note} before.
   *
   * @param way with what placeOf() says of its path
   */
  isOwn(
    agencyCode: string,
    { path, place }: { readonly path: NetworkPath; readonly place: Place | undefined },
  ): boolean {
    const declared = this.#declared.get(agencyCode);
    if (declared !== undefined) return declared.some((place) => isInsidePlace(path, place));
    const learned = this.#newLearned.get(agencyCode) ?? this.#learned.get(agencyCode);
    return place !== undefined && learned?.names.has(placeName(place)) === true;
  }

  /** Remembers what was written; call it when the transaction has ended well. */
  settle(): void {
    for (const [name, days] of this.#newSighted) this.#sighted.set(name, days);
    for (const [agencyCode, learned] of this.#newLearned) this.#learned.set(agencyCode, learned);
  }

  /** Nearly all sightings of a batch are of one day. */
  #dayPlace(day: number): DayPlace {
    const known = this.#dayPlaces.get(day) ?? placeOfDay(day);
    this.#dayPlaces.set(day, known);
    return known;
  }

  #isNew(sighting: Sighting): boolean {
    const name = `${sighting.machineId} ${placeName(sighting)}`;
    const { month, bit } = this.#dayPlace(sighting.day);
    const known = this.#newSighted.get(name) ?? this.#sighted.get(name);
    if (known?.month === month && (known.bits & bit) !== 0) return false;
    // Of the newest month alone: what comes late is written again, which changes nothing.
    if (known === undefined || month >= known.month) {
      this.#newSighted.set(name, { month, bits: known?.month === month ? known.bits | bit : bit });
    }
    return true;
  }
}

function declaredPlaces({ agencies }: RegisterState): DeclaredPlaces {
  return new Map(
    agencies.flatMap(({ code, items }) => {
      const places = items.flatMap((item) => (item.kind === 'place' ? [item] : []));
      return places.length === 0 ? [] : [[code, places] as const];
    }),
  );
}
