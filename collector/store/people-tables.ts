/** Who may sign in. */
export interface AccountTable {
  id: string;
  login_name: string;
  display_name: string;
  role: string;
  agency_code: string | null;
  created_at_ms: number;
  is_disabled: number;
  /** PHC string; null until the set-up link was used. */
  password_hash: string | null;
  password_set_at_ms: number | null;
  /** Encrypted; null while there is no second factor. */
  totp_secret: string | null;
  /** Number of the newest 30-second step whose code was used. */
  totp_newest_step: number;
}

/** Recovery codes that were not used yet, hashed. */
export interface RecoveryCodeTable {
  account_id: string;
  code_hash: string;
}

/** Links with which a password is set, hashed; a used one has no row. */
export interface SetUpLinkTable {
  secret_hash: string;
  account_id: string | null;
  expires_at_ms: number;
}

/** Who is signed in; the id itself is only in the browser. */
export interface SessionTable {
  id_hash: string;
  account_id: string;
  started_at_ms: number;
  seen_at_ms: number;
  /** JSON of what the session holds. */
  data: string;
}

/** Failures to sign in, by account and by address. */
export interface SignInFailureTable {
  subject: string;
  failure_count: number;
  newest_at_ms: number;
  locked_until_ms: number;
}

/** Tokens of programs, hashed. */
export interface AccessTokenTable {
  id: string;
  secret_hash: string;
  name: string;
  role: string;
  agency_code: string | null;
  account_id: string;
  created_at_ms: number;
  expires_at_ms: number;
  /** `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  used_day: string | null;
  revoked_at_ms: number | null;
}

/** The audit log; the database refuses to change it. */
export interface AuditLogTable {
  seq: number;
  at_ms: number;
  actor_kind: string;
  actor_id: string;
  actor_name: string;
  action: string;
  target: string;
  agency_code: string | null;
  /** JSON, keys sorted. */
  detail: string;
  previous_hash: string;
  hash: string;
}

/** Tables of people, as kysely sees them. */
export interface PeopleTables {
  accounts: AccountTable;
  recovery_codes: RecoveryCodeTable;
  set_up_links: SetUpLinkTable;
  sessions: SessionTable;
  sign_in_failures: SignInFailureTable;
  access_tokens: AccessTokenTable;
  audit_log: AuditLogTable;
}
