import type { Selectable } from 'kysely';
import { z } from 'zod';
import { MACHINE_KINDS, type MachineKind } from '#shared/observations/hardware.ts';
import { VERDICTS } from '#shared/verdict.ts';
import type { RuleVerdict, StoredObservation } from '../baselines/evaluate.ts';
import { isReasonCode } from '../baselines/reasons.ts';
import type { MachineKey } from './machine-store.ts';
import type { MachineStateTable, MachineVerdictTable, ObservationTable } from './tables.ts';

/** When a probe last looked, and the hash of what it saw. */
export interface ProbeFreshness {
  readonly hash: string;
  /** Epoch milliseconds by the collector's clock. */
  readonly observedAtMs: number;
}

/** How a machine stands: what every report reads and writes. */
export interface MachineStanding extends MachineKey {
  readonly isRetired: boolean;
  /** Undefined until its hardware was seen. */
  readonly kind: MachineKind | undefined;
  /** `rule=verdict` of every rule, sorted, joined by `;`. */
  readonly verdictKey: string;
  /** `product=state` of every antivirus product, sorted, joined by `;`. */
  readonly antivirusKey: string;
  /** `version=state` of the agent, see agent-key.ts; empty before the first report. */
  readonly agentKey: string;
  /** Arrival of the newest report, or the enrolment before the first one, epoch milliseconds. */
  readonly lastSeenAtMs: number;
  /** Number of the newest report; 0 before the first one. */
  readonly lastSeq: number;
  readonly reportCount: number;
  /** The machine's clock minus the collector's, milliseconds; undefined before the first report. */
  readonly clockOffsetMs: number | undefined;
  /** Version of baseline and catalogues of the newest judgement; empty before the first one. */
  readonly judgedWith: string;
  /** Instant from which the verdicts may differ though nothing new arrives, epoch milliseconds. */
  readonly holdsUntilMs: number;
  /** By probe id. */
  readonly freshness: ReadonlyMap<string, ProbeFreshness>;
  /** Newest day (dayNumber of viet-nam-time.ts) on which an attempt on the Internet was made; undefined without one. */
  readonly triedDay: number | undefined;
  /** Newest day on which such an attempt succeeded; undefined without one. */
  readonly onlineDay: number | undefined;
  /** Newest fingerprint of a `self` observation; empty before the first one. */
  readonly fingerprint: string;
  /** Two machines use its id, so the reports of one of them are refused. */
  readonly isContested: boolean;
}

/** The standing of a machine that has sent nothing yet. */
export const NOTHING_SEEN: Omit<MachineStanding, 'agencyCode' | 'machineId' | 'lastSeenAtMs'> = {
  isRetired: false,
  kind: undefined,
  verdictKey: '',
  antivirusKey: '',
  agentKey: '',
  lastSeq: 0,
  reportCount: 0,
  clockOffsetMs: undefined,
  judgedWith: '',
  holdsUntilMs: 0,
  freshness: new Map(),
  triedDay: undefined,
  onlineDay: undefined,
  fingerprint: '',
  isContested: false,
};

/** A new outcome of a probe. */
export interface ObservationChange extends MachineKey {
  readonly probeId: string;
  readonly hash: string;
  readonly seq: number;
  readonly observedAtMs: number;
  readonly receivedAtMs: number;
  readonly outcome: Pick<StoredObservation, 'value' | 'failure'>;
}

/** The verdicts of a machine as of an instant. */
export interface MachineVerdicts extends MachineKey {
  readonly judgedAtMs: number;
  readonly verdicts: readonly RuleVerdict[];
}

const freshnessText = z.record(z.string(), z.tuple([z.string(), z.number()]));

const failureText = z.object({ code: z.string(), message: z.string() });

const verdictText = z.object({
  ruleId: z.string(),
  verdict: z.enum(VERDICTS),
  reason: z.object({
    code: z.string().refine(isReasonCode),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  }),
});

