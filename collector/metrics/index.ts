import { agencyInfo } from './agency-info.ts';
import { agents } from './agents.ts';
import { antivirusMachines } from './antivirus-machines.ts';
import { beaconReceipts } from './beacon-receipts.ts';
import { indicatorCoverage } from './indicator-coverage.ts';
import { indicatorDenominator } from './indicator-denominator.ts';
import { indicatorNumerator } from './indicator-numerator.ts';
import { indicatorValue } from './indicator-value.ts';
import { ingestQueue } from './ingest-queue.ts';
import { ingestSeconds } from './ingest-seconds.ts';
import { lineDeclared } from './line-declared.ts';
import { lineMeasured } from './line-measured.ts';
import { machines } from './machines.ts';
import type { AnyMetricFamily } from './metric-family.ts';
import { networkAgencies } from './network-agencies.ts';
import { networkAvailability } from './network-availability.ts';
import { networkCertificates } from './network-certificates.ts';
import { networkOutageStart } from './network-outage-start.ts';
import { networkRtt } from './network-rtt.ts';
import { networkUp } from './network-up.ts';
import { officials } from './officials.ts';
import { registeredMachinesFamily } from './registered-machines.ts';
import { reportsTotal } from './reports-total.ts';
import { ruleExceptedMachines } from './rule-excepted-machines.ts';
import { ruleMachines } from './rule-machines.ts';
import { storeBackups } from './store-backups.ts';
import { storeFree } from './store-free.ts';
import { storeSize } from './store-size.ts';

/**
 * Every metric of the page of the whole register, sorted by name. `tramdo_metric_success` and the metrics of the
 * collector's own process are added by expose.ts.
 */
export const METRIC_FAMILIES: readonly AnyMetricFamily[] = [
  agencyInfo,
  agents,
  antivirusMachines,
  beaconReceipts,
  indicatorCoverage,
  indicatorDenominator,
  indicatorNumerator,
  indicatorValue,
  ingestQueue,
  ingestSeconds,
  lineDeclared,
  lineMeasured,
  machines,
  networkAgencies,
  networkAvailability,
  networkCertificates,
  networkOutageStart,
  networkRtt,
  networkUp,
  officials,
  registeredMachinesFamily,
  reportsTotal,
  ruleExceptedMachines,
  ruleMachines,
  storeFree,
  storeBackups,
  storeSize,
];
