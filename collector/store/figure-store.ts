import { type Kysely, sql } from 'kysely';
import { MACHINE_KINDS, type MachineKind } from '#shared/observations/hardware.ts';
import type { MachineState } from '../metrics/metric-family.ts';
import type { Tables } from './tables.ts';

/** What decides how a machine is counted at an instant beside what is known of it. */
export interface StateBounds {
  /** A machine last seen before it is not `reporting`, epoch milliseconds. */
  readonly reportingSinceMs: number;
  /** A machine last seen before it is `lost`, epoch milliseconds. */
  readonly silentSinceMs: number;
  /** First day (dayNumber of viet-nam-time.ts) whose attempts on the Internet count. */
  readonly internetSinceDay: number;
}

/** Machines of one agency that are alike in everything that is counted. */
export interface FigureGroup {
  readonly agencyCode: string;
  readonly kind: MachineKind | undefined;
  readonly state: MachineState;
  /** See MachineStanding. */
  readonly verdictKey: string;
  /** See MachineStanding. */
  readonly antivirusKey: string;
  /** See MachineGroup. */
  readonly isOnInternet: boolean | undefined;
  readonly machineCount: number;
  /** Sorted; absent unless they were asked for. */
  readonly machineIds?: readonly string[];
}

/** Machines by what their agent is. */
export interface AgentGroup {
  /** See MachineStanding. */
  readonly agentKey: string;
  readonly machineCount: number;
}

/** Counts over the current state of all machines; retired ones are in none. */
export interface FigureStore {
  /** In no order; without ids the number of rows grows with agencies and with how different their machines are. */
  groups(bounds: StateBounds, options?: { readonly withIds?: boolean }): Promise<readonly FigureGroup[]>;
  /** Sorted by key; the number of rows grows with how many versions are about. */
  agents(): Promise<readonly AgentGroup[]>;
}

/** Says where a machine stands that was last seen at an instant. */
export function stateAt(
  lastSeenAtMs: number,
  bounds: Pick<StateBounds, 'reportingSinceMs' | 'silentSinceMs'>,
): MachineState {
  if (lastSeenAtMs >= bounds.reportingSinceMs) return 'reporting';
  return lastSeenAtMs >= bounds.silentSinceMs ? 'silent' : 'lost';
}

/** The queries of the counts. */
export function createFigureStore(db: Kysely<Tables>): FigureStore {
  return {
    async groups(bounds, { withIds = false } = {}) {
      const grouped = db
        .with('standing', (from) =>
          from
            .selectFrom('machine_states')
            .select(['agency_code', 'machine_id', 'kind', 'verdict_key', 'antivirus_key'])
            .select([stateIn(bounds).as('state'), onlineIn(bounds).as('online')])
            .where('is_retired', '=', 0),
        )
        .selectFrom('standing')
        .select(['agency_code', 'kind', 'verdict_key', 'antivirus_key', 'state', 'online'])
        .select(({ fn }) => fn.countAll<number>().as('machines'))
        .groupBy(['agency_code', 'kind', 'verdict_key', 'antivirus_key', 'state', 'online']);
      const ids = withIds ? sql<string>`string_agg(machine_id, ',')` : sql<string>`''`;
      const rows = await grouped.select(ids.as('ids')).execute();
      return rows.map((row) => ({
        agencyCode: row.agency_code,
        kind: MACHINE_KINDS.find((kind) => kind === row.kind),
        state: row.state,
        verdictKey: row.verdict_key,
        antivirusKey: row.antivirus_key,
        isOnInternet: row.online === null ? undefined : row.online === 1,
        machineCount: Number(row.machines),
        ...(withIds ? { machineIds: row.ids.split(',').toSorted() } : {}),
      }));
    },
    async agents() {
      const rows = await db
        .selectFrom('machine_states')
        .select('agent_key')
        .select(({ fn }) => fn.countAll<number>().as('machines'))
        .where('is_retired', '=', 0)
        .groupBy('agent_key')
        .orderBy('agent_key')
        .execute();
      return rows.map(({ agent_key: agentKey, machines }) => ({ agentKey, machineCount: Number(machines) }));
    },
  };
}

function stateIn({ reportingSinceMs, silentSinceMs }: StateBounds) {
  return sql<MachineState>`case when last_seen_at_ms >= ${reportingSinceMs} then 'reporting'
    when last_seen_at_ms >= ${silentSinceMs} then 'silent' else 'lost' end`;
}

function onlineIn({ internetSinceDay }: StateBounds) {
  return sql<number | null>`case when online_day >= ${internetSinceDay} then 1
    when tried_day >= ${internetSinceDay} then 0 end`;
}
