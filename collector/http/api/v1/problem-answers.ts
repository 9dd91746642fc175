import { z } from 'zod';
import { ERROR_CATALOGUE, type ErrorCode } from '#shared/errors.ts';

/** What any route of the API may answer beside its own refusals. */
const COMMON_CODES = [
  'ACCESS_FORBIDDEN',
  'AUTHENTICATION_REQUIRED',
  'COLLECTOR_BUSY',
  'INTERNAL',
  'RATE_LIMITED',
  'REQUEST_INVALID',
  'STORE_UNAVAILABLE',
] as const satisfies readonly ErrorCode[];

/** Every refusal as it is answered: `application/problem+json` (RFC 9457). */
const problemAnswer = z
  .object({
    type: z.string().describe('`urn:tramdo:error:` and the code'),
    title: z.string().describe('What the code means'),
    status: z.int().describe('The HTTP status'),
    detail: z.string().describe('What happened, with the value and what is allowed'),
    code: z.string().describe('Code of the catalogue shared/ERRORS.md'),
    errors: z
      .array(
        z.object({
          in: z.enum(['path', 'query', 'body']),
          pointer: z.string().describe('JSON pointer to the field, as a fragment'),
          value: z
            .string()
            .optional()
            .describe('What was sent, as JSON; absent when nothing was or it may be a secret'),
          detail: z.string().describe('What is allowed'),
        }),
      )
      .optional()
      .describe('Every field that is wrong'),
  })
  .meta({ id: 'Problem', description: 'A refusal' });

/**
 * The answers of a route that refuses with the given codes, by status, in the form fastify takes.
 *
 * @param codes without those every route may answer with
 */
export function problemAnswers(codes: readonly ErrorCode[]) {
  const byStatus = Map.groupBy(new Set([...codes, ...COMMON_CODES]), (code) => ERROR_CATALOGUE[code].status);
  const content = { 'application/problem+json': { schema: problemAnswer } };
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [status, { description: describeCodes(ofStatus), content }]),
  );
}

function describeCodes(codes: readonly ErrorCode[]): string {
  return codes
    .toSorted()
    .map((code) => `\`${code}\`: ${ERROR_CATALOGUE[code].meaning}`)
    .join(' ');
}
