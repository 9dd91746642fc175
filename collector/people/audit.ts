import type { Principal } from './principal.ts';

/** Every change that is written down, by what it is done to. */
export const AUDIT_ACTIONS = [
  'account.create',
  'account.disable',
  'account.enable',
  'account.invite',
  'account.lock',
  'account.set',
  'access.refuse',
  'agency.add',
  'agency.close',
  'agency.merge',
  'agency.set',
  'backup.make',
  'backup.restore',
  'exception.end',
  'exception.grant',
  'import.apply',
  'import.undo',
  'join-token.create',
  'join-token.revoke',
  'machine.decide',
  'machine.move',
  'machine.retire',
  'machine.set',
  'network.add',
  'network.remove',
  'network.set',
  'password.set',
  'period.seal',
  'release.add',
  'release.offer',
  'release.stop',
  'report-file.take',
  'session.fail',
  'session.start',
  'session.stop',
  'token.create',
  'token.revoke',
  'totp.set',
] as const;

/** One of {@link AUDIT_ACTIONS}. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** One line of the audit log before it is chained. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly atMs: number;
  readonly actor: Pick<Principal, 'kind' | 'id' | 'name'>;
  readonly action: AuditAction;
  /** Id of what was changed: a machine id, an agency code, a period id … */
  readonly target: string;
  /** The agency it concerns; absent when it concerns none or all. */
  readonly agencyCode?: string;
  /** What a reader should know; never a secret. */
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** One line of the audit log. */
export interface AuditRecord extends AuditEntry {
  /** Counts from 1 without a gap. */
  readonly seq: number;
  /** SHA-256 over the line and the hash before it, base64url. */
  readonly hash: string;
}

/** What the audit log answers; nothing in it can be changed or taken out. */
export interface AuditStore {
  /** Adds a line within the transaction of the change it tells of. */
  append(entry: AuditEntry): Promise<void>;
  /** Newest first, older than `beforeSeq` when given, at most `limit`. */
  list(query: {
    readonly agencyCodes?: ReadonlySet<string>;
    readonly beforeSeq?: number;
    readonly limit: number;
  }): Promise<readonly AuditRecord[]>;
  /** Recomputes the chain; the number of the first line that does not fit, undefined when all do. */
  firstBroken(): Promise<number | undefined>;
}
