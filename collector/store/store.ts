import type { AuditStore } from '../people/audit.ts';
import type { Agency, DeclaredNumber } from '../register/agency.ts';
import type { AbsenceStore } from './absence-store.ts';
import type { AccessTokenStore } from './access-token-store.ts';
import type { AccountStore } from './account-store.ts';
import type { AgencyTargetStore } from './agency-target-store.ts';
import type { DeclaredMachineStore } from './declared-machine-store.ts';
import type { ExceptionStore } from './exception-store.ts';
import type { FigureStore } from './figure-store.ts';
import type { ImportStore } from './import-store.ts';
import type { LineSampleStore } from './line-sample-store.ts';
import type { MachineConflictStore } from './machine-conflict-store.ts';
import type { MachineHistoryStore } from './machine-history-store.ts';
import type { MachineMoveStore } from './machine-move-store.ts';
import type { MachineStore } from './machine-store.ts';
import type { NetworkDayStore } from './network-day-store.ts';
import type { NetworkStore } from './network-store.ts';
import type { PeriodStore } from './period-store.ts';
import type { PlaceStore } from './place-store.ts';
import type { ReceiptStore } from './receipt-store.ts';
import type { RegisterStore } from './register-store.ts';
import type { ReleaseOfferStore } from './release-offer-store.ts';
import type { ReportStore } from './report-store.ts';
import type { SessionStore } from './session-store.ts';
import type { SetUpLinkStore } from './set-up-link-store.ts';
import type { SignInFailureStore } from './sign-in-failure-store.ts';
import type { TokenStore } from './token-store.ts';
import type { UpkeepStore } from './upkeep-store.ts';

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
  readonly register: RegisterStore;
  readonly tokens: TokenStore;
  readonly machines: MachineStore;
  readonly machineMoves: MachineMoveStore;
  readonly conflicts: MachineConflictStore;
  readonly declaredMachines: DeclaredMachineStore;
  readonly history: MachineHistoryStore;
  readonly absences: AbsenceStore;
  readonly reports: ReportStore;
  readonly networkDays: NetworkDayStore;
  readonly networks: NetworkStore;
  readonly places: PlaceStore;
  readonly agencyTargets: AgencyTargetStore;
  readonly receipts: ReceiptStore;
  readonly lineSamples: LineSampleStore;
  readonly figures: FigureStore;
  readonly exceptions: ExceptionStore;
  readonly releaseOffers: ReleaseOfferStore;
  readonly imports: ImportStore;
  readonly periods: PeriodStore;
  readonly audit: AuditStore;
  readonly upkeep: UpkeepStore;
  readonly accounts: AccountStore;
  readonly setUpLinks: SetUpLinkStore;
  readonly sessions: SessionStore;
  readonly signInFailures: SignInFailureStore;
  readonly accessTokens: AccessTokenStore;
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
