import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import type { Kysely, Selectable } from 'kysely';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { type SealRecord, sealedBy, sealRecord } from '../periods/seal-record.ts';
import type { PeriodSealTable } from './period-tables.ts';
import type { Tables } from './tables.ts';

/** Which seals are asked for. */
export interface SealQuery {
  readonly periodId?: string;
  readonly setId?: string;
  /** Only seals before this number. */
  readonly beforeSeq?: number;
  readonly limit: number;
}

/** Sealed periods; nothing in it can be changed or taken out. */
export interface PeriodStore {
  /**
   * Adds a link; call it in the transaction that read the newest one.
   *
   * @param packed what {@link packDocument} made of the document
   * @throws {TramdoError} STORE_UNAVAILABLE when another seal took the place in the chain meanwhile
   */
  append(seal: SealRecord, packed: Uint8Array): Promise<void>;
  /** The last link; undefined when nothing was sealed yet. */
  newest(): Promise<SealRecord | undefined>;
  find(seq: number): Promise<SealRecord | undefined>;
  /** Newest first. */
  list(query: SealQuery): Promise<readonly SealRecord[]>;
  /**
   * The canonical document of a seal; undefined when there is no such seal.
   *
   * @throws {TramdoError} DATA_CORRUPT
   */
  document(seq: number): Promise<string | undefined>;
}

const RECORD_COLUMNS = [
  ...(['seq', 'period_id', 'set_id', 'sealed_at_ms', 'sealed_by', 'note'] as const),
  ...(['replaces_seq', 'reason', 'content_hash', 'previous_hash', 'hash'] as const),
] as const;

/** Packs a document for {@link PeriodStore.append}, away from the main thread and from any transaction. */
export async function packDocument(document: string): Promise<Uint8Array> {
  return promisify(zstdCompress)(document);
}

/** The queries of sealed periods. */
export function createPeriodStore(db: Kysely<Tables>): PeriodStore {
  const records = () => db.selectFrom('period_seals').select(RECORD_COLUMNS);
  return {
    async append(seal, packed) {
      const result = await db
        .insertInto('period_seals')
        .values({ ...toRow(seal), document: packed })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (result.numInsertedOrUpdatedRows === 1n) return;
      throw new TramdoError('STORE_UNAVAILABLE', `Cannot seal ${seal.periodId} as another seal was made just now`);
    },
    async newest() {
      const row = await records().orderBy('seq', 'desc').limit(1).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
    async find(seq) {
      const row = await records().where('seq', '=', seq).executeTakeFirst();
      return row === undefined ? undefined : fromRow(row);
    },
    async list({ periodId, setId, beforeSeq, limit }) {
      let query = records().orderBy('seq', 'desc').limit(limit);
      if (periodId !== undefined) query = query.where('period_id', '=', periodId);
      if (setId !== undefined) query = query.where('set_id', '=', setId);
      if (beforeSeq !== undefined) query = query.where('seq', '<', beforeSeq);
      return (await query.execute()).map(fromRow);
    },
    async document(seq) {
      const row = await db.selectFrom('period_seals').select('document').where('seq', '=', seq).executeTakeFirst();
      return row === undefined ? undefined : unpack(row.document, seq);
    },
  };
}

async function unpack(packed: Uint8Array, seq: number): Promise<string> {
  try {
    return (await promisify(zstdDecompress)(packed)).toString('utf8');
  } catch (error) {
    throw new TramdoError('DATA_CORRUPT', `Cannot read the document of seal ${seq}: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function toRow(seal: SealRecord): Omit<PeriodSealTable, 'document'> {
  return {
    seq: seal.seq,
    period_id: seal.periodId,
    set_id: seal.setId,
    sealed_at_ms: seal.sealedAtMs,
    sealed_by: JSON.stringify(seal.sealedBy),
    note: seal.note ?? null,
    replaces_seq: seal.replacesSeq ?? null,
    reason: seal.reason ?? null,
    content_hash: seal.contentHash,
    previous_hash: seal.previousHash,
    hash: seal.hash,
  };
}

function fromRow(row: Omit<Selectable<PeriodSealTable>, 'document'>): SealRecord {
  return sealRecord.parse({
    seq: row.seq,
    periodId: row.period_id,
    setId: row.set_id,
    sealedAtMs: row.sealed_at_ms,
    sealedBy: sealedBy.parse(JSON.parse(row.sealed_by)),
    note: row.note ?? undefined,
    replacesSeq: row.replaces_seq ?? undefined,
    reason: row.reason ?? undefined,
    contentHash: row.content_hash,
    previousHash: row.previous_hash,
    hash: row.hash,
  });
}
