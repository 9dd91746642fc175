import * as z from 'zod';

const target = z.object({
  target: z.string().max(256),
  result: z
    .enum(['reached', 'not_reached', 'unknown'])
    .describe('`unknown`: could not be tried, or not answered to a ping'),
  failure: z.string().max(64).optional().describe('Code of the newest failed attempt, see "Failures of attempts"'),
});

const networkState = z.object({
  id: z.string().max(64),
  result: z.enum(['reached', 'not_reached', 'unknown']).describe('Best of its targets'),
  targets: z.array(target).max(8),
});

/** Which networks of the plan answered in the newest round; the figures of the window travel beside it. */
export const connectivity = z.object({
  networks: z.array(networkState).max(32).describe('Sorted by id; empty when the plan names none'),
});
