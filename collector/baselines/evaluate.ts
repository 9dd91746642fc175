import { z } from 'zod';
import type { MachineKind } from '#shared/observations/hardware.ts';
import { hardware } from '#shared/observations/hardware.ts';
import type { ProbeId } from '#shared/observations/index.ts';
import type { Verdict } from '#shared/verdict.ts';
import type { Catalogues } from '../catalogues/catalogues.ts';
import { DAY_MS } from '../catalogues/viet-nam-time.ts';
import type { AntivirusState } from './antivirus-state.ts';
import { antivirusStates } from './antivirus-state.ts';
import type { Baseline } from './baseline.ts';
import type { Reason } from './reasons.ts';
import { reason } from './reasons.ts';
import type { JudgedMachine, Rule, RuleFacts } from './rule.ts';
import { antivirusSignatures } from './rules/antivirus-signatures.ts';
import { ruleById } from './rules/index.ts';
import type { SeenValues } from './seen-values.ts';
import { parseSeenValues } from './seen-values.ts';

/** The newest outcome of one probe, as the store keeps it. */
export interface StoredObservation {
  /** When the probe looked, epoch milliseconds by the collector's clock (the machine's offset taken out). */
  readonly observedAtMs: number;
  /** What it saw, as it came over the wire; absent when it failed. */
  readonly value?: unknown;
  /** Why it saw nothing; with it the observation counts as failed, whatever `value` says. */
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What one machine is judged by. */
export interface EvaluationInput {
  readonly baseline: Baseline;
  readonly catalogues: Catalogues;
  readonly machine: JudgedMachine;
  /** Newest outcome by probe id; ids that no rule needs are ignored. */
  readonly observations: ReadonlyMap<string, StoredObservation>;
  /** The instant to judge for, epoch milliseconds. */
  readonly atMs: number;
}

/** The verdict of one rule. */
export interface RuleVerdict {
  readonly ruleId: string;
  readonly verdict: Verdict;
  readonly reason: Reason;
}

/** Everything that is said of one machine. */
export interface MachineJudgement {
  /** One for every rule of the baseline, sorted by rule id. */
  readonly verdicts: readonly RuleVerdict[];
  /** Earliest instant at which anything here may differ though nothing new arrives; {@link NEVER_AT_MS} if at none. */
  readonly holdsUntilMs: number;
  /** Products and what they do, sorted by product; empty while the antivirus observation says nothing. */
  readonly antivirus: readonly AntivirusState[];
  /** From the newest hardware observation, or as it was known before; undefined until the hardware was seen. */
  readonly kind: MachineKind | undefined;
}

/** Latest instant a Date can hold: nothing changes by the passing of time alone. */
export const NEVER_AT_MS = 8_640_000_000_000_000;

interface CompiledBaseline {
  /** Sorted by rule id. */
  readonly rules: readonly { readonly rule: Rule; readonly parameters: unknown }[];
  /** Probes any rule needs, sorted. */
  readonly probes: readonly ProbeId[];
  /** Age at which signatures are old, in days; the products' states use the rule's own threshold. */
  readonly signatureMaxDays: number;
}

const hardwareKind = z.object({ kind: hardware.shape.kind });

const compiledBaselines = new WeakMap<Baseline, CompiledBaseline>();

/**
 * Judges one machine. Pure: the same input gives the same answer.
 *
 * Here, and nowhere else, a needed observation that is missing, failed, not understood or older than the baseline's
 * `staleAfterMs` becomes `unknown` with its reason. A rule may still answer `unknown` when what was really seen leaves
 * the question open.
 *
 * @throws {RangeError} when the baseline names a rule that does not exist
 */
export function evaluateBaseline(input: EvaluationInput): MachineJudgement {
  const compiled = compile(input.baseline);
  const { seen, refused, freshUntilMs } = lookAtObservations(input, compiled.probes);
  const kind = kindOf(input);
  const machine = { ...input.machine, kind };
  const facts = { seen, machine, catalogues: input.catalogues, atMs: input.atMs };
  const judgements = compiled.rules.map(({ rule, parameters }) => {
    const blocked = blockedBy(rule, kind, refused);
    if (blocked !== undefined) return { ruleId: rule.id, ...blocked, holdsUntilMs: NEVER_AT_MS };
    if (!hasNeeded(rule, facts)) throw new RangeError(`Rule "${rule.id}" was not given what it needs`);
    const { holdsUntilMs = NEVER_AT_MS, verdict, reason: why } = rule.judge(facts, parameters);
    return { ruleId: rule.id, verdict, reason: why, holdsUntilMs };
  });
  const antivirus = antivirusStates(seen.antivirus?.products ?? [], {
    catalogues: input.catalogues,
    maxDays: compiled.signatureMaxDays,
    atMs: input.atMs,
  });
  return {
    verdicts: judgements.map(({ ruleId, verdict, reason: why }) => ({ ruleId, verdict, reason: why })),
    holdsUntilMs: Math.min(freshUntilMs, antivirus.holdsUntilMs, ...judgements.map((one) => one.holdsUntilMs)),
    antivirus: antivirus.states,
    kind,
  };
}

function compile(baseline: Baseline): CompiledBaseline {
  const known = compiledBaselines.get(baseline);
  if (known !== undefined) return known;
  const rules = baseline.rules
    .map(({ ruleId, parameters }) => {
      const rule = ruleById(ruleId);
      if (rule === undefined) throw new RangeError(`Baseline "${baseline.id}" names the unknown rule "${ruleId}"`);
      return { rule, parameters: rule.parameters.parse(parameters) };
    })
    .toSorted((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
  const signatures = baseline.rules.find(({ ruleId }) => ruleId === antivirusSignatures.id);
  const compiled = {
    rules,
    probes: [...new Set(rules.flatMap(({ rule }) => rule.needs))].toSorted(),
    signatureMaxDays: antivirusSignatures.parameters.parse(signatures?.parameters ?? {}).maxDays,
  };
  compiledBaselines.set(baseline, compiled);
  return compiled;
}

/** A machine stays what it is: neither a failed nor a stale look at the hardware changes its kind. */
function kindOf({ observations, machine }: EvaluationInput): MachineKind | undefined {
  const parsed = hardwareKind.safeParse(observations.get('hardware')?.value);
  return parsed.success ? parsed.data.kind : machine.kind;
}

interface Looked {
  readonly seen: SeenValues;
  /** Why a probe says nothing, by probe id. */
  readonly refused: ReadonlyMap<ProbeId, Reason>;
  /** First instant at which one of the fresh observations is stale. */
  readonly freshUntilMs: number;
}

function lookAtObservations(input: EvaluationInput, probes: readonly ProbeId[]): Looked {
  const refused = new Map<ProbeId, Reason>();
  const values: Record<string, unknown> = {};
  let freshUntilMs = NEVER_AT_MS;
  for (const probe of probes) {
    const observation = input.observations.get(probe);
    const staleAfterMs = input.baseline.staleAfterMs[probe] ?? input.baseline.staleAfterMs.default;
    const why = whyNothing(probe, observation, input.atMs, staleAfterMs);
    if (why !== undefined || observation === undefined) {
      refused.set(probe, why ?? reason('observation_missing', { probe }));
      continue;
    }
    values[probe] = observation.value;
    // A machine whose clock runs ahead must not keep its observation fresh for longer than others.
    const observedAtMs = Math.min(observation.observedAtMs, input.atMs);
    freshUntilMs = Math.min(freshUntilMs, observedAtMs + staleAfterMs + 1);
  }
  const { seen, misfits } = parseSeenValues(values);
  for (const probe of misfits) refused.set(probe, reason('observation_not_understood', { probe }));
  return { seen, refused, freshUntilMs };
}

function whyNothing(
  probe: ProbeId,
  observation: StoredObservation | undefined,
  atMs: number,
  staleAfterMs: number,
): Reason | undefined {
  if (observation === undefined) return reason('observation_missing', { probe });
  if (atMs - observation.observedAtMs > staleAfterMs) {
    const { observedAtMs } = observation;
    return reason('observation_stale', { probe, observedAtMs, maxDays: Math.round((staleAfterMs / DAY_MS) * 10) / 10 });
  }
  if (observation.failure !== undefined) {
    return reason('observation_failed', { probe, failure: observation.failure.code });
  }
  return observation.value === undefined ? reason('observation_missing', { probe }) : undefined;
}

function blockedBy(
  rule: Rule,
  kind: MachineKind | undefined,
  refused: ReadonlyMap<ProbeId, Reason>,
): { verdict: Verdict; reason: Reason } | undefined {
  if (rule.appliesTo !== undefined) {
    if (kind === undefined) return { verdict: 'unknown', reason: reason('kind_unknown') };
    if (!rule.appliesTo.includes(kind))
      return { verdict: 'not_applicable', reason: reason('kind_not_judged', { kind }) };
  }
  for (const probe of rule.needs) {
    const why = refused.get(probe);
    if (why !== undefined) return { verdict: 'unknown', reason: why };
  }
  return undefined;
}

interface PartialFacts extends Omit<RuleFacts<ProbeId>, 'seen'> {
  readonly seen: SeenValues;
}

/** Tells that a rule may be asked; beyond the probes it needs, `seen` may still lack some. */
function hasNeeded(rule: Rule, facts: PartialFacts): facts is RuleFacts<ProbeId> {
  return rule.needs.every((probe) => facts.seen[probe] !== undefined);
}
