import type { PlanNetwork } from '#shared/plan.ts';
import { DAY_MS, dayNumber, isoDateOf } from '../catalogues/viet-nam-time.ts';
import { parseAgentKey } from '../ingest/agent-key.ts';
import type { AntivirusGroup, MachineDetail, MachineGroup, MetricSource } from '../metrics/metric-family.ts';
import { MEASURED_DAYS, measuredLines } from '../networks/measured-lines.ts';
import type { RegisterState } from '../register/register-state.ts';
import { type StateBounds, stateAt } from './figure-store.ts';
import { machineGroupsOf } from './machine-groups.ts';
import { networkFigures, networkSlots } from './network-results.ts';
import { placeFigures } from './place-figures.ts';
import { SLOTS_PER_DAY } from './slot-set.ts';
import type { Store } from './store.ts';

/** What the figures depend on beside the store. */
export interface FigureTerms {
  readonly store: Store;
  /** Bounds of the machine states for an instant. */
  readonly boundsAt: (atMs: number) => StateBounds;
  /** Networks that stand now. */
  readonly networks: () => readonly Pick<PlanNetwork, 'id' | 'kind' | 'targets'>[];
  /** The register as it stands today. */
  readonly register: () => Promise<RegisterState>;
  /** Days over which availability is computed. */
  readonly windowDays: number;
  /** Age up to which an attempt decides the current result of a network, in milliseconds. */
  readonly currentMs: number;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** What the collector counts of itself. */
  readonly own: Pick<MetricSource, 'reportCounts' | 'receiptCounts' | 'ingestTimes' | 'storeHealth'>;
  /** Versions of the agent that the collector has, oldest first. */
  readonly agentVersions: () => readonly string[];
}

/** Two questions of one scrape need the same counts; they are read once within this time, in milliseconds. */
const SHARED_MS = 1_000;

/** Answers the questions of the metric families from the store; lists are sorted by agency. */
export function createMetricSource(terms: FigureTerms): MetricSource {
  const groups = shareFor(SHARED_MS, terms.nowMs, async (atMs) =>
    machineGroupsOf(await terms.store.figures.groups(terms.boundsAt(atMs))),
  );
  return {
    agencies: async () => (await terms.register()).agencies,
    async agents() {
      const rows = await terms.store.figures.agents();
      const versions = rows.flatMap(({ agentKey, machineCount }) => {
        const agent = parseAgentKey(agentKey);
        return agent === undefined ? [] : [{ ...agent, machineCount }];
      });
      return { versions: terms.agentVersions(), groups: versions };
    },
    machineGroups: groups,
    antivirusGroups: async () => countAntivirus(await groups()),
    networks: () => currentNetworks(terms),
    places: () => placeFigures(terms.store, { atMs: terms.nowMs(), windowDays: terms.windowDays, isPast: false }),
    measuredLines: async () =>
      measuredLines(await terms.store.lineSamples.since(dayNumber(terms.nowMs()) - MEASURED_DAYS)),
    certificates: () => currentCertificates(terms),
    exceptions: () => terms.store.exceptions.runningOn(isoDateOf(terms.nowMs())),
    ...terms.own,
  };
}

/** What agencies saw of the networks in the window that ends now. */
async function currentNetworks({ store, networks, register, windowDays, currentMs, nowMs }: FigureTerms) {
  const slots = networkSlots({ atMs: nowMs(), windowDays, currentMs, isPast: false });
  const days = await store.networkDays.since(Math.floor(slots.first / SLOTS_PER_DAY));
  return networkFigures(days, { networks: networks(), agencies: (await register()).agencies, slots });
}

/** Of what the networks have now: a target that was taken away is nobody's concern any more. */
async function currentCertificates({ store, networks, windowDays, nowMs }: FigureTerms) {
  const targets = new Map(networks().map((network) => [network.id, network.targets]));
  const found = await store.agencyTargets.certificates(nowMs() - windowDays * DAY_MS);
  return found.filter(({ network, target }) => targets.get(network)?.includes(target));
}

/**
 * The machines of one agency with their verdicts, sorted by host name; retired ones are left out.
 *
 * @param bounds see FigureTerms.boundsAt
 */
export async function machineDetails(
  store: Store,
  agencyCode: string,
  bounds: StateBounds,
): Promise<readonly MachineDetail[]> {
  const machines = (await store.machines.list(agencyCode)).filter(({ retiredAtMs }) => retiredAtMs === undefined);
  const standings = await store.reports.standings(machines);
  const verdicts = await store.reports.verdicts(machines);
  return machines.map(({ machineId, hostname, enrolledAtMs }) => {
    const standing = standings.get(machineId);
    return {
      machineId,
      hostname,
      kind: standing?.kind,
      state: stateAt(standing?.lastSeenAtMs ?? enrolledAtMs, bounds),
      lastSeenAtMs: standing === undefined || standing.reportCount === 0 ? undefined : standing.lastSeenAtMs,
      clockOffsetMs: standing?.clockOffsetMs,
      verdicts: verdicts.get(machineId)?.verdicts ?? [],
    };
  });
}

function shareFor<Answer>(
  durationMs: number,
  nowMs: () => number,
  ask: (atMs: number) => Promise<Answer>,
): () => Promise<Answer> {
  let shared: { readonly atMs: number; readonly answer: Promise<Answer> } | undefined;
  return () => {
    const atMs = nowMs();
    if (shared === undefined || Math.abs(atMs - shared.atMs) >= durationMs) shared = { atMs, answer: ask(atMs) };
    return shared.answer;
  };
}

function countAntivirus(groups: readonly MachineGroup[]): readonly AntivirusGroup[] {
  const counted = new Map<string, AntivirusGroup>();
  for (const { agencyCode, antivirus, machineCount } of groups) {
    for (const { product, state } of antivirus) {
      const name = `${agencyCode} ${product} ${state}`;
      const before = counted.get(name)?.machineCount ?? 0;
      counted.set(name, { agencyCode, product, state, machineCount: before + machineCount });
    }
  }
  return [...counted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** First day (UTC, as in NetworkDay) that is still worth keeping. */
export function firstKeptDay(atMs: number, keptDays: number): number {
  return Math.floor(atMs / DAY_MS) - keptDays;
}
