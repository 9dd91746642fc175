import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Fastify from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Upkeep } from '#collector/operations/upkeep.ts';
import { openStore } from '#collector/store/open-store.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const DAY_MS = 86_400_000;
/** 09:00 in Viet Nam. */
const NINE_MS = Date.parse('2026-07-30T02:00:00Z');

async function upkeepAt(backupFolder: string | undefined) {
  const data = temporaryFolder();
  const database = join(data, 'tramdo.sqlite');
  const store = await openStore(database);
  onTestFinished(() => store.close());
  const lines: string[] = [];
  const { log } = Fastify({ logger: { level: 'info', stream: { write: (line: string) => lines.push(line) } } });
  const clock = { nowMs: NINE_MS };
  const kept = { keepMachineEventDays: 1_100, keepMachineHistoryDays: 800, keepObservationHistoryDays: 400 };
  const backups = { backupHour: 2, backupKeepCount: 2, ...(backupFolder === undefined ? {} : { backupFolder }) };
  const settings = { data, database, ...kept, ...backups };
  const upkeep = new Upkeep({ settings, store, log, nowMs: () => clock.nowMs });
  const minute = async () => {
    upkeep.beginDue();
    await upkeep.settled();
  };
  return { upkeep, store, clock, lines, minute };
}

describe('Upkeep', () => {
  it('makes one backup a day, keeps the newest ones, and writes each down', async () => {
    const folder = join(temporaryFolder(), 'backups');
    const { store, clock, minute, upkeep } = await upkeepAt(folder);
    await minute();
    await minute();
    expect(readdirSync(folder)).toEqual(['tramdo-2026-07-30T090000.backup']);
    expect(await store.upkeep.lastBackups()).toEqual(new Map([['schedule', NINE_MS]]));
    const [line] = await store.audit.list({ limit: 1 });
    expect(line).toMatchObject({ action: 'backup.make', actor: { kind: 'command', name: 'schedule' } });
    writeFileSync(join(folder, 'tramdo-2026-07-30T090000.backup.1.draft'), 'cut short');
    for (const days of [1, 2]) {
      clock.nowMs = NINE_MS + days * DAY_MS;
      await minute();
    }
    expect(readdirSync(folder)).toEqual(['tramdo-2026-07-31T090000.backup', 'tramdo-2026-08-01T090000.backup']);
    await upkeep.stop();
  });

  it('says that a backup failed and tries again a quarter of an hour later', async () => {
    const blocked = join(temporaryFolder(), 'file');
    writeFileSync(blocked, '');
    const { clock, lines, minute } = await upkeepAt(join(blocked, 'backups'));
    const failures = () => lines.filter((line) => line.includes('"Scheduled backup failed"')).length;
    await minute();
    await minute();
    expect(failures()).toBe(1);
    expect(lines.join('')).toContain('Cannot use \\"backupFolder\\": current value is');
    clock.nowMs += 15 * 60_000;
    await minute();
    expect(failures()).toBe(2);
  });

  it('makes no backup where no folder is named', async () => {
    const { store, lines, minute } = await upkeepAt(undefined);
    await minute();
    expect({ backups: await store.upkeep.lastBackups(), lines }).toEqual({ backups: new Map(), lines: [] });
  });

  it('forgets nothing for a day after the clock leapt ahead, and says why once', async () => {
    const { store, clock, lines, minute } = await upkeepAt(undefined);
    const event = {
      agencyCode: 'H47.12',
      machineId: 'machine-1',
      atMs: NINE_MS,
      event: 'enrolled',
      detail: '',
    } as const;
    await store.machines.addEvent(event);
    await store.absences.beat(NINE_MS, 300_000);
    await minute();
    clock.nowMs += 2_000 * DAY_MS;
    await minute();
    await store.absences.beat(clock.nowMs, 300_000);
    await minute();
    expect(await store.machines.events(event)).toEqual([event]);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, reason: 'clock-leapt', fromMs: NINE_MS },
    ]);
    for (let count = 0; count < 288; count += 1) {
      clock.nowMs += 300_000;
      await store.absences.beat(clock.nowMs, 300_000);
    }
    await minute();
    expect(await store.machines.events(event)).toEqual([]);
  });

  it('ends a backup that is under way when the collector stops', async () => {
    const folder = join(temporaryFolder(), 'backups');
    const { upkeep, lines } = await upkeepAt(folder);
    upkeep.beginDue();
    await upkeep.stop();
    expect({ whole: readdirSync(folder).filter((name) => name.endsWith('.backup')), lines }).toEqual({
      whole: [],
      lines: [],
    });
  });
});
