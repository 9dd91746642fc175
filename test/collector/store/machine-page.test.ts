import { join } from 'node:path';
import { type CompiledQuery, Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findMachinePage } from '#collector/store/machine-page.ts';
import { openStore } from '#collector/store/open-store.ts';
import { openSqlite } from '#collector/store/sqlite-engine.ts';
import type { Tables } from '#collector/store/tables.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

describe('findMachinePage()', () => {
  it.each([undefined, true, false])('reads the conflicts once, not once a machine (hasConflict %s)', async (asked) => {
    const file = join(temporaryFolder(), 'tramdo.sqlite');
    await (await openStore(file)).close();
    const queries: CompiledQuery[] = [];
    const log = ({ query }: { readonly query: CompiledQuery }) => {
      queries.push(query);
    };
    const db = new Kysely<Tables>({ dialect: openSqlite(file), log });
    onTestFinished(() => db.destroy());
    const bounds = { reportingSinceMs: 0, silentSinceMs: 0, internetSinceDay: 0 };
    await findMachinePage(db, { limit: 10, hasConflict: asked }, bounds);
    const [query] = queries;
    const plan = await db.executeQuery<{ detail: string }>({
      ...(query ?? expect.fail('nothing was asked')),
      sql: `explain query plan ${query?.sql}`,
    });
    const steps = plan.rows.map(({ detail }) => detail);
    expect(steps.filter((step) => step.startsWith('CORRELATED'))).toEqual([]);
  });
});
