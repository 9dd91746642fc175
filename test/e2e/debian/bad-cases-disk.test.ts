import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Outbox } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { parseJson } from '#shared/parse-json.ts';
import { agentOn } from '../agent-process.ts';
import { storedMachine } from '../collector-database.ts';
import { freePort } from '../collector-process.ts';
import { joinedPair, PAIR_AGENCY } from '../joined-pair.ts';
import { clearLeftovers } from '../leftovers.ts';
import { readReportCounts } from '../metric-samples.ts';
import { betweenReports } from './between-reports.ts';
import { fillBetweenReports, mountSmallDisk, unmountSmallDisks } from './small-disk.ts';

const SOON = { timeout: 45_000, interval: 250 } as const;

afterAll(async () => {
  unmountSmallDisks();
  await clearLeftovers();
});

/** Files of a state folder that are no whole JSON. */
function damagedFiles(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.filter(
    (name) => /\.json(?:\.damaged)?$/.test(name) && parseJson(readFileSync(join(folder, name), 'utf8')) === undefined,
  );
}

describe('a resident agent whose disk fills up', () => {
  it('says so by log, status and doctor, loses nothing acknowledged, and goes on by itself', async () => {
    const disk = mountSmallDisk(4_096);
    const networks = [{ id: 'office', name: 'LAN', kind: 'lan', targets: [`tcp://127.0.0.1:${await freePort()}`] }];
    const intervals = { attemptsMs: 1_000, reportMs: 1_000, inventoryMs: 86_400_000 };
    const environment = { TRAMDO_INTERVALS: JSON.stringify(intervals), TRAMDO_NETWORKS: JSON.stringify(networks) };
    const { collector } = await joinedPair({ environment });
    const agent = agentOn(join(disk.folder, 'state'));
    const joined = await agent.command('join', await collector.joinString(PAIR_AGENCY));
    const machineId = /machine ([0-9a-f-]{36})/.exec(joined.stdout)?.[1] ?? '';
    const stored = () => storedMachine(collector.dataFolder, machineId);
    const resident = agent.run();
    await expect.poll(() => stored().reportCount, SOON).toBeGreaterThan(2);
    await fillBetweenReports(disk, agent.stateFolder);
    await resident.waitFor('"DISK_FULL"');
    const during = stored();
    const status = await agent.command('status', '--lang', 'en');
    const doctor = await agent.command('doctor', '--lang', 'en');
    const full = /^(?:✗ WRONG +)?State folder: +only 0 B are free on the disk of ".*"\. To do: free some space: /m;
    expect(status.stdout).toMatch(full);
    expect(doctor.stdout).toMatch(full);
    expect(damagedFiles(agent.stateFolder)).toEqual([]);
    disk.free();
    await expect.poll(() => stored().reportCount, SOON).toBeGreaterThan(during.reportCount + 2);
    // A report under way that takes longer than a stop may is ended, and waits.
    await betweenReports(agent.stateFolder);
    resident.stop();
    expect(await resident.ended).toBe(0);
    const after = stored();
    expect(after.lastSeq).toBe(after.reportCount);
    expect(new Outbox(stateFolderAt(agent.stateFolder).outboxFolder).list()).toEqual([]);
    expect(damagedFiles(agent.stateFolder)).toEqual([]);
    expect(Object.keys(await readReportCounts(collector))).toEqual(['accepted']);
    expect((await agent.command('doctor', '--lang', 'en')).stdout).toMatch(/^✓ OK +State files: /m);
    expect(readdirSync(agent.stateFolder)).not.toContain('doctor.draft');
  });
});
