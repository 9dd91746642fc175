import { z } from 'zod';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { VERDICTS } from '#shared/verdict.ts';
import { reasonText } from '../../../baselines/reasons.ts';
import { ruleById } from '../../../baselines/rules/index.ts';
import { declaredMachine } from '../../../machines/declared-machine.ts';
import { ASSET_STATES } from '../../../machines/machine-lists.ts';
import { machineNotes } from '../../../machines/machine-notes.ts';
import type { MachineRecord } from '../../../machines/machine-record.ts';
import { CONFLICT_DECISIONS, CONFLICT_KINDS, type MachineConflict } from '../../../store/machine-conflict-store.ts';
import { AGENT_STATES, type ListedMachine } from '../../../store/machine-page.ts';
import type { Machine } from '../../../store/machine-store.ts';
import type { ObservationChange } from '../../../store/report-rows.ts';

const instant = z.iso.datetime();
const localText = z.object({ vi: z.string(), en: z.string() });

/** A machine by its names alone. */
export const machineName = z.object({ agencyCode: z.string(), machineId: z.string(), hostname: z.string() });

/** A machine as lists show it. */
export const machineItem = machineName.extend({
  platform: z.string(),
  agentVersion: z.string(),
  kind: z.enum(MACHINE_KINDS).optional().describe('Absent until its hardware was seen'),
  state: z.enum(AGENT_STATES),
  lastSeenAt: instant.optional().describe('Arrival of the newest report; absent before the first one'),
  enrolledAt: instant,
  verdicts: z.record(z.string(), z.enum(VERDICTS)).describe('By rule id'),
  hasConflict: z.boolean().describe('There is a conflict nobody decided'),
});

/** A conflict with its evidence. */
export const conflictAnswer = z.object({
  agencyCode: z.string(),
  machineId: z.string(),
  otherId: z.string().optional().describe('The machine that was made for the newer of the two'),
  kind: z.enum(CONFLICT_KINDS),
  detectedAt: instant,
  evidence: z
    .array(
      z.object({
        fingerprint: z.string(),
        firstSeenAt: instant,
        lastSeenAt: instant,
        selfHash: z.string().optional().describe('Hash of the observation that told the fingerprint'),
      }),
    )
    .describe('The older side first'),
  decision: z.enum(CONFLICT_DECISIONS).optional().describe('Absent while nobody decided'),
  decidedAt: instant.optional(),
  decidedBy: z.string().optional(),
});

/** One row of an asset list with what it turned out to be. */
export const assetItem = z.object({
  ...declaredMachine.shape,
  state: z.enum(ASSET_STATES),
  machineId: z.string().optional().describe('The machine with an agent that it is'),
});

/** What one probe saw. */
const observationAnswer = z.object({
  probeId: z.string(),
  observedAt: instant,
  value: z.unknown().optional().describe('As its schema says; absent when the probe failed'),
  failure: z.object({ code: z.string(), message: z.string() }).optional(),
});

/** What one probe saw at one time of the past. */
export const pastObservation = observationAnswer.extend({ receivedAt: instant });

/** Everything that is known of a machine. */
export const machineAnswer = machineName.extend({
  platform: z.string(),
  agentVersion: z.string(),
  kind: z.enum(MACHINE_KINDS).optional(),
  state: z.enum(AGENT_STATES),
  fingerprint: z.string(),
  enrolledAt: instant,
  retiredAt: instant.optional(),
  lastSeenAt: instant.optional(),
  clockOffsetMs: z.number().optional().describe("The machine's clock minus the collector's, milliseconds"),
  notes: machineNotes.describe('What people say of it'),
  asset: assetItem.optional().describe('Its row of the asset list; absent when there is none'),
  verdicts: z.array(
    z.object({
      ruleId: z.string(),
      title: localText,
      verdict: z.enum(VERDICTS),
      reason: localText,
      remedy: localText.optional().describe('What to do; only where the rule fails'),
    }),
  ),
  observations: z.array(observationAnswer).describe('The newest outcome of every probe, by id'),
  conflicts: z.array(conflictAnswer).describe('Open and decided, newest first'),
  events: z.array(z.object({ at: instant, event: z.string(), detail: z.string() })).describe('Newest first'),
  moves: z.array(z.object({ fromCode: z.string(), toCode: z.string(), at: instant, since: instant, by: z.string() })),
  agencies: z
    .array(z.object({ agencyCode: z.string(), from: instant, to: instant.optional() }))
    .describe('Agencies it counted for as far as it is known, newest first'),
});

