import { SLOT_MS } from '#shared/protocol.ts';
import { histogramQuantileMs, mergeHistograms } from '#shared/rtt-histogram.ts';
import { VERDICTS } from '#shared/verdict.ts';
import { DAY_MS, dayNumber, dayNumberOfDate } from '../catalogues/viet-nam-time.ts';
import { parseAgentKey } from '../ingest/agent-key.ts';
import type {
  AgencyFigures,
  AntivirusGroup,
  MachineDetail,
  MachineGroup,
  MetricSource,
  NetworkFigures,
  VerdictMap,
} from '../metrics/metric-family.ts';
import type { Agency, DeclaredNumber } from '../register/agency.ts';
import { type FigureGroup, type StateBounds, stateAt } from './figure-store.ts';
import type { NetworkDay } from './network-day-store.ts';
import { SLOTS_PER_DAY } from './slot-set.ts';
import type { Store } from './store.ts';

/** What the figures depend on beside the store. */
export interface FigureTerms {
  readonly store: Store;
  /** Bounds of the machine states for an instant. */
  readonly boundsAt: (atMs: number) => StateBounds;
  /** Networks of the plan in force. */
  readonly networkIds: ReadonlySet<string>;
  /** Days over which availability is computed. */
  readonly windowDays: number;
  /** Age up to which an attempt decides the current result of a network, in milliseconds. */
  readonly currentMs: number;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** What the collector counts of itself. */
  readonly own: Pick<MetricSource, 'reportCounts' | 'ingestTimes'>;
  /** Versions of the agent that the collector has, oldest first. */
  readonly agentVersions: () => readonly string[];
}

/** Two questions of one scrape need the same counts; they are read once within this time, in milliseconds. */
const SHARED_MS = 1_000;

const ANTIVIRUS_STATES = ['active', 'stale', 'off'] as const;

