/** Sealed periods: the chain, and what each link seals. Triggers refuse every change. */
export interface PeriodSealTable {
  seq: number;
  period_id: string;
  set_id: string;
  sealed_at_ms: number;
  /** Who sealed, as JSON text. */
  sealed_by: string;
  note: string | null;
  replaces_seq: number | null;
  reason: string | null;
  content_hash: string;
  /** Unique, so that a chain cannot fork; empty for the first seal. */
  previous_hash: string;
  hash: string;
  /** The canonical document, compressed by zstd (RFC 8878). */
  document: Uint8Array;
}

/** Tables of sealed periods, as kysely sees them. */
export interface PeriodTables {
  period_seals: PeriodSealTable;
}
