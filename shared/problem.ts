import * as z from 'zod';

/** What a reader needs of a refusal (`application/problem+json`, RFC 9457); `code` is ours. */
export const problem = z.object({
  code: z.string().max(40).describe('Code of the error catalogue'),
  detail: z.string().max(1_000).optional().describe('What happened, in words'),
});
