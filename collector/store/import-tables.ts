/** Imports of the register, one row a file. */
export interface ImportFileTable {
  id: string;
  at_ms: number;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  file_name: string;
  sha256: string;
  /** What each table did, JSON. */
  tables: string;
  undone_at_ms: number | null;
  undone_by: string | null;
}

/** What the rows of an import changed. */
export interface ImportRowTable {
  import_id: string;
  /** From 0, in the order in which the rows were applied. */
  position: number;
  /** Facts before and after, JSON. */
  changes: string;
}

/** Tables of imports of the register, as kysely sees them. */
export interface ImportTables {
  imports: ImportFileTable;
  import_rows: ImportRowTable;
}
