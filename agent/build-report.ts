import { PROTOCOL_VERSION } from '#shared/protocol.ts';
import type { LineSample, ReportedObservation } from '#shared/report.ts';
import type { AgentState, OutcomeCache } from './uplink/agent-state.ts';
import type { ReportedNetworks } from './uplink/gather-windows.ts';
import type { UnsentReport } from './uplink/outbox.ts';
import { wholeSecond } from './whole-second.ts';

/** What a report is made of. */
export interface ReportParts {
  readonly machineId: string;
  readonly agentVersion: string;
  readonly startedAtMs: number;
  readonly outcomes: OutcomeCache;
  /** Windows of attempts with the paths they name. */
  readonly attempts: ReportedNetworks;
  readonly state: AgentState;
  /** Samples of the line that no report has brought yet. */
  readonly lineSamples?: readonly LineSample[];
}

/**
 * Makes the next report as a delta: every probe's hash and instant, and a body only where the collector does not have
 * it and no waiting report brings it. Probes are sorted by id.
 */
export function buildReport(parts: ReportParts): UnsentReport {
  const { outcomes, state, lineSamples = [] } = parts;
  const observations: Record<string, ReportedObservation> = {};
  for (const probeId of Object.keys(outcomes).toSorted()) {
    const outcome = outcomes[probeId];
    if (outcome === undefined) continue;
    const { hash, observedAtMs, value, failure } = outcome;
    const isKnown = state.knownHashes[probeId] === hash;
    observations[probeId] = {
      hash,
      observedAt: wholeSecond(observedAtMs),
      ...(isKnown || value === undefined ? {} : { value }),
      ...(isKnown || failure === undefined ? {} : { failure }),
    };
  }
  const hasDrops = state.droppedReports > 0 || state.droppedObservations > 0;
  return {
    protocol: PROTOCOL_VERSION,
    machineId: parts.machineId,
    seq: state.lastSeq + 1,
    agentVersion: parts.agentVersion,
    startedAt: wholeSecond(parts.startedAtMs),
    observations,
    ...parts.attempts,
    ...(lineSamples.length > 0 ? { lineSamples: [...lineSamples] } : {}),
    ...(hasDrops ? { dropped: { reports: state.droppedReports, observations: state.droppedObservations } } : {}),
  };
}

/** The state once the report waits in the outbox: its bodies count as known, its rounds of attempts as reported. */
export function stateAfterQueuing(state: AgentState, report: UnsentReport, attemptsThrough: number): AgentState {
  const knownHashes = { ...state.knownHashes };
  for (const [probeId, { hash }] of Object.entries(report.observations)) knownHashes[probeId] = hash;
  return { ...state, lastSeq: report.seq, knownHashes, attemptsThrough, droppedReports: 0, droppedObservations: 0 };
}
