import type { Observation } from '#shared/observations/index.ts';
import { self } from '#shared/observations/self.ts';
import type { RunFacts } from './session.ts';
import type { StrikeRecord, Strikes } from './strikes.ts';
import type { AgentState } from './uplink/agent-state.ts';
import { AGENT_VERSION } from './version.ts';

const MEBIBYTE = 1_048_576;

/** What the agent says of itself, in the shape of the `self` observation. */
export function selfFacts(known: {
  readonly facts: RunFacts;
  readonly strikes: Strikes;
  readonly state: AgentState;
  readonly queuedReportCount: number;
  readonly update: Observation<'self'>['update'];
}): Observation<'self'> {
  const { facts, strikes, state } = known;
  const memory = facts.residentMemoryBytes;
  return {
    agentVersion: AGENT_VERSION,
    runtime: process.version,
    mode: facts.mode,
    fingerprint: facts.fingerprint,
    ...(memory === undefined ? {} : { residentMemoryBytes: Math.round(memory / MEBIBYTE) * MEBIBYTE }),
    queuedReportCount: powerOfTwo(known.queuedReportCount),
    refusedReportCount: state.refusedReports,
    ...(known.update === undefined ? {} : { update: known.update }),
    restingProbes: Object.keys(strikes)
      .toSorted()
      .flatMap((id) => restingProbe(id, strikes[id])),
  };
}

/** Tells whether the agent has something new to say of itself; memory and queue alone are not worth a body. */
export function isSelfChanged(before: unknown, now: Observation<'self'>): boolean {
  const known = self.safeParse(before);
  return !known.success || lasting(known.data) !== lasting(now);
}

function lasting({ residentMemoryBytes: _, queuedReportCount: __, ...rest }: Observation<'self'>): string {
  return JSON.stringify(rest);
}

function restingProbe(id: string, record: StrikeRecord | undefined): Observation<'self'>['restingProbes'] {
  if (record?.restsUntilMs === undefined) return [];
  return [{ id, until: new Date(record.restsUntilMs).toISOString(), reason: record.reason }];
}

/** The largest power of two that is not above a count: an exact count would change with every report. */
function powerOfTwo(count: number): number {
  return count < 1 ? 0 : 2 ** Math.floor(Math.log2(count));
}