/** Answers the questions of the metric families from the store; lists are sorted by agency. */
export function createMetricSource(terms: FigureTerms): MetricSource {
  const groups = shareFor(SHARED_MS, terms.nowMs, (atMs) => terms.store.figures.groups(terms.boundsAt(atMs)));
  return {
    async agencies() {
      const declared = Map.groupBy(await terms.store.agencies.newestDeclared(), ({ agencyCode }) => agencyCode);
      return (await validAgencies(terms)).map((agency) => figuresOf(agency, declared.get(agency.code) ?? []));
    },
    async agents() {
      const rows = await terms.store.figures.agents();
      const groups = rows.flatMap(({ agentKey, machineCount }) => {
        const agent = parseAgentKey(agentKey);
        return agent === undefined ? [] : [{ ...agent, machineCount }];
      });
      return { versions: terms.agentVersions(), groups };
    },
    machineGroups: async () => mergeMachineGroups(await groups()),
    antivirusGroups: async () => countAntivirus(await groups()),
    async networks() {
      const nowSlot = Math.floor(terms.nowMs() / SLOT_MS);
      const firstSlot = nowSlot - terms.windowDays * SLOTS_PER_DAY + 1;
      const days = await terms.store.networkDays.since(Math.floor(firstSlot / SLOTS_PER_DAY));
      const span = { firstSlot, currentSlot: nowSlot - Math.ceil(terms.currentMs / SLOT_MS) };
      const byNetwork = Map.groupBy(days, ({ agencyCode, network }) => `${agencyCode} ${network}`);
      // Every agency and network of the plan, seen or not: an agency nobody measured is unknown, not absent.
      return (await validAgencies(terms)).flatMap(({ code, level }) =>
        [...terms.networkIds].map((network) => ({
          agencyCode: code,
          level,
          network,
          ...networkResult(byNetwork.get(`${code} ${network}`) ?? [], span),
        })),
      );
    },
    ...terms.own,
  };
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

async function validAgencies({ store, nowMs }: FigureTerms): Promise<readonly Agency[]> {
  const agencies = await store.agencies.list();
  return agencies.filter((agency) => isValidAt(agency, nowMs()));
}

function isValidAt({ validFrom, validTo }: Agency, atMs: number): boolean {
  const today = dayNumber(atMs);
  if (validFrom !== undefined && dayNumberOfDate(validFrom) > today) return false;
  return validTo === undefined || dayNumberOfDate(validTo) >= today;
}

function figuresOf(agency: Agency, declared: readonly DeclaredNumber[]): AgencyFigures {
  const officials = declared.find(({ subject }) => subject === 'officials');
  const computers = declared.find(({ subject }) => subject === 'computers');
  return {
    code: agency.code,
    nameVi: agency.nameVi,
    level: agency.level,
    ...(agency.nameEn === undefined ? {} : { nameEn: agency.nameEn }),
    ...(agency.parentCode === undefined ? {} : { parentCode: agency.parentCode }),
    ...(officials === undefined ? {} : { officialCount: officials.value }),
    ...(computers === undefined ? {} : { computerCount: computers.value }),
  };
}

function mergeMachineGroups(groups: readonly FigureGroup[]): readonly MachineGroup[] {
  const verdictsByKey = new Map<string, VerdictMap>();
  return groups.map(({ agencyCode, kind, state, verdictKey, machineCount }) => {
    const verdicts = verdictsByKey.get(verdictKey) ?? parseVerdictKey(verdictKey);
    verdictsByKey.set(verdictKey, verdicts);
    return { agencyCode, kind, state, verdicts, machineCount };
  });
}

function parseVerdictKey(key: string): VerdictMap {
  return Object.fromEntries(
    splitKey(key).flatMap(([ruleId, text]) => {
      const verdict = VERDICTS.find((known) => known === text);
      return verdict === undefined ? [] : [[ruleId, verdict] as const];
    }),
  );
}

function countAntivirus(groups: readonly FigureGroup[]): readonly AntivirusGroup[] {
  const counted = new Map<string, AntivirusGroup>();
  for (const { agencyCode, antivirusKey, machineCount } of groups) {
    for (const [product, text] of splitKey(antivirusKey)) {
      const state = ANTIVIRUS_STATES.find((known) => known === text);
      if (state === undefined) continue;
      const name = `${agencyCode} ${product} ${state}`;
      const before = counted.get(name)?.machineCount ?? 0;
      counted.set(name, { agencyCode, product, state, machineCount: before + machineCount });
    }
  }
  return [...counted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function splitKey(key: string): readonly (readonly [string, string])[] {
  return key
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name, value] as const;
    });
}

/** What the days of one agency and one network come to. */
function networkResult(
  days: readonly NetworkDay[],
  span: { readonly firstSlot: number; readonly currentSlot: number },
): Pick<NetworkFigures, 'result' | 'slotsOn' | 'slotsReached' | 'rttSeconds'> {
  const count = (from: number, kind: 'on' | 'reached') =>
    days.reduce((sum, day) => sum + day[kind].countFrom(from - day.day * SLOTS_PER_DAY), 0);
  const rtt = mergeHistograms(days.map((day) => day.rtt));
  const median = histogramQuantileMs(rtt, 0.5);
  const p95 = histogramQuantileMs(rtt, 0.95);
  const failed = count(span.currentSlot, 'on') > 0 ? 'not_reached' : 'unknown';
  return {
    result: count(span.currentSlot, 'reached') > 0 ? 'reached' : failed,
    slotsOn: count(span.firstSlot, 'on'),
    slotsReached: count(span.firstSlot, 'reached'),
    ...(median === undefined || p95 === undefined ? {} : { rttSeconds: { median: median / 1_000, p95: p95 / 1_000 } }),
  };
}

/** First day (UTC, as in NetworkDay) that is still worth keeping. */
export function firstKeptDay(atMs: number, keptDays: number): number {
  return Math.floor(atMs / DAY_MS) - keptDays;
}
