import { type Kysely, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { MACHINE_KINDS, type MachineKind } from '#shared/observations/hardware.ts';
import type { Verdict } from '#shared/verdict.ts';
import type { MachineState } from '../metrics/metric-family.ts';
import type { StateBounds } from './figure-store.ts';
import { stateAt } from './figure-store.ts';
import { parseVerdictKey } from './machine-groups.ts';
import type { MachineKey } from './machine-store.ts';
import type { Tables } from './tables.ts';

/** Where a machine with an agent stands. */
export const AGENT_STATES = ['reporting', 'silent', 'lost', 'retired'] as const;

/** Which machines are asked for; what is absent does not choose. */
export interface MachineQuery {
  /** Undefined: those of every agency. */
  readonly agencyCodes?: ReadonlySet<string> | undefined;
  readonly state?: (typeof AGENT_STATES)[number] | undefined;
  readonly kind?: MachineKind | undefined;
  /** Machines of which the rule says this. */
  readonly rule?: { readonly ruleId: string; readonly verdict: Verdict } | undefined;
  /** Part of the host name or of the id; upper and lower case of A to Z are the same. */
  readonly text?: string | undefined;
  /** Only machines with a conflict nobody decided, or only those without. */
  readonly hasConflict?: boolean | undefined;
  /** Agency, host name and id of the machine behind which the page begins. */
  readonly after?: readonly [agencyCode: string, hostname: string, machineId: string] | undefined;
  /** Most machines. */
  readonly limit: number;
}

/** A machine as lists show it. */
export interface ListedMachine extends MachineKey {
  readonly hostname: string;
  readonly platform: string;
  readonly agentVersion: string;
  readonly kind: MachineKind | undefined;
  readonly state: MachineState | 'retired';
  /** Arrival of the newest report, epoch milliseconds; undefined before the first one. */
  readonly lastSeenAtMs: number | undefined;
  readonly enrolledAtMs: number;
  /** By rule id. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  readonly hasConflict: boolean;
}

/** Machines that fit, sorted by agency, host name and id. */
export async function findMachinePage(
  db: Kysely<Tables>,
  query: MachineQuery,
  bounds: StateBounds,
): Promise<readonly ListedMachine[]> {
  const { agencyCodes, after } = query;
  // PostgreSQL has no empty list.
  if (agencyCodes?.size === 0) return [];
  const rows = await db
    .selectFrom('machines as m')
    .leftJoin('machine_states as s', (join) =>
      join.onRef('s.agency_code', '=', 'm.agency_code').onRef('s.machine_id', '=', 'm.machine_id'),
    )
    .select(['m.agency_code', 'm.machine_id', 'm.hostname', 'm.platform', 'm.agent_version', 'm.enrolled_at_ms'])
    .select(['m.retired_at_ms', 's.kind', 's.last_seen_at_ms', 's.report_count', 's.verdict_key'])
    .select(sql<number>`case when ${IS_IN_CONFLICT} then 1 else 0 end`.as('in_conflict'))
    .$if(agencyCodes !== undefined, (some) => some.where('m.agency_code', 'in', [...(agencyCodes ?? [])]))
    .$if(after !== undefined, (some) =>
      some.where(sql<SqlBool>`(m.agency_code, m.hostname, m.machine_id) > (${sql.join(after ?? [])})`),
    )
    .where(sql.join<SqlBool>(conditionsOf(query, bounds), sql` and `))
    .orderBy('m.agency_code')
    .orderBy('m.hostname')
    .orderBy('m.machine_id')
    .limit(query.limit)
    .execute();
  return rows.map((row) => ({
    agencyCode: row.agency_code,
    machineId: row.machine_id,
    hostname: row.hostname,
    platform: row.platform,
    agentVersion: row.agent_version,
    kind: MACHINE_KINDS.find((kind) => kind === row.kind),
    state: row.retired_at_ms === null ? stateAt(row.last_seen_at_ms ?? row.enrolled_at_ms, bounds) : 'retired',
    lastSeenAtMs: (row.report_count ?? 0) > 0 ? (row.last_seen_at_ms ?? undefined) : undefined,
    enrolledAtMs: row.enrolled_at_ms,
    verdicts: parseVerdictKey(row.verdict_key ?? ''),
    hasConflict: row.in_conflict === 1,
  }));
}

/** Lists of ids that are looked up once, not once for every machine. */
const IS_IN_CONFLICT = sql<SqlBool>`(m.machine_id in (select machine_id from machine_conflicts where decision is null)
  or m.machine_id in (select other_id from machine_conflicts where decision is null and other_id is not null))`;

function conditionsOf({ state, kind, rule, text, hasConflict }: MachineQuery, bounds: StateBounds) {
  const conditions = [sql<SqlBool>`1 = 1`];
  if (state === 'retired') conditions.push(sql`m.retired_at_ms is not null`);
  else if (state !== undefined) conditions.push(sql`m.retired_at_ms is null and ${seenWithin(state, bounds)}`);
  if (kind !== undefined) conditions.push(sql`s.kind = ${kind}`);
  if (rule !== undefined) {
    const part = `%;${escapeLike(`${rule.ruleId}=${rule.verdict}`)};%`;
    conditions.push(sql`';' || s.verdict_key || ';' like ${part} escape '\\'`);
  }
  if (text !== undefined) {
    const part = `%${escapeLike(text.toLowerCase())}%`;
    conditions.push(sql`(lower(m.hostname) like ${part} escape '\\' or m.machine_id like ${part} escape '\\')`);
  }
  if (hasConflict !== undefined) conditions.push(hasConflict ? IS_IN_CONFLICT : sql`not ${IS_IN_CONFLICT}`);
  return conditions;
}

function seenWithin(state: MachineState, { reportingSinceMs, silentSinceMs }: StateBounds) {
  const seen = sql`coalesce(s.last_seen_at_ms, m.enrolled_at_ms)`;
  if (state === 'reporting') return sql<SqlBool>`${seen} >= ${reportingSinceMs}`;
  if (state === 'lost') return sql<SqlBool>`${seen} < ${silentSinceMs}`;
  return sql<SqlBool>`${seen} < ${reportingSinceMs} and ${seen} >= ${silentSinceMs}`;
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

const serialOf = z.object({ serial: z.string() });

/** Serial numbers that agents saw in an agency, by machine id; a machine without one is absent. */
export async function findSerials(db: Kysely<Tables>, agencyCode: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('observations')
    .select(['machine_id', 'value'])
    .where('agency_code', '=', agencyCode)
    .where('probe_id', '=', 'hardware')
    .execute();
  return new Map(
    rows.flatMap((row) => {
      const seen = serialOf.safeParse(JSON.parse(row.value ?? 'null'));
      return seen.success ? [[row.machine_id, seen.data.serial] as const] : [];
    }),
  );
}
