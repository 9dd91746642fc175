/** One sample of the capacity of an agency's line; at most one a day. */
export interface LineSampleTable {
  agency_code: string;
  /** Day (Asia/Ho_Chi_Minh) as dayNumber of viet-nam-time.ts. */
  day: number;
  network: string;
  machine_id: string;
  bits_per_second: number;
  bytes: number;
  duration_ms: number;
  at_ms: number;
}

/** Whose turn it was to make a sample; the machine is empty when nobody got it. */
export interface LineSampleTurnTable {
  agency_code: string;
  day: number;
  machine_id: string;
  at_ms: number;
}

/** Tables of measured lines, as kysely sees them. */
export interface LineTables {
  line_samples: LineSampleTable;
  line_sample_turns: LineSampleTurnTable;
}
