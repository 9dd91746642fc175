import type { ProbeContext } from '#agent/probes/probe.ts';

/** What a probe gets when there is no plan yet and nothing was seen before. */
export function blankProbeContext(): Omit<ProbeContext, 'previous'> {
  return {
    products: [],
    networks: [],
    attempts: [],
    self: {
      agentVersion: '0.0.0',
      runtime: 'v22.0.0',
      mode: 'once',
      fingerprint: 'A'.repeat(43),
      queuedReportCount: 0,
      refusedReportCount: 0,
      restingProbes: [],
    },
  };
}
