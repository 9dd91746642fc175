import type { Agency, DeclaredNumber } from '../register/agency.ts';
import type { FigureStore } from './figure-store.ts';
import type { MachineStore } from './machine-store.ts';
import type { NetworkDayStore } from './network-day-store.ts';
import type { ReleaseOfferStore } from './release-offer-store.ts';
import type { ReportStore } from './report-store.ts';
import type { TokenStore } from './token-store.ts';

/** The register of agencies and what they declared. */
export interface AgencyStore {
  /** @throws {TramdoError} AGENCY_EXISTS */
  add(agency: Agency): Promise<void>;
  find(code: string): Promise<Agency | undefined>;
  /** Every agency, sorted by code. */
  list(): Promise<readonly Agency[]>;
  /** Keeps a declared number; one for the same subject and day is replaced. */
  declare(number: DeclaredNumber): Promise<void>;
  /** The newest number of every agency and subject, sorted by agency and subject. */
  newestDeclared(): Promise<readonly DeclaredNumber[]>;
}

/** Everything the collector keeps, in small parts by subject. */
export interface Store {
  readonly agencies: AgencyStore;
  readonly tokens: TokenStore;
  readonly machines: MachineStore;
  readonly reports: ReportStore;
  readonly networkDays: NetworkDayStore;
  readonly figures: FigureStore;
  readonly releaseOffers: ReleaseOfferStore;
  /**
   * Runs work on a store whose changes all become durable together when it ends, or not at all when it throws.
   *
   * @throws {TramdoError} DISK_FULL, STORE_UNAVAILABLE, DATA_CORRUPT, or what the work throws
   */
  transaction<Result>(work: (store: Store) => Promise<Result>): Promise<Result>;
  /**
   * Makes sure that something can be written now.
   *
   * @throws {TramdoError} DISK_FULL, STORE_UNAVAILABLE, DATA_CORRUPT, DATA_FOLDER_UNUSABLE
   */
  check(): Promise<void>;
  close(): Promise<void>;
}
