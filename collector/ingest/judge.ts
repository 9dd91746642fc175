import { type Baseline, baselineVersion } from '../baselines/baseline.ts';
import { evaluateBaseline, type StoredObservation } from '../baselines/evaluate.ts';
import type { Catalogues } from '../catalogues/catalogues.ts';
import type { MachineStanding, MachineVerdicts } from '../store/report-rows.ts';

/** A machine that was judged: its new standing and its verdicts. */
export interface Judged {
  readonly standing: MachineStanding;
  readonly verdicts: MachineVerdicts;
}

/** Judges machines by the baseline in force. */
export interface Judge {
  /** Version of baseline and catalogues. */
  readonly version: string;
  /**
   * Judges one machine; pure.
   *
   * @param observations the newest outcomes as of when they were first seen so; the standing knows when they were
   * last confirmed
   */
  judge(standing: MachineStanding, observations: ReadonlyMap<string, StoredObservation>, atMs: number): Judged;
}

/** Makes the judge of a baseline. */
export function createJudge(baseline: Baseline, catalogues: Catalogues): Judge {
  const version = baselineVersion(baseline, catalogues);
  return {
    version,
    judge(standing, observations, atMs) {
      const { kind, lastSeenAtMs, clockOffsetMs, agencyCode, machineId } = standing;
      const { verdicts, holdsUntilMs, antivirus, ...judgement } = evaluateBaseline({
        baseline,
        catalogues,
        machine: { kind, lastSeenAtMs, clockOffsetMs },
        observations: confirmed(standing, observations),
        atMs,
      });
      return {
        standing: {
          ...standing,
          kind: judgement.kind,
          verdictKey: joined(verdicts.map(({ ruleId, verdict }) => `${ruleId}=${verdict}`)),
          antivirusKey: joined(antivirus.map(({ product, state }) => `${product}=${state}`)),
          judgedWith: version,
          holdsUntilMs,
        },
        verdicts: { agencyCode, machineId, judgedAtMs: atMs, verdicts },
      };
    },
  };
}

function confirmed(
  { freshness }: MachineStanding,
  observations: ReadonlyMap<string, StoredObservation>,
): Map<string, StoredObservation> {
  return new Map(
    [...observations].map(([probeId, observation]) => {
      const observedAtMs = freshness.get(probeId)?.observedAtMs ?? observation.observedAtMs;
      return [probeId, { ...observation, observedAtMs }];
    }),
  );
}

function joined(parts: readonly string[]): string {
  return [...new Set(parts)].toSorted().join(';');
}
