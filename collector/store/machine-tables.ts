/** Texts by which machines are counted, kept once; spans name them by their hash. */
export interface CountedKeyTable {
  /** contentHash() of the text. */
  id: string;
  text: string;
}

/** How a machine was counted from one instant to another; `to_ms` is {@link OPEN_END_MS} while it holds. */
export interface MachineSpanTable {
  /** The agency it belonged to then, which a later move does not change. */
  agency_code: string;
  machine_id: string;
  from_ms: number;
  to_ms: number;
  kind: string | null;
  verdict_key_id: string;
  antivirus_key_id: string;
  is_retired: number;
}

/** Days of one month (Asia/Ho_Chi_Minh) as bit sets, the first day in the lowest bit. */
export interface MachineMonthTable {
  /** The agency of today: days are facts of the machine. */
  agency_code: string;
  machine_id: string;
  /** 12 times the year plus the month from 0. */
  month: number;
  /** A report arrived. */
  seen_days: number;
  /** An attempt on the Internet was made. */
  tried_days: number;
  /** An attempt on the Internet succeeded. */
  online_days: number;
}

/** Times in which no collector was at work. */
export interface CollectorAbsenceTable {
  from_ms: number;
  to_ms: number;
}

/** Machines of the asset list of an agency. */
export interface DeclaredMachineTable {
  agency_code: string;
  asset_id: string;
  host_name: string | null;
  serial: string | null;
  kind: string | null;
  is_stand_alone: number;
  location: string | null;
  purpose: string | null;
  responsible_unit: string | null;
  support_end: string | null;
  as_of: string;
  source: string;
  linked_machine_id: string | null;
}

/** What people say of a machine with an agent. */
export interface MachineNoteTable {
  agency_code: string;
  machine_id: string;
  location: string | null;
  purpose: string | null;
  responsible_unit: string | null;
  support_end: string | null;
}

/** Changes of agency. */
export interface MachineMoveTable {
  /** The agency of today. */
  agency_code: string;
  machine_id: string;
  at_ms: number;
  /** From when on it belongs there, which a merger may set earlier. */
  since_ms: number;
  from_code: string;
  to_code: string;
  moved_by: string;
}

/** Fingerprints that reports under one machine id spoke of; only where there was more than one. */
export interface MachineFingerprintTable {
  agency_code: string;
  machine_id: string;
  fingerprint: string;
  first_seen_at_ms: number;
  last_seen_at_ms: number;
  /** Hash of the newest `self` observation with it. */
  self_hash: string;
  state: string;
}

/** Keys a machine had before it joined again. */
export interface MachineKeyTable {
  agency_code: string;
  /** The id that whoever has the key says it is. */
  machine_id: string;
  public_key: string;
  /** Host name of the machine while it had the key. */
  hostname: string;
  replaced_at_ms: number;
  /** The machine that reports with this key count for; null while nobody uses it. */
  stands_for: string | null;
}

/** Machines of which two were seen to be one, or one to be two. */
export interface MachineConflictTable {
  agency_code: string;
  machine_id: string;
  kind: string;
  detected_at_ms: number;
  /** The machine that was made for the other of the two. */
  other_id: string | null;
  evidence: string;
  decision: string | null;
  decided_at_ms: number | null;
  decided_by: string | null;
}

/** Tables of machines beyond their current state, as kysely sees them. */
export interface MachineRecordTables {
  counted_keys: CountedKeyTable;
  machine_spans: MachineSpanTable;
  machine_months: MachineMonthTable;
  collector_absences: CollectorAbsenceTable;
  declared_machines: DeclaredMachineTable;
  machine_notes: MachineNoteTable;
  machine_moves: MachineMoveTable;
  machine_fingerprints: MachineFingerprintTable;
  machine_keys: MachineKeyTable;
  machine_conflicts: MachineConflictTable;
}

/** End of a span that still holds, epoch milliseconds: the last instant a Date can hold. */
export const OPEN_END_MS = 8_640_000_000_000_000;
