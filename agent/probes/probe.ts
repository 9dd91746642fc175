import type { Platform } from '#shared/enrolment.ts';
import type { Observation, ProbeId } from '#shared/observations/index.ts';
import type { PlanNetwork, ProductHint } from '#shared/plan.ts';
import type { CommandId } from '../host/commands.ts';
import type { Host } from '../host/host.ts';

/** Newest attempt on one target, as the attempts file has it. */
export interface NewestAttempt {
  readonly network: string;
  readonly target: string;
  readonly atMs: number;
  /** Absent when the attempt failed or was not allowed. */
  readonly rttMs?: number;
  /** Code of the failure; see host/attempts/attempt-result.ts. */
  readonly failure?: string;
}

/** What the agent knows of itself and hands to its probes. */
export interface ProbeContext<Id extends ProbeId = ProbeId> {
  /** Antivirus products of the plan, in its order. */
  readonly products: readonly ProductHint[];
  /** Networks of the plan. */
  readonly networks: readonly PlanNetwork[];
  /** Newest attempt on every target that was tried within the last two intervals. */
  readonly attempts: readonly NewestAttempt[];
  /** What the agent says of itself; the `self` probe passes it on. */
  readonly self: Observation<'self'>;
  /** The newest observation of this probe; absent at first. */
  readonly previous?: Observation<Id>;
}

/** One thing the agent looks at. */
export interface Probe<Id extends ProbeId = ProbeId> {
  readonly id: Id;
  readonly platforms: readonly Platform[];
  /** What it looks at, one sentence, for PROBES.md. */
  readonly looksAt: string;
  /** Longest run, in milliseconds; then its commands are killed and the outcome is PROBE_TIMED_OUT. */
  readonly deadlineMs: number;
  /** Age at which an observation is made anew, in milliseconds; `inventory` follows the plan (24 hours by default). */
  readonly refresh: number | 'inventory';
  /** Paths whose change makes the probe look before its time; a cheap stat each. */
  readonly watch?: readonly string[];
  /**
   * Commands of the closed list whose output, when it changes, makes the probe look before its time; only those of the
   * machine's system are run, and each must be cheap: a registry read, say.
   */
  readonly watchCommands?: readonly CommandId[];
  /**
   * Looks at the machine.
   *
   * @throws {TramdoError} a failure the world caused; anything else is a fault of the probe and becomes PROBE_CRASHED
   */
  read(host: Host, context: ProbeContext<Id>): Promise<Observation<Id>>;
}
