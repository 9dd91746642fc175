import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { appendLine, readOwnFile, writeDurably } from '#agent/host/durable-file.ts';
import { agentState, readState } from '#agent/uplink/agent-state.ts';
import { readIdentity } from '#agent/uplink/identity.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { type AgentProcess, agentOn } from '../agent-process.ts';
import { storedMachine } from '../collector-database.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { readReportCounts } from '../metric-samples.ts';
import { STREAM_PROBE } from '../report-stream.ts';
import { type Answered, codeOf, enrolMachine, type SimulatedMachine } from '../simulated-machine.ts';
import { betweenReports } from './between-reports.ts';
import { databaseIntegrity } from './database-integrity.ts';
import { fillBetweenReports, mountSmallDisk, unmountSmallDisks } from './small-disk.ts';

const AGENCY = 'H47.07';
const SOON = { timeout: 45_000, interval: 500 };
const FULL = / no space left \(DISK_FULL\)\n$/;
const DONE = { status: 0, stderr: '' };

afterAll(async () => {
  unmountSmallDisks();
  await clearLeftovers();
});

describe('the files of the agent on a full disk', () => {
  it('keep their old text, and take a new one when there is space again', () => {
    const disk = mountSmallDisk(64);
    const path = join(disk.folder, 'state.json');
    writeDurably(path, 'old');
    disk.fill();
    expect(() => writeDurably(path, 'new')).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
    expect({ text: readOwnFile(path), names: readdirSync(disk.folder).toSorted() }).toEqual({
      text: 'old',
      names: ['filler', 'state.json'],
    });
    disk.free();
    writeDurably(path, 'new');
    expect(readOwnFile(path)).toBe('new');
  });

  it('hold no half lines', () => {
    const disk = mountSmallDisk(64);
    const path = join(disk.folder, 'attempts.jsonl');
    appendLine(path, 'one');
    disk.fill();
    const long = 'x'.repeat(10_000);
    expect(() => appendLine(path, long)).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
    disk.free();
    appendLine(path, 'two');
    expect(readOwnFile(path)).toBe('one\ntwo\n');
  });
});

interface Joined {
  readonly agent: AgentProcess;
  readonly machineId: string;
}

async function joinOn(collector: CollectorProcess, folder: string): Promise<Joined> {
  const agent = agentOn(join(folder, 'state'));
  const joined = await agent.command('join', await collector.joinString(AGENCY));
  if (joined.status !== 0) throw new Error(joined.stderr);
  return { agent, machineId: readIdentity(stateFolderAt(agent.stateFolder).identityFile)?.machineId ?? '' };
}

function lastSeqOf({ stateFolder }: AgentProcess): number {
  return readState(stateFolderAt(stateFolder).stateFile, agentState).lastSeq;
}

describe('an agent whose disk is full', () => {
  it('says so, keeps its state and what waits, and goes on when there is space again', async () => {
    const disk = mountSmallDisk(4_096);
    const settings = { dataFolder: join(freshFolder('collector'), 'data'), port: await freePort() };
    const before = await startCollector(settings);
    await addAgency(before, AGENCY);
    const { agent, machineId } = await joinOn(before, disk.folder);
    expect(await agent.command('report')).toMatchObject(DONE);
    await before.stop();
    expect(await agent.command('report')).toMatchObject({ status: 1, stdout: expect.stringContaining('waits') });
    disk.fill();
    const refused = await agent.command('report');
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringMatching(FULL) });
    expect(refused.stderr.split('\n').length).toBe(2);
    expect(lastSeqOf(agent)).toBe(2);
    expect(await agent.command('status')).toMatchObject({ stderr: '', stdout: expect.stringMatching(/wait.*1/i) });
    const collector = await startCollector(settings);
    expect((await agent.command('report')).stderr).toMatch(FULL);
    disk.free();
    expect(await agent.command('report')).toMatchObject({ ...DONE, stdout: 'Report 3 was acknowledged.\n' });
    expect(storedMachine(collector.dataFolder, machineId)).toMatchObject({ lastSeq: 3, reportCount: 3 });
    expect(await readReportCounts(collector)).toEqual({ accepted: 2 });
  });

  it('stays while it is resident, and reports again by itself', async () => {
    const disk = mountSmallDisk(4_096);
    const collector = await startCollector({
      environment: { TRAMDO_INTERVALS: '{attemptsMs: 1000, reportMs: 2000, inventoryMs: 60000}' },
    });
    await addAgency(collector, AGENCY);
    const { agent, machineId } = await joinOn(collector, disk.folder);
    const stored = () => storedMachine(collector.dataFolder, machineId);
    const resident = agent.run();
    await expect.poll(() => stored().reportCount, SOON).toBeGreaterThan(1);
    await fillBetweenReports(disk, agent.stateFolder);
    await resident.waitFor('"DISK_FULL"');
    disk.free();
    const { reportCount } = stored();
    await expect.poll(() => stored().reportCount, SOON).toBeGreaterThan(reportCount + 1);
    // A report under way that takes longer than a stop may is ended, and waits.
    await betweenReports(agent.stateFolder);
    resident.stop();
    expect(await resident.ended).toBe(0);
    expect(stored().lastSeq).toBe(lastSeqOf(agent));
    const { accepted, ...refused } = await readReportCounts(collector);
    expect({ accepted, refused }).toEqual({ accepted: stored().reportCount, refused: {} });
  });
});

