import type { z } from 'zod';
import type { MachineKind } from '#shared/observations/hardware.ts';
import type { Observation, ProbeId } from '#shared/observations/index.ts';
import type { Verdict } from '#shared/verdict.ts';
import type { Catalogues } from '../catalogues/catalogues.ts';
import type { Reason } from './reasons.ts';

/** What is known of a machine beside its observations. */
export interface JudgedMachine {
  /** Undefined until its hardware was seen. */
  readonly kind: MachineKind | undefined;
  /** Instant of the newest accepted report, epoch milliseconds by the collector's clock. */
  readonly lastSeenAtMs: number;
  /** The machine's clock minus the collector's, milliseconds; undefined before the first report. */
  readonly clockOffsetMs: number | undefined;
}

/** What a rule says of one machine at one instant. */
export interface Judgement {
  readonly verdict: Verdict;
  /** Names the value that decided. */
  readonly reason: Reason;
  /** First instant at which the verdict differs though nothing is seen anew (a database grows old), epoch milliseconds. */
  readonly holdsUntilMs?: number;
}

/** What a rule is handed: only observations that were really made and are fresh. */
export interface RuleFacts<Id extends ProbeId> {
  readonly seen: { readonly [P in Id]: Observation<P> };
  readonly machine: JudgedMachine;
  readonly catalogues: Catalogues;
  /** The instant to judge for, epoch milliseconds. */
  readonly atMs: number;
}

/** One requirement; pure. `unknown` for failed, missing and stale observations is decided in evaluate.ts. */
export interface Rule<Id extends ProbeId = ProbeId, Parameters extends z.ZodType = z.ZodType> {
  readonly id: string;
  /** Probes without which the rule can say nothing. */
  readonly needs: readonly Id[];
  /** Kinds of machine it judges; others are `not_applicable`, an unseen kind is `unknown`. Absent: every machine. */
  readonly appliesTo?: readonly MachineKind[];
  /** Thresholds, given by the baseline. */
  readonly parameters: Parameters;
  readonly title: { readonly vi: string; readonly en: string };
  readonly remedy: { readonly vi: string; readonly en: string };
  judge(facts: RuleFacts<Id>, parameters: z.infer<Parameters>): Judgement;
}
