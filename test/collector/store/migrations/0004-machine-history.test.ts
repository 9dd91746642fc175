import { join } from 'node:path';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MIGRATIONS } from '#collector/store/migrations/index.ts';
import { openStore } from '#collector/store/open-store.ts';
import { openSqlite } from '#collector/store/sqlite-engine.ts';
import { MONDAY_MS, temporaryFolder } from '../../ingest/reporting-machine.ts';

const STATE = {
  agency_code: 'H47.12',
  machine_id: 'm1',
  is_retired: 0,
  kind: 'desktop',
  verdict_key: 'firewall-on=pass',
  antivirus_key: '',
  agent_key: '',
  last_seen_at_ms: MONDAY_MS,
  last_seq: 3,
  report_count: 3,
  clock_offset_ms: 0,
  judged_with: 'v1',
  holds_until_ms: 0,
  freshness: '{}',
};

describe('migration 0004', () => {
  it('begins the history of the machines that are there', async () => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    const db = new Kysely<{ machine_states: typeof STATE }>({ dialect: openSqlite(file) });
    const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
    expect((await migrator.migrateTo('0003-register')).error).toBeUndefined();
    await db.insertInto('machine_states').values(STATE).execute();
    await db.destroy();
    const store = await openStore(file);
    onTestFinished(() => store.close());
    const bounds = { reportingSinceMs: MONDAY_MS - 86_400_000, silentSinceMs: 0, internetSinceDay: 0 };
    expect(await store.history.groupsAt('2026-03-02', bounds)).toEqual([
      {
        agencyCode: 'H47.12',
        kind: 'desktop',
        state: 'reporting',
        verdicts: { 'firewall-on': 'pass' },
        antivirus: [],
        isOnInternet: undefined,
        machineCount: 1,
        machineIds: ['m1'],
      },
    ]);
    const [standing] = (await store.reports.standings([{ agencyCode: 'H47.12', machineId: 'm1' }])).values();
    expect(standing).toMatchObject({ lastSeq: 3, fingerprint: '', isContested: false });
  });
});
