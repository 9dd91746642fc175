import type { Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { RuleExceptionTable } from './exception-tables.ts';
import type { Tables } from './tables.ts';

/** An agency, with everything below it, is excepted from a rule for a time. */
export interface RuleException {
  readonly id: string;
  readonly agencyCode: string;
  readonly ruleId: string;
  readonly reason: string;
  /** Number of the document that grants it. */
  readonly document: string;
  /** First and last day on which it was granted to hold, `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly grantedAtMs: number;
  /** Who wrote it down, as the audit log names them. */
  readonly grantedBy: string;
  /** Set when somebody ended it early. */
  readonly ended?: {
    /** First day on which it no longer holds. */
    readonly on: string;
    readonly atMs: number;
    readonly by: string;
  };
}

/** Exceptions from rules; none is ever removed. */
export interface ExceptionStore {
  add(exception: RuleException): Promise<void>;
  find(id: string): Promise<RuleException | undefined>;
  /** Every one, sorted by first day, newest first, then id. */
  list(): Promise<readonly RuleException[]>;
  /** Those that hold on a day `yyyy-mm-dd`, sorted by agency, then id. */
  runningOn(day: string): Promise<readonly RuleException[]>;
  /** Notes that one was ended early; one that was ended already stays as it is. */
  end(id: string, ended: NonNullable<RuleException['ended']>): Promise<void>;
}

/** The queries of exceptions. */
export function createExceptionStore(db: Kysely<Tables>): ExceptionStore {
  return {
    async add(added) {
      await db.insertInto('rule_exceptions').values(toRow(added)).execute();
    },
    async find(id) {
      const row = await db.selectFrom('rule_exceptions').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
    async list() {
      const rows = await db
        .selectFrom('rule_exceptions')
        .selectAll()
        .orderBy('first_day', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
    async runningOn(day) {
      const rows = await db
        .selectFrom('rule_exceptions')
        .selectAll()
        .where('first_day', '<=', day)
        .where('last_day', '>=', day)
        .where(sql<boolean>`(ended_on is null or ended_on > ${day})`)
        .orderBy('agency_code')
        .orderBy('id')
        .execute();
      return rows.map(fromRow);
    },
    async end(id, { on, atMs, by }) {
      await db
        .updateTable('rule_exceptions')
        .set({ ended_on: on, ended_at_ms: atMs, ended_by: by })
        .where('id', '=', id)
        .where('ended_on', 'is', null)
        .execute();
    },
  };
}

function toRow(exception: RuleException): RuleExceptionTable {
  return {
    agency_code: exception.agencyCode,
    id: exception.id,
    rule_id: exception.ruleId,
    reason: exception.reason,
    document: exception.document,
    first_day: exception.firstDay,
    last_day: exception.lastDay,
    granted_at_ms: exception.grantedAtMs,
    granted_by: exception.grantedBy,
    ended_on: exception.ended?.on ?? null,
    ended_at_ms: exception.ended?.atMs ?? null,
    ended_by: exception.ended?.by ?? null,
  };
}

function fromRow(row: Selectable<RuleExceptionTable>): RuleException {
  const { ended_on: on, ended_at_ms: atMs, ended_by: by } = row;
  return {
    id: row.id,
    agencyCode: row.agency_code,
    ruleId: row.rule_id,
    reason: row.reason,
    document: row.document,
    firstDay: row.first_day,
    lastDay: row.last_day,
    grantedAtMs: row.granted_at_ms,
    grantedBy: row.granted_by,
    ...(on === null || atMs === null || by === null ? {} : { ended: { on, atMs, by } }),
  };
}