/** Lays out a standing as a row. */
export function standingRow(standing: MachineStanding): MachineStateTable {
  return {
    agency_code: standing.agencyCode,
    machine_id: standing.machineId,
    is_retired: standing.isRetired ? 1 : 0,
    kind: standing.kind ?? null,
    verdict_key: standing.verdictKey,
    antivirus_key: standing.antivirusKey,
    agent_key: standing.agentKey,
    last_seen_at_ms: standing.lastSeenAtMs,
    last_seq: standing.lastSeq,
    report_count: standing.reportCount,
    clock_offset_ms: standing.clockOffsetMs ?? null,
    judged_with: standing.judgedWith,
    holds_until_ms: standing.holdsUntilMs,
    freshness: JSON.stringify(
      Object.fromEntries([...standing.freshness].map(([id, { hash, observedAtMs }]) => [id, [hash, observedAtMs]])),
    ),
    tried_day: standing.triedDay ?? null,
    online_day: standing.onlineDay ?? null,
    fingerprint: standing.fingerprint,
    is_contested: standing.isContested ? 1 : 0,
  };
}

/** Reads a standing from its row. */
export function standingOf(row: Selectable<MachineStateTable>): MachineStanding {
  const freshness = freshnessText.parse(JSON.parse(row.freshness));
  return {
    agencyCode: row.agency_code,
    machineId: row.machine_id,
    isRetired: row.is_retired !== 0,
    kind: MACHINE_KINDS.find((kind) => kind === row.kind),
    verdictKey: row.verdict_key,
    antivirusKey: row.antivirus_key,
    agentKey: row.agent_key,
    lastSeenAtMs: row.last_seen_at_ms,
    lastSeq: row.last_seq,
    reportCount: row.report_count,
    clockOffsetMs: row.clock_offset_ms ?? undefined,
    judgedWith: row.judged_with,
    holdsUntilMs: row.holds_until_ms,
    freshness: new Map(
      Object.entries(freshness).map(([id, [hash, observedAtMs]]) => [id, { hash, observedAtMs }] as const),
    ),
    triedDay: row.tried_day ?? undefined,
    onlineDay: row.online_day ?? undefined,
    fingerprint: row.fingerprint,
    isContested: row.is_contested !== 0,
  };
}

/** Lays out a new outcome as a row of `observations` and of `observation_history`. */
export function changeRow(change: ObservationChange): ObservationTable {
  const { value, failure } = change.outcome;
  return {
    agency_code: change.agencyCode,
    machine_id: change.machineId,
    probe_id: change.probeId,
    hash: change.hash,
    seq: change.seq,
    observed_at_ms: change.observedAtMs,
    received_at_ms: change.receivedAtMs,
    value: value === undefined ? null : JSON.stringify(value),
    failure: failure === undefined ? null : JSON.stringify(failure),
  };
}

/** What the probe saw, or why it could not. */
export function outcomeOf(
  row: Pick<Selectable<ObservationTable>, 'value' | 'failure'>,
): Pick<StoredObservation, 'value' | 'failure'> {
  const value: unknown = row.value === null ? undefined : JSON.parse(row.value);
  return {
    ...(value === undefined ? {} : { value }),
    ...(row.failure === null ? {} : { failure: failureText.parse(JSON.parse(row.failure)) }),
  };
}

/** Lays out verdicts as a row. */
export function verdictsRow(verdicts: MachineVerdicts): MachineVerdictTable {
  return {
    agency_code: verdicts.agencyCode,
    machine_id: verdicts.machineId,
    judged_at_ms: verdicts.judgedAtMs,
    details: JSON.stringify(verdicts.verdicts),
  };
}

/** Reads verdicts from their row; one whose reason another version gave is left out until it is judged anew. */
export function verdictsOf(row: Selectable<MachineVerdictTable>): MachineVerdicts {
  const details = z.array(z.unknown()).parse(JSON.parse(row.details));
  return {
    agencyCode: row.agency_code,
    machineId: row.machine_id,
    judgedAtMs: row.judged_at_ms,
    verdicts: details.flatMap((detail) => {
      const parsed = verdictText.safeParse(detail);
      return parsed.success ? [parsed.data] : [];
    }),
  };
}
