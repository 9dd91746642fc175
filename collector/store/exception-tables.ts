/** An exception that an agency has from a rule; rows are never removed. */
export interface RuleExceptionTable {
  agency_code: string;
  id: string;
  rule_id: string;
  reason: string;
  document: string;
  /** First day, `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  first_day: string;
  /** Last day as it was granted. */
  last_day: string;
  granted_at_ms: number;
  granted_by: string;
  /** First day on which it no longer holds; null while nobody ended it early. */
  ended_on: string | null;
  ended_at_ms: number | null;
  ended_by: string | null;
}

/** Tables of exceptions, as kysely sees them. */
export interface ExceptionTables {
  rule_exceptions: RuleExceptionTable;
}
