import type { Baseline } from '../../../baselines/baseline.ts';
import type { ExceptionDesk } from '../../../baselines/exception-desk.ts';
import type { Catalogues } from '../../../catalogues/catalogues.ts';
import type { Settings } from '../../../config.ts';
import type { ConnectivityDesk } from '../../../connectivity/connectivity-desk.ts';
import type { PackageShelf } from '../../../downloads/package-shelf.ts';
import type { IndicatorDesk } from '../../../indicators/indicator-desk.ts';
import type { CarriedFileDesk } from '../../../ingest/carried-file-desk.ts';
import type { JoinTokenDesk } from '../../../ingest/join-token-desk.ts';
import type { MachineDesk } from '../../../machines/machine-desk.ts';
import type { MetricSource } from '../../../metrics/metric-family.ts';
import type { NetworkDesk } from '../../../networks/network-desk.ts';
import type { PeopleDesk } from '../../../people/people-desk.ts';
import type { PeriodDesk } from '../../../periods/period-desk.ts';
import type { ImportDesk } from '../../../register/import-desk.ts';
import type { RegisterDesk } from '../../../register/register-desk.ts';
import type { Store } from '../../../store/store.ts';

/** The desks, one per subject; the same ones the commands build for themselves. */
export interface Desks {
  readonly register: RegisterDesk;
  readonly imports: ImportDesk;
  readonly machines: MachineDesk;
  readonly indicators: IndicatorDesk;
  readonly networks: NetworkDesk;
  readonly connectivity: ConnectivityDesk;
  readonly exceptions: ExceptionDesk;
  readonly periods: PeriodDesk;
  readonly people: PeopleDesk;
  readonly joinTokens: JoinTokenDesk;
}

/** What the routes of the API are handed; each takes what it needs. */
export interface ApiParts extends Desks {
  /** For reads that no desk answers. */
  readonly store: Store;
  readonly settings: Settings;
  readonly catalogues: Catalogues;
  /** The baseline in force. */
  readonly baseline: Baseline;
  /** Today's figures, the ones Prometheus gets. */
  readonly source: MetricSource;
  readonly packages: PackageShelf;
  /** Takes files of machines whose data is carried by hand. */
  readonly carriedFiles: CarriedFileDesk;
  /** Pin of the certificate for join strings; undefined when an authority vouches for it or there is no TLS. */
  readonly pin: string | undefined;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}
