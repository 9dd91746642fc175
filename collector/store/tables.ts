import type { ConnectivityTables } from './connectivity-tables.ts';
import type { ExceptionTables } from './exception-tables.ts';
import type { ImportTables } from './import-tables.ts';
import type { LineTables } from './line-tables.ts';
import type { MachineRecordTables } from './machine-tables.ts';
import type { NetworkTables } from './network-tables.ts';
import type { PeopleTables } from './people-tables.ts';
import type { PeriodTables } from './period-tables.ts';
import type { RegisterTables } from './register-tables.ts';

/** A JSON document as text, so that every engine keeps it alike. */
type JsonText = string;

/** Rows of the register. */
export interface AgencyTable {
  code: string;
  name_vi: string;
  name_en: string | null;
  level: string;
  parent_code: string | null;
  valid_from: string | null;
  valid_to: string | null;
  replaced_by: string | null;
}

/** What agencies declared, one row a subject and day. */
export interface DeclaredNumberTable {
  agency_code: string;
  subject: string;
  as_of: string;
  value: number;
  source: string;
}

/** Join tokens, hashed. */
export interface JoinTokenTable {
  id: string;
  agency_code: string;
  token_hash: string;
  created_at_ms: number;
  expires_at_ms: number;
  revoked_at_ms: number | null;
  max_uses: number | null;
  uses: number;
}

/** Who a machine is; changes when it joins or is retired. */
export interface MachineTable {
  agency_code: string;
  machine_id: string;
  public_key: JsonText;
  fingerprint: string;
  hostname: string;
  platform: string;
  agent_version: string;
  enrolled_at_ms: number;
  retired_at_ms: number | null;
}

/** How a machine stands: the one row that every report touches. */
export interface MachineStateTable {
  agency_code: string;
  machine_id: string;
  is_retired: number;
  kind: string | null;
  verdict_key: string;
  antivirus_key: string;
  last_seen_at_ms: number;
  last_seq: number;
  report_count: number;
  clock_offset_ms: number | null;
  judged_with: string;
  holds_until_ms: number;
  /** `version=state` of the agent; empty before the first report that says it. */
  agent_key: string;
  /** Probe id to [hash, instant of the newest look by the collector's clock]. */
  freshness: JsonText;
  /** Newest day (Asia/Ho_Chi_Minh) with an attempt on the Internet, and with a success. */
  tried_day: number | null;
  online_day: number | null;
  /** Newest fingerprint the machine's reports spoke of; empty before the first one. */
  fingerprint: string;
  /** Reports are looked at one by one as two machines use its id. */
  is_contested: number;
}

/** Verdicts of a machine with their reasons. */
export interface MachineVerdictTable {
  agency_code: string;
  machine_id: string;
  judged_at_ms: number;
  details: JsonText;
}

/** The newest outcome of every probe. */
export interface ObservationTable {
  agency_code: string;
  machine_id: string;
  probe_id: string;
  hash: string;
  seq: number;
  observed_at_ms: number;
  received_at_ms: number;
  value: JsonText | null;
  failure: JsonText | null;
}

/** What happened to a machine. */
export interface MachineEventTable {
  agency_code: string;
  machine_id: string;
  at_ms: number;
  event: string;
  detail: string;
}

/** What the PCs of an agency saw of a network on one day (UTC). */
export interface AgencyNetworkDayTable {
  agency_code: string;
  network: string;
  day: number;
  /** 288 bits in hexadecimal: five-minute slots in which a PC tried. */
  slots_on: string;
  /** The slots of them with a success. */
  slots_reached: string;
  /** The slots of them for which a beacon signed; empty for none. */
  slots_verified: string;
  /** The same by the key that signed: `kid=slots`, parted by spaces. */
  verified_by: string;
  /** See SlotCounts: PCs that tried in a slot and only failed. */
  failed_counts: string;
  rtt: JsonText;
  newest_attempt_at_ms: number;
  newest_success_at_ms: number | null;
  newest_failure: string | null;
}

/** Offers of releases; the agency is empty for all. */
export interface ReleaseOfferTable {
  agency_code: string;
  version: string;
  share_ratio: number;
  offered_at_ms: number;
}

/** Small things the collector keeps about itself. */
export interface SettingTable {
  key: string;
  value: string;
}

/** The database as kysely sees it. Tables that grow with machines have the agency first in every key. */
export interface Tables
  extends RegisterTables,
    MachineRecordTables,
    PeopleTables,
    PeriodTables,
    ExceptionTables,
    ImportTables,
    NetworkTables,
    ConnectivityTables,
    LineTables {
  agencies: AgencyTable;
  declared_numbers: DeclaredNumberTable;
  join_tokens: JoinTokenTable;
  machines: MachineTable;
  machine_states: MachineStateTable;
  machine_verdicts: MachineVerdictTable;
  observations: ObservationTable;
  observation_history: ObservationTable;
  machine_events: MachineEventTable;
  agency_network_days: AgencyNetworkDayTable;
  release_offers: ReleaseOfferTable;
  settings: SettingTable;
}
