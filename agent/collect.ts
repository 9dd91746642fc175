import { contentHash } from '#shared/content-hash.ts';
import type { Platform } from '#shared/enrolment.ts';
import { type DueOptions, type DueProbes, dueProbes } from './due-probes.ts';
import type { Host } from './host/host.ts';
import type { Inventory } from './host/powershell/inventory.ts';
import type { InventorySectionId } from './host/powershell/inventory-section.ts';
import { onTermsOf } from './inventory-terms.ts';
import { planLooks, type SharedLook, waitsForMains } from './plan-looks.ts';
import type { Probe, ProbeContext } from './probes/probe.ts';
import { sparedProbes } from './restraint.ts';
import { type Outcome, runProbe } from './run-probe.ts';
import { isResting, noteEnd, type Strikes } from './strikes.ts';
import type { OutcomeCache } from './uplink/agent-state.ts';
import { watchedStates } from './watched-states.ts';

/** Probes that hung before start only while the look is younger than this, in milliseconds; the others wait. */
const SUSPECTS_MS = 150_000;

/** What looking at the machine needs. */
export interface CollectOptions {
  readonly probes: readonly Probe[];
  readonly platform: Platform;
  readonly openHost: (how?: { readonly signal?: AbortSignal; readonly inventory?: Inventory }) => Host;
  /** Opens a PowerShell inventory of these sections; asked for on Windows alone. */
  readonly openInventory: (sections: readonly InventorySectionId[], mayWait: boolean) => Inventory;
  /** Samples the load of all processors, 0 to 1; undefined where it cannot be told. */
  readonly cpuLoadRatio: () => Promise<number | undefined>;
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

/**
 * Runs the probes that are due, side by side, and those that hung or crashed before alone after them. On Windows those
 * that look together share one inventory, and each of the others has its own. What may wait for a busy machine, or for
 * one on battery, keeps its outcome.
 */
export async function collect(options: CollectOptions): Promise<Collected> {
  const host = options.openHost();
  const startedAtMs = host.monotonicMs();
  const probes = options.probes
    .filter((probe) => probe.platforms.includes(options.platform))
    .map((probe) => onTermsOf(probe, options.platform));
  const watched = await watchedStates(probes, host);
  const due: DueOptions = { ...options, watched, nowMs: host.nowMs() };
  const { together, alone } = await withoutSpared(dueProbes(probes, due), due, { ...options, host });
  const seen: Seen = { fresh: [], waiting: [] };
  await look(planLooks(together, { ...due, platform: options.platform }), options, seen);
  for (const probe of alone) {
    if (host.monotonicMs() - startedAtMs >= SUSPECTS_MS) break;
    await look(planLooks([probe], { ...due, platform: options.platform }), options, seen);
  }
  return gather(options, { probes, ...seen, watched, nowMs: due.nowMs });
}

interface Seen {
  readonly fresh: [string, Outcome][];
  /** Probes that were put off as the machine runs on battery. */
  readonly waiting: string[];
}

async function withoutSpared(
  { together, alone }: DueProbes,
  due: DueOptions,
  machine: Pick<CollectOptions, 'cpuLoadRatio'> & { readonly host: Host },
): Promise<DueProbes> {
  const spared = await sparedProbes([...together, ...alone], due, machine);
  const isLeft = (probe: Probe) => !spared.has(probe.id);
  return { together: together.filter(isLeft), alone: alone.filter(isLeft) };
}

async function look({ probes, sections, mayWait }: SharedLook, options: CollectOptions, seen: Seen): Promise<void> {
  const inventory = sections.length > 0 ? options.openInventory(sections, mayWait) : undefined;
  const ends = await Promise.all(
    probes.map(async (probe): Promise<[string, Outcome]> => [probe.id, await runNoted(probe, options, inventory)]),
  );
  const isPutOff = mayWait && inventory !== undefined && (await waitsForMains(inventory));
  for (const [probeId, outcome] of ends) {
    if (isPutOff && sections.some((id) => id === probeId)) seen.waiting.push(probeId);
    else seen.fresh.push([probeId, outcome]);
  }
}

async function runNoted(probe: Probe, options: CollectOptions, inventory: Inventory | undefined): Promise<Outcome> {
  const previous = options.outcomes[probe.id]?.value;
  const context = { ...options.context, ...(isObservation(previous) ? { previous } : {}) };
  const openHost = (signal: AbortSignal) =>
    options.openHost({ signal, ...(inventory === undefined ? {} : { inventory }) });
  options.note('start', probe.id);
  try {
    return await runProbe(probe, { openHost, context });
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
  readonly waiting: readonly string[];
  readonly watched: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

function gather(options: CollectOptions, { probes, fresh, waiting, watched, nowMs }: Gathering): Collected {
  let strikes = options.strikes;
  const outcomes: OutcomeCache = {};
  for (const { id } of probes) {
    const known = options.outcomes[id];
    if (known !== undefined) outcomes[id] = waiting.includes(id) ? { ...known, waitedAtMs: nowMs } : known;
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