/** Sends reports with bodies that differ and do not compress, until one is not taken. */
async function sendUntilRefused(
  machine: SimulatedMachine,
  firstSeq: number,
): Promise<{ seq: number; answer: Answered }> {
  for (let seq = firstSeq; seq < firstSeq + 200; seq += 1) {
    const text = Array.from({ length: 500 }, (_, index) => `${seq} ${index}`).join(' ');
    const answer = await machine.send(machine.report(seq, { [STREAM_PROBE]: { seq, text } }));
    if (answer.status !== 200) return { seq, answer };
  }
  throw new Error('the collector took everything, though its disk is full');
}

async function statusOf(collector: CollectorProcess, path: string): Promise<number> {
  return (await collector.get(path)).status;
}

describe('a collector whose disk is full', () => {
  it('refuses reports with 503 and a time to come back, damages nothing, and takes them when there is space', async () => {
    const disk = mountSmallDisk(8_192);
    const dataFolder = join(disk.folder, 'data');
    const collector = await startCollector({ dataFolder });
    await addAgency(collector, AGENCY);
    const machine = await enrolMachine(collector.url, await collector.joinString(AGENCY));
    expect((await machine.send(machine.report(1))).status).toBe(200);
    disk.fill();
    const { seq, answer } = await sendUntilRefused(machine, 2);
    expect({ status: answer.status, code: codeOf(answer) }).toEqual({ status: 503, code: 'DISK_FULL' });
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect({
      healthz: await statusOf(collector, '/healthz'),
      metrics: await statusOf(collector, '/metrics'),
      page: await statusOf(collector, '/'),
    }).toEqual({ healthz: 200, metrics: 200, page: 200 });
    expect(storedMachine(dataFolder, machine.machineId)).toMatchObject({ lastSeq: seq - 1, reportCount: seq - 1 });
    expect(databaseIntegrity(dataFolder)).toBe('ok');
    disk.free();
    expect((await machine.send(machine.report(seq, { [STREAM_PROBE]: { seq } }))).status).toBe(200);
    expect(await statusOf(collector, '/readyz')).toBe(200);
    expect(storedMachine(dataFolder, machine.machineId)).toMatchObject({ lastSeq: seq, reportCount: seq });
    expect(databaseIntegrity(dataFolder)).toBe('ok');
    expect(await collector.stop()).toBe(0);
  });

  it('has everything it acknowledged when it is killed while the disk is full', async () => {
    const disk = mountSmallDisk(8_192);
    const settings = { dataFolder: join(disk.folder, 'data'), port: await freePort() };
    const first = await startCollector(settings);
    await addAgency(first, AGENCY);
    const machine = await enrolMachine(first.url, await first.joinString(AGENCY));
    disk.fill();
    const { seq } = await sendUntilRefused(machine, 1);
    await first.kill();
    disk.free();
    const again = await startCollector(settings);
    expect(storedMachine(settings.dataFolder, machine.machineId)).toMatchObject({ lastSeq: seq - 1 });
    expect(databaseIntegrity(settings.dataFolder)).toBe('ok');
    expect((await machine.send(machine.report(seq))).status).toBe(200);
    expect(await again.stop()).toBe(0);
  });

  it('does not start and says why, and starts when there is space again', async () => {
    const disk = mountSmallDisk(8_192);
    const settings = { dataFolder: join(disk.folder, 'data') };
    disk.fill();
    await expect(startCollector(settings)).rejects.toThrow(
      /ended with status 1: Cannot write ".*tramdo\.sqlite" as the disk is full \(DISK_FULL\)$/,
    );
    disk.free();
    const collector = await startCollector(settings);
    expect(await statusOf(collector, '/readyz')).toBe(200);
    expect(await collector.stop()).toBe(0);
  });

  it('makes no half backup: it says why, leaves nothing behind, and goes on', async () => {
    const disk = mountSmallDisk(1_024);
    const collector = await startCollector();
    await addAgency(collector, AGENCY);
    disk.fill();
    const file = join(disk.folder, 'collector.backup');
    await expect(collector.command('backup', file)).rejects.toThrow(
      `Cannot write the backup "${file}" as its disk is full (DISK_FULL)`,
    );
    expect(readdirSync(disk.folder)).toEqual(['filler']);
    disk.free();
    expect(await collector.command('backup', file)).toContain(`Bản sao lưu "${file}" nguyên vẹn`);
    expect(await collector.stop()).toBe(0);
  });
});