/** A machine of a list as it is answered. */
export function machineItemOf(machine: ListedMachine): z.infer<typeof machineItem> {
  const { lastSeenAtMs, enrolledAtMs, kind, ...rest } = machine;
  return {
    ...rest,
    ...(kind === undefined ? {} : { kind }),
    ...(lastSeenAtMs === undefined ? {} : { lastSeenAt: isoText(lastSeenAtMs) }),
    enrolledAt: isoText(enrolledAtMs),
  };
}

/** A machine by its names alone. */
export function machineNameOf({ agencyCode, machineId, hostname }: Machine): z.infer<typeof machineName> {
  return { agencyCode, machineId, hostname };
}

/** A conflict as it is answered. */
export function conflictAnswerOf(conflict: MachineConflict): z.infer<typeof conflictAnswer> {
  const { detectedAtMs, decidedAtMs, evidence, ...rest } = conflict;
  return {
    ...rest,
    detectedAt: isoText(detectedAtMs),
    ...(decidedAtMs === undefined ? {} : { decidedAt: isoText(decidedAtMs) }),
    evidence: evidence.map(({ firstSeenAtMs, lastSeenAtMs, ...side }) => ({
      ...side,
      firstSeenAt: isoText(firstSeenAtMs),
      lastSeenAt: isoText(lastSeenAtMs),
    })),
  };
}

/** An outcome of the past as it is answered. */
export function pastObservationOf(change: ObservationChange): z.infer<typeof pastObservation> {
  const { probeId, observedAtMs, receivedAtMs, outcome } = change;
  return { probeId, observedAt: isoText(observedAtMs), receivedAt: isoText(receivedAtMs), ...outcome };
}

/** A record as it is answered. */
export function machineAnswerOf(record: MachineRecord): z.infer<typeof machineAnswer> {
  const { machine, state, standing, notes, asset } = record;
  const { enrolledAtMs, retiredAtMs, platform, agentVersion, fingerprint } = machine;
  const hasReported = standing !== undefined && standing.reportCount > 0;
  return {
    ...machineNameOf(machine),
    ...{ platform, agentVersion, fingerprint, state, notes },
    ...(standing?.kind === undefined ? {} : { kind: standing.kind }),
    ...(standing?.clockOffsetMs === undefined ? {} : { clockOffsetMs: standing.clockOffsetMs }),
    ...(hasReported ? { lastSeenAt: isoText(standing.lastSeenAtMs) } : {}),
    ...(retiredAtMs === undefined ? {} : { retiredAt: isoText(retiredAtMs) }),
    ...(asset === undefined ? {} : { asset }),
    enrolledAt: isoText(enrolledAtMs),
    verdicts: verdictsOf(record),
    observations: [...record.observations]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([probeId, { observedAtMs, ...outcome }]) => ({ probeId, observedAt: isoText(observedAtMs), ...outcome })),
    conflicts: record.conflicts.map(conflictAnswerOf),
    events: record.events.map(({ atMs, event, detail }) => ({ at: isoText(atMs), event, detail })),
    moves: record.moves.map(({ fromCode, toCode, atMs, sinceMs, movedBy }) => ({
      ...{ fromCode, toCode, at: isoText(atMs), since: isoText(sinceMs), by: movedBy },
    })),
    agencies: agenciesOf(record),
  };
}

function verdictsOf({ verdicts }: MachineRecord): z.infer<typeof machineAnswer>['verdicts'] {
  return verdicts.map(({ ruleId, verdict, reason }) => {
    const rule = ruleById(ruleId);
    return {
      ...{ ruleId, verdict },
      title: rule?.title ?? { vi: ruleId, en: ruleId },
      reason: { vi: reasonText(reason, 'vi'), en: reasonText(reason, 'en') },
      ...(verdict === 'fail' && rule !== undefined ? { remedy: rule.remedy } : {}),
    };
  });
}

/** Spans of the same agency that follow each other are one. */
function agenciesOf({ spans }: MachineRecord): z.infer<typeof machineAnswer>['agencies'] {
  const merged: { agencyCode: string; from: string; to?: string }[] = [];
  for (const { agencyCode, fromMs, toMs } of spans) {
    const newer = merged.at(-1);
    if (newer?.agencyCode === agencyCode) newer.from = isoText(fromMs);
    else merged.push({ agencyCode, from: isoText(fromMs), ...(toMs === undefined ? {} : { to: isoText(toMs) }) });
  }
  return merged;
}

function isoText(atMs: number): string {
  return new Date(atMs).toISOString();
}
