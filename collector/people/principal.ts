import { type RegisterState, subtreeOf } from '../register/register-state.ts';

/**
 * What somebody may do. `admin`: everything. `operator`: everything but accounts, tokens of others and settings.
 * `agency`: reads its own subtree, keeps its machines and declared numbers. `viewer`: reads.
 */
export const ROLES = ['admin', 'operator', 'agency', 'viewer'] as const;

/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** What asks for something. */
export const PRINCIPAL_KINDS = ['account', 'token', 'command'] as const;

/** Who asks for something: a person, a program with a token, or whoever sits at the collector's own terminal. */
export interface Principal {
  readonly kind: (typeof PRINCIPAL_KINDS)[number];
  /** Id of the account or token; empty for a command. */
  readonly id: string;
  /** Name for people and for the audit log. */
  readonly name: string;
  readonly role: Role;
  /** The agency above what it may see, always set for the role `agency`; absent: the whole register. */
  readonly agencyCode?: string;
}

/** Whoever runs a command on the collector's own computer: the file permissions of its data decide who that can be. */
export const COMMAND_LINE: Principal = { kind: 'command', id: '', name: 'command line', role: 'admin' };

/** Which agencies somebody may see. */
export interface AgencyScope {
  /** Undefined: every one, also those that are no more. */
  readonly codes: ReadonlySet<string> | undefined;
  covers(agencyCode: string): boolean;
}

/** The scope of a principal in the tree of a day: its agency and everything below. */
export function scopeOf({ agencyCode }: Principal, register: RegisterState): AgencyScope {
  if (agencyCode === undefined) return { codes: undefined, covers: () => true };
  const codes = subtreeOf(register, agencyCode);
  return { codes, covers: (code) => codes.has(code) };
}
