/** What a network was defined as since an instant; rows are never changed or removed. */
export interface NetworkVersionTable {
  /** Counts from 1; of two versions of one network the higher one is newer, whatever the clock said. */
  seq: number;
  network: string;
  from_ms: number;
  /** JSON; null when the network was removed. */
  definition: string | null;
  origin: string;
  changed_by: string;
}

/** Tables of networks, as kysely sees them. */
export interface NetworkTables {
  network_versions: NetworkVersionTable;
}
