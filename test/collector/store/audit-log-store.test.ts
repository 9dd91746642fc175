import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { openStore } from '#collector/store/open-store.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const ENTRY = { actor: COMMAND_LINE, action: 'agency.add', target: 'H47.12', detail: {} } as const;

/** A log of five lines, and the database behind its back. */
async function log() {
  const file = join(temporaryFolder(), 'tramdo.sqlite');
  const store = await openStore(file);
  for (let atMs = 1; atMs <= 5; atMs += 1) await store.audit.append({ ...ENTRY, atMs });
  const database = new Sqlite(file);
  onTestFinished(async () => {
    database.close();
    await store.close();
  });
  return { file, store, database };
}

describe('audit log', () => {
  it.each([
    "update audit_log set target = 'x' where seq = 3",
    'delete from audit_log',
    'delete from audit_log where seq = 5',
  ])('is not changed by: %s', async (statement) => {
    const { store, database } = await log();
    expect(() => database.exec(statement)).toThrow('Rows of audit_log can only be added');
    expect(await store.audit.firstBroken()).toBeUndefined();
    expect(await store.audit.list({ limit: 10 })).toHaveLength(5);
  });

  it.each([
    ["update audit_log set target = 'x' where seq = 3", 3],
    ["update audit_log set actor_name = 'x' where seq = 1", 1],
    ['update audit_log set at_ms = 9 where seq = 5', 5],
    ["update audit_log set agency_code = 'H47' where seq = 2", 2],
    ['delete from audit_log where seq = 2', 2],
    ['delete from audit_log where seq = 1', 1],
  ])('names the line that does not fit when the triggers were taken away: %s', async (statement, seq) => {
    const { store, database } = await log();
    database.exec('drop trigger audit_log_refuse_update');
    database.exec('drop trigger audit_log_refuse_delete');
    database.exec(statement);
    expect(await store.audit.firstBroken()).toBe(seq);
  });

  it('cannot be forked: two programs go on from the newest line, and none follows twice', async () => {
    const { file, store, database } = await log();
    const other = await openStore(file);
    onTestFinished(() => other.close());
    for (let atMs = 1; atMs <= 5; atMs += 1) {
      await other.audit.append({ ...ENTRY, atMs });
      await store.audit.append({ ...ENTRY, atMs });
    }
    expect([await store.audit.firstBroken(), (await other.audit.list({ limit: 1 }))[0]?.seq]).toEqual([undefined, 15]);
    const copy =
      'insert into audit_log select seq + 100, at_ms, actor_kind, actor_id, actor_name, action, target, agency_code, detail, previous_hash, hash from audit_log where seq = 7';
    expect(() => database.exec(copy)).toThrow('UNIQUE constraint failed: audit_log.previous_hash');
  });
});
