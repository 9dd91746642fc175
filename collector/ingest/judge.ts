import { contentHash } from '#shared/content-hash.ts';
import { type Baseline, baselineVersion } from '../baselines/baseline.ts';
import { evaluateBaseline, type StoredObservation } from '../baselines/evaluate.ts';
import { pausesOf } from '../catalogues/ageing-calendar.ts';
import type { Catalogues } from '../catalogues/catalogues.ts';
import type { Calendar } from '../catalogues/working-days.ts';
import type { MachineStanding, MachineVerdicts } from '../store/report-rows.ts';

/** A machine that was judged: its new standing and its verdicts. */
export interface Judged {
  readonly standing: MachineStanding;
  readonly verdicts: MachineVerdicts;
}

/** Judges machines by the baseline in force. */
export interface Judge {
  /** Version of baseline, catalogues and what ageing leaves out; another one means that machines are judged again. */
  readonly version: string;
  /**
   * Judges one machine; pure.
   *
   * @param observations the newest outcomes as of when they were first seen so; the standing knows when they were
   * last confirmed
   */
  judge(standing: MachineStanding, observations: ReadonlyMap<string, StoredObservation>, atMs: number): Judged;
}

/**
 * Makes the judge of a baseline.
 *
 * @param calendarNow the calendar by which silence ages at the moment (Ageing); that of the catalogues unless told
 */
export function createJudge(baseline: Baseline, catalogues: Catalogues, calendarNow?: () => Calendar): Judge {
  let terms = { catalogues, version: baselineVersion(baseline, catalogues) };
  const shippedVersion = terms.version;
  const termsNow = () => {
    const calendar = calendarNow?.() ?? catalogues.calendar;
    if (calendar !== terms.catalogues.calendar) {
      const pauses = pausesOf(catalogues.calendar, calendar);
      const version = pauses === '' ? shippedVersion : contentHash([shippedVersion, pauses]);
      terms = { catalogues: { ...catalogues, calendar }, version };
    }
    return terms;
  };
  return {
    get version() {
      return termsNow().version;
    },
    judge(standing, observations, atMs) {
      const { kind, lastSeenAtMs, clockOffsetMs, agencyCode, machineId } = standing;
      const now = termsNow();
      const { verdicts, holdsUntilMs, antivirus, ...judgement } = evaluateBaseline({
        baseline,
        catalogues: now.catalogues,
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
          judgedWith: now.version,
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
