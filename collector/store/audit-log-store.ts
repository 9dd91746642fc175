import { createHash } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { AUDIT_ACTIONS, type AuditEntry, type AuditRecord, type AuditStore } from '../people/audit.ts';
import { PRINCIPAL_KINDS } from '../people/principal.ts';
import type { AuditLogTable } from './people-tables.ts';
import type { Tables } from './tables.ts';

/** What the first line follows. */
const BEFORE_THE_FIRST = '';

/** Lines that are checked at a time, so that a long log needs no more memory than a short one. */
const CHECKED_AT_ONCE = 1_000;

const storedDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** The queries of the audit log; there is none that changes a line. */
export function createAuditLogStore(db: Kysely<Tables>): AuditStore {
  return {
    append: (entry) =>
      // Reading the newest line and writing the next must not be parted.
      db.isTransaction ? appendIn(db, entry) : db.transaction().execute((transaction) => appendIn(transaction, entry)),
    async list({ agencyCodes, beforeSeq, limit }) {
      if (agencyCodes?.size === 0) return [];
      const rows = await db
        .selectFrom('audit_log')
        .selectAll()
        .$if(beforeSeq !== undefined, (query) => query.where('seq', '<', beforeSeq ?? 0))
        .$if(agencyCodes !== undefined, (query) => query.where('agency_code', 'in', [...(agencyCodes ?? [])]))
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map(fromRow);
    },
    async firstBroken() {
      let previous: Pick<AuditLogTable, 'seq' | 'hash'> = { seq: 0, hash: BEFORE_THE_FIRST };
      for (;;) {
        const rows = await db
          .selectFrom('audit_log')
          .selectAll()
          .where('seq', '>', previous.seq)
          .orderBy('seq')
          .limit(CHECKED_AT_ONCE)
          .execute();
        for (const row of rows) {
          if (!follows(row, previous)) return previous.seq + 1;
          previous = row;
        }
        if (rows.length < CHECKED_AT_ONCE) return undefined;
      }
    },
  };
}

async function appendIn(db: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  const newest = await db
    .selectFrom('audit_log')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = {
    seq: (newest?.seq ?? 0) + 1,
    at_ms: entry.atMs,
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id,
    actor_name: entry.actor.name,
    action: entry.action,
    target: entry.target,
    agency_code: entry.agencyCode ?? null,
    detail: sortedJson(entry.detail),
    previous_hash: newest?.hash ?? BEFORE_THE_FIRST,
  };
  await db
    .insertInto('audit_log')
    .values({ ...row, hash: hashOf(row) })
    .execute();
}

function follows(row: Selectable<AuditLogTable>, previous: Pick<AuditLogTable, 'seq' | 'hash'>): boolean {
  return row.seq === previous.seq + 1 && row.previous_hash === previous.hash && row.hash === hashOf(row);
}

/** SHA-256 over the JSON text of the fields in code-point order of their names, base64url. */
function hashOf(row: Omit<AuditLogTable, 'hash'>): string {
  const { seq, at_ms, actor_kind, actor_id, actor_name, action, target, agency_code, detail, previous_hash } = row;
  const line = { action, actor_id, actor_kind, actor_name, agency_code, at_ms, detail, previous_hash, seq, target };
  return createHash('sha256').update(JSON.stringify(line)).digest('base64url');
}

function sortedJson(detail: AuditEntry['detail']): string {
  return JSON.stringify(Object.fromEntries(Object.entries(detail).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

function fromRow(row: Selectable<AuditLogTable>): AuditRecord {
  const action = AUDIT_ACTIONS.find((known) => known === row.action);
  const kind = PRINCIPAL_KINDS.find((known) => known === row.actor_kind);
  if (action === undefined || kind === undefined) {
    throw new TramdoError(
      'DATA_CORRUPT',
      `Cannot read line ${row.seq} of the audit log: its action is "${row.action}"`,
    );
  }
  return {
    seq: row.seq,
    atMs: row.at_ms,
    actor: { kind, id: row.actor_id, name: row.actor_name },
    action,
    target: row.target,
    ...(row.agency_code === null ? {} : { agencyCode: row.agency_code }),
    detail: storedDetail.parse(JSON.parse(row.detail)),
    hash: row.hash,
  };
}
