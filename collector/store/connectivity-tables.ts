/** Days of one month (Asia/Ho_Chi_Minh) on which a machine was at a place, as a bit set, the first day lowest. */
export interface MachinePlaceMonthTable {
  /** The agency of today: days are facts of the machine. */
  agency_code: string;
  machine_id: string;
  /** CIDR notation. */
  address_range: string;
  /** Empty when there was none. */
  gateway: string;
  /** 12 times the year plus the month from 0. */
  month: number;
  days: number;
}

/** The newest receipt of each machine and network that was accepted: an older one is somebody's copy. */
export interface NewestReceiptTable {
  agency_code: string;
  machine_id: string;
  network: string;
  /** By the machine's clock. */
  slot: number;
  /** By the beacon's clock. */
  at_ms: number;
  observed_address: string;
  kid: string;
}

/** What agencies see of each target, for people. */
export interface AgencyTargetTable {
  agency_code: string;
  network: string;
  target: string;
  newest_at_ms: number;
  newest_success_at_ms: number | null;
  status: number | null;
  certificate_not_after_ms: number | null;
  last_failure: string | null;
}

/** Tables of connectivity beside the days, as kysely sees them. */
export interface ConnectivityTables {
  machine_place_months: MachinePlaceMonthTable;
  newest_receipts: NewestReceiptTable;
  agency_targets: AgencyTargetTable;
}
