/** What agencies were called and where they stood, one row a version. */
export interface AgencyVersionTable {
  agency_code: string;
  /** First day of the version; empty when it holds since ever, so that it can be part of the key. */
  valid_from: string;
  name_vi: string;
  name_en: string | null;
  level: string;
  parent_code: string | null;
}

/** Things that agencies declared, one row a thing and day. */
export interface DeclaredItemTable {
  agency_code: string;
  kind: string;
  item_id: string;
  as_of: string;
  source: string;
  has_ended: number;
  /** What is said of a thing of its kind, JSON. */
  details: string;
}

/** Tables of the register beyond agencies and numbers, as kysely sees them. */
export interface RegisterTables {
  agency_versions: AgencyVersionTable;
  declared_items: DeclaredItemTable;
}
