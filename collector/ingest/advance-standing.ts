import type { MachineStanding, ObservationChange, ProbeFreshness } from '../store/report-rows.ts';
import { agentKeyOf } from './agent-key.ts';
import type { CheckedReport } from './check-report.ts';
import { type Departure, leftAtMs } from './departure.ts';

/** Difference of a clock offset that matters to a rule, in milliseconds; less is the jitter of the line. */
const OFFSET_TOLERANCE_MS = 5_000;

/** Pause after which what was stale may be fresh again, in milliseconds. */
const NOTABLE_PAUSE_MS = 3_600_000;

/** Probes that are kept of one machine. */
const MAX_KEPT_PROBES = 128;

/** What a report makes of a machine. */
export interface Advance {
  readonly standing: MachineStanding;
  /** New outcomes, sorted by probe id. */
  readonly changes: readonly ObservationChange[];
  /** Probes whose body the collector lacks, sorted. */
  readonly resend: readonly string[];
  /** The report was accepted before and changes nothing. */
  readonly isDuplicate: boolean;
  readonly mustBeJudged: boolean;
  /** The machine's clock minus the collector's as of this report, milliseconds. */
  readonly offsetMs: number;
}

/**
 * Applies a report to the standing of its machine; pure.
 *
 * Everything the machine dates is moved by the difference of the clocks and is never later than the arrival, so a clock
 * that is a year off changes nothing but the offset itself. A report that was carried by hand is taken by its own clock: it
 * shows that the machine lived when it was made, and nothing of today.
 */
export function advanceStanding(standing: MachineStanding, checked: CheckedReport, departure: Departure): Advance {
  const { arrivedAtMs, madeAtMs } = departure;
  const departedAtMs = leftAtMs(departure);
  const { report, observations } = checked;
  const offsetMs = Date.parse(report.sentAt) - departedAtMs;
  if (report.seq <= standing.lastSeq) {
    const lacked = lacking(standing.freshness, observations);
    // Older numbers than the newest come from a copy of the machine, which is known by what `self` says.
    const resend = report.seq === standing.lastSeq ? lacked : lacked.filter((probeId) => probeId === 'self');
    return { standing, changes: [], resend, isDuplicate: true, mustBeJudged: false, offsetMs };
  }
  const freshness = new Map(standing.freshness);
  const changes: ObservationChange[] = [];
  let wasPaused = arrivedAtMs - standing.lastSeenAtMs > NOTABLE_PAUSE_MS;
  for (const [probeId, { hash, observedAtMs, outcome }] of observations) {
    const correctedAtMs = Math.min(observedAtMs - offsetMs, arrivedAtMs);
    const known = freshness.get(probeId);
    if (known?.hash === hash) {
      wasPaused ||= correctedAtMs - known.observedAtMs > NOTABLE_PAUSE_MS;
    } else {
      if (outcome === undefined || (known === undefined && freshness.size >= MAX_KEPT_PROBES)) continue;
      const { agencyCode, machineId } = standing;
      const seen = { hash, seq: report.seq, observedAtMs: correctedAtMs, receivedAtMs: arrivedAtMs };
      changes.push({ agencyCode, machineId, probeId, ...seen, outcome });
    }
    freshness.set(probeId, { hash, observedAtMs: correctedAtMs });
  }
  // How long a report was carried is not known, so that it says nothing of the machine's clock.
  const clockMoved =
    madeAtMs === undefined &&
    Math.abs((standing.clockOffsetMs ?? Number.POSITIVE_INFINITY) - offsetMs) > OFFSET_TOLERANCE_MS;
  return {
    standing: {
      ...standing,
      freshness,
      agentKey: agentKeyOf(standing.agentKey, checked),
      lastSeq: report.seq,
      reportCount: standing.reportCount + 1,
      lastSeenAtMs: lastSeen(standing.lastSeenAtMs, arrivedAtMs, departedAtMs),
      clockOffsetMs: clockMoved ? offsetMs : standing.clockOffsetMs,
    },
    changes: changes.toSorted((a, b) => (a.probeId < b.probeId ? -1 : 1)),
    resend: lacking(freshness, observations),
    isDuplicate: false,
    mustBeJudged: changes.length > 0 || clockMoved || wasPaused || standing.holdsUntilMs <= arrivedAtMs,
    offsetMs,
  };
}

/** Reports may overtake each other a little; a sign of life from far ahead comes from a collector's clock that was wrong. */
function lastSeen(knownMs: number, arrivedAtMs: number, aliveAtMs: number): number {
  return knownMs - arrivedAtMs > NOTABLE_PAUSE_MS ? aliveAtMs : Math.max(knownMs, aliveAtMs);
}

function lacking(
  freshness: ReadonlyMap<string, ProbeFreshness>,
  observations: CheckedReport['observations'],
): readonly string[] {
  return [...observations]
    .filter(([probeId, { hash }]) => {
      const known = freshness.get(probeId);
      return known === undefined ? freshness.size < MAX_KEPT_PROBES : known.hash !== hash;
    })
    .map(([probeId]) => probeId)
    .toSorted();
}
