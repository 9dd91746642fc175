import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { agency } from '../register/agency.ts';
import { type Principal, ROLES } from './principal.ts';

/** What people type to say who they are; small letters, so that two accounts never differ by case alone. */
export const loginName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._@-]{1,63}$/, 'must be 2-64 small letters, digits or . _ @ -, the first a letter or digit')
  .describe('Name to sign in with');

/** What an administrator says of an account. */
export const accountFields = z.strictObject({
  loginName,
  displayName: z.string().trim().min(1).max(200).describe('Name for people and for the audit log'),
  role: z.enum(ROLES).describe('admin, operator, agency (its own subtree) or viewer'),
  agencyCode: agency.shape.code
    .optional()
    .describe('The agency above what the account may see; absent: the whole register'),
});

/** See {@link accountFields}. */
export type AccountFields = z.infer<typeof accountFields>;

/** Somebody who may sign in, without what they sign in with. */
export interface Account extends AccountFields {
  readonly id: string;
  readonly createdAtMs: number;
  readonly isDisabled: boolean;
  readonly hasSecondFactor: boolean;
  /** Absent until the set-up link was used. */
  readonly passwordSetAtMs?: number;
}

/**
 * Reads the fields of an account.
 *
 * @throws {TramdoError} ACCOUNT_INVALID, which names the field and what is allowed
 */
export function parseAccountFields(input: unknown): AccountFields {
  const parsed = accountFields.safeParse(input);
  if (!parsed.success) {
    throw new TramdoError('ACCOUNT_INVALID', `Cannot accept the account: ${z.prettifyError(parsed.error)}`);
  }
  const { role, agencyCode: code } = parsed.data;
  if (role === 'agency' && code === undefined) {
    throw new TramdoError('ACCOUNT_INVALID', 'Cannot accept the account: the role "agency" needs an agency code');
  }
  if ((role === 'admin' || role === 'operator') && code !== undefined) {
    throw new TramdoError(
      'ACCOUNT_INVALID',
      `Cannot accept the account: the role "${role}" is for every agency, current value of the agency is "${code}"`,
    );
  }
  return parsed.data;
}

/** The account as somebody who asks for something. */
export function principalOfAccount({ id, loginName: name, role, agencyCode: code }: Account): Principal {
  return { kind: 'account', id, name, role, ...(code === undefined ? {} : { agencyCode: code }) };
}
