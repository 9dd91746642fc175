import { contentHash } from '#shared/content-hash.ts';
import type { Platform } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';
import { type DueOptions, dueProbes } from './due-probes.ts';
import type { Host } from './host/host.ts';
import type { Probe, ProbeContext } from './probes/probe.ts';
import { type Outcome, runProbe } from './run-probe.ts';
import { isResting, noteEnd, type Strikes } from './strikes.ts';
import type { OutcomeCache } from './uplink/agent-state.ts';

/** What looking at the machine needs. */
export interface CollectOptions {
  readonly probes: readonly Probe[];
  readonly platform: Platform;
  readonly openHost: (signal?: AbortSignal) => Host;
  readonly outcomes: OutcomeCache;
  readonly strikes: Strikes;
  /** Facts for the probes, without `previous`, which is added for each. */
  readonly context: Omit<ProbeContext, 'previous'>;
  readonly inventoryMs: number;
  readonly isForced: boolean;
  /** Notes that a probe starts or ends, before it does, so that a crash of the agent can be laid at its door. */
  readonly note: (word: 'start' | 'end', probeId: string) => void;
}

/** What looking gave: the newest outcome of every probe, and the strikes. */
export interface Collected {
  readonly outcomes: OutcomeCache;
  readonly strikes: Strikes;
}

/** Runs the probes that are due, side by side, and those that hung or crashed before alone after them. */
export async function collect(options: CollectOptions): Promise<Collected> {
  const { openHost, platform } = options;
  const host = openHost();
  const nowMs = host.nowMs();
  const probes = options.probes.filter((probe) => probe.platforms.includes(platform));
  const watched = await watchedStates(probes, host);
  const due: DueOptions = { ...options, watched, nowMs };
  const { together, alone } = dueProbes(probes, due);
  const fresh: [string, Outcome][] = [];
  const run = async (probe: Probe) => {
    fresh.push([probe.id, await runNoted(probe, options)]);
  };
  await Promise.all(together.map(run));
  for (const probe of alone) await run(probe);
  return gather(options, { probes, fresh, watched, nowMs });
}

async function runNoted(probe: Probe, options: CollectOptions): Promise<Outcome> {
  const previous = options.outcomes[probe.id]?.value;
  const context = { ...options.context, ...(isObservation(previous) ? { previous } : {}) };
  options.note('start', probe.id);
  try {
    return await runProbe(probe, { openHost: options.openHost, context });
  } finally {
    options.note('end', probe.id);
  }
}

// The cache is our own file: a value in it was parsed by the probe's schema before it was written.
function isObservation(value: unknown): value is NonNullable<ProbeContext['previous']> {
  return typeof value === 'object' && value !== null;
}

interface Gathering {
  readonly probes: readonly Probe[];
  readonly fresh: readonly (readonly [string, Outcome])[];
  readonly watched: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

function gather(options: CollectOptions, { probes, fresh, watched, nowMs }: Gathering): Collected {
  let strikes = options.strikes;
  const outcomes: OutcomeCache = {};
  for (const { id } of probes) {
    const known = options.outcomes[id];
    if (known !== undefined) outcomes[id] = known;
  }
  for (const [probeId, outcome] of fresh) {
    const state = watched[probeId];
    outcomes[probeId] = { ...outcome, ...(state === undefined ? {} : { watched: state }) };
    strikes = noteEnd(strikes, probeId, {
      nowMs,
      ...(outcome.failure === undefined ? {} : { failure: outcome.failure }),
    });
  }
  for (const { id } of probes) {
    if (isResting(strikes, id, nowMs)) outcomes[id] = restingOutcome(strikes[id]?.reason ?? '', nowMs);
  }
  return { outcomes, strikes };
}

function restingOutcome(reason: string, nowMs: number): Outcome {
  const failure = {
    code: 'OBSERVATION_SKIPPED',
    message: `Resting for 24 hours after three strikes, the last was ${reason}`,
  };
  return { hash: contentHash({ failure }), observedAtMs: nowMs, failure };
}

async function watchedStates(probes: readonly Probe[], host: Host): Promise<Record<string, string>> {
  const states: Record<string, string> = {};
  for (const { id, watch } of probes) {
    if (watch === undefined) continue;
    const parts = await Promise.all(watch.map((path) => watchedState(host, path)));
    states[id] = parts.join(' ');
  }
  return states;
}

async function watchedState(host: Host, path: string): Promise<string> {
  try {
    const status = await host.stat(path);
    return status === undefined ? '-' : `${status.modifiedAtMs}:${status.sizeBytes}`;
  } catch (error) {
    if (error instanceof TramdoError) return error.code;
    throw error;
  }
}
