import type { Observation } from '#shared/observations/index.ts';

/** What an agent without a plan says of itself. */
export const SELF: Observation<'self'> = {
  agentVersion: '0.1.0',
  runtime: 'v26.10.0',
  mode: 'once',
  fingerprint: 'A'.repeat(43),
  queuedReportCount: 0,
  refusedReportCount: 0,
  restingProbes: [],
};

/** The context of a probe that looks for the first time, without a plan. */
export const EMPTY_CONTEXT = { products: [], networks: [], attempts: [], self: SELF } as const;
