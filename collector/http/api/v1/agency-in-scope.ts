import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { parseAgencyCode } from '../../../register/agency-code.ts';
import { requireInScope } from '../../route-access.ts';

/** Path fields of routes about one agency. */
export const agencyParams = z.strictObject({
  code: z.string().max(64).describe('Agency code; the old reversed form is accepted'),
});

/**
 * The code of the path in its present form, when whoever asks may see that agency.
 *
 * @throws {TramdoError} AGENCY_INVALID, AGENCY_UNKNOWN
 */
export async function agencyInScope(request: FastifyRequest, text: string): Promise<string> {
  const code = parseAgencyCode(text);
  const unknown = new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${code}" in the register`);
  await requireInScope(request, { agencyCode: code, target: code, unknown });
  return code;
}
