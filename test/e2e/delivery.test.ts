import { copyFileSync, mkdirSync, rmSync, watch } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readIdentity } from '#agent/uplink/identity.ts';
import { Outbox } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { type RunningProcess, startProcess } from '../child-process.ts';
import { type AgentProcess, agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import {
  addAgency,
  COLLECTOR_MAIN,
  type CollectorProcess,
  freePort,
  freshFolder,
  startCollector,
} from './collector-process.ts';
import { clearLeftovers, endAfterwards } from './leftovers.ts';
import { readReportCounts } from './metric-samples.ts';
import { STREAM_PROBE, streamOf } from './report-stream.ts';
import { enrolMachine } from './simulated-machine.ts';

const AGENCY = 'Y00.01';
const KILLS = 20;
const STREAMS = 10;

/** A collector and an agent that has joined it; the collector can be started again as the same one. */
async function joinedPair() {
  const settings = { dataFolder: join(freshFolder('collector'), 'data'), port: await freePort() };
  const collector = await startCollector(settings);
  await addAgency(collector, AGENCY);
  const agent = agentOn();
  const joined = await agent.command('join', await collector.joinString(AGENCY));
  if (joined.status !== 0) throw new Error(joined.stderr);
  return { settings, collector, agent, machineId: machineIdOf(agent), restart: () => startCollector(settings) };
}

function machineIdOf(agent: AgentProcess): string {
  return readIdentity(stateFolderAt(agent.stateFolder).identityFile)?.machineId ?? '';
}

function outboxOf(agent: AgentProcess): Outbox {
  return new Outbox(stateFolderAt(agent.stateFolder).outboxFolder);
}

function countTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** Numbers of the reports that wait, by themselves or merged into a later one, in the order of the files. */
function coveredBy(outbox: Outbox): number[] {
  return outbox.list().flatMap((seq) => {
    const from = outbox.read(seq)?.report.coversFromSeq ?? seq;
    return Array.from({ length: seq - from + 1 }, (_, index) => from + index);
  });
}

/** Kills a process at its n-th change of a file in a folder; one that makes fewer ends by itself or is killed later. */
async function killAtChange(running: RunningProcess, folder: string, changeCount: number): Promise<void> {
  let seen = 0;
  const watcher = watch(folder, { recursive: true }, () => {
    seen += 1;
    if (seen >= changeCount) running.stop('SIGKILL');
  });
  await running.ended;
  watcher.close();
}

afterAll(clearLeftovers);

describe('a collector that is killed under a stream of reports', () => {
  it(`has every acknowledged report after each of ${KILLS} kills, and none twice`, async () => {
    const settings = { dataFolder: join(freshFolder('collector'), 'data'), port: await freePort() };
    let collector: CollectorProcess = await startCollector(settings);
    await addAgency(collector, AGENCY);
    const joinString = await collector.joinString(AGENCY);
    const { url } = collector;
    const machines = await Promise.all(countTo(STREAMS).map(() => enrolMachine(url, joinString)));
    const streams = machines.map(streamOf);
    for (const round of countTo(KILLS)) {
      const stopping = new AbortController();
      const sending = streams.map((stream) => stream.sendUntil(stopping.signal));
      await delay((round * 1_000) / KILLS);
      const killed = collector.kill();
      stopping.abort();
      await Promise.all([killed, ...sending]);
      collector = await startCollector(settings);
      for (const { machineId, acknowledged } of streams) {
        const { lastSeq, reportCount, historyOf } = storedMachine(settings.dataFolder, machineId);
        // At most the one report that was under way is stored without its acknowledgement having come back.
        expect([acknowledged.length, acknowledged.length + 1]).toContain(lastSeq);
        expect({ reportCount, stored: historyOf(STREAM_PROBE) }).toEqual({
          reportCount: lastSeq,
          stored: countTo(lastSeq),
        });
      }
      await Promise.all(streams.map((stream) => stream.sendOne()));
    }
    const stored = streams.map(({ machineId }) => storedMachine(settings.dataFolder, machineId));
    expect(stored.map(({ historyOf }) => historyOf(STREAM_PROBE))).toEqual(
      streams.map(({ acknowledged }) => acknowledged),
    );
    const acknowledgedCount = streams.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
    console.log(`${KILLS} kills, ${STREAMS} machines: ${acknowledgedCount} acknowledged, all there, none twice`);
    await collector.kill();
  });
});

describe('a collector that is killed in its first start', () => {
  it('starts the next time, whatever was half written', async () => {
    const dataFolder = join(freshFolder('collector'), 'data');
    mkdirSync(dataFolder);
    for (const changeCount of countTo(12)) {
      const environment = { TRAMDO_DATA: dataFolder };
      const migrating = endAfterwards(startProcess([COLLECTOR_MAIN, 'migrate'], { environment }));
      await killAtChange(migrating, dataFolder, changeCount);
    }
    const collector = await startCollector({ dataFolder });
    expect((await collector.get('/readyz')).status).toBe(200);
    expect(await addAgency(collector, AGENCY)).toContain(AGENCY);
    await collector.kill();
  });
});

describe('an agent that is killed while it writes', () => {
  it('keeps an outbox of whole reports, gives no number twice and delivers each once', async () => {
    const { collector, agent, machineId, restart } = await joinedPair();
    await collector.stop();
    let [newest, killCount] = [0, 0];
    // Changes that follow each other fast are seen as one: how many come before a report is queued differs.
    while (killCount < 24 || (newest < 4 && killCount < 100)) {
      killCount += 1;
      await killAtChange(agent.start('report'), agent.stateFolder, killCount * 2);
      const covered = coveredBy(outboxOf(agent));
      // What was queued stays, by itself or in the report it was merged into, and what comes gets the next number.
      expect([...new Set(covered)]).toEqual(countTo(covered.at(-1) ?? 0));
      expect([newest, newest + 1]).toContain(covered.at(-1) ?? 0);
      newest = covered.at(-1) ?? 0;
    }
    expect(newest).toBeGreaterThan(3);

    const again = await restart();
    const sent = await agent.command('report');
    const last = newest + 1;
    expect(sent).toMatchObject({ status: 0, stderr: '', stdout: `Report ${last} was acknowledged.\n` });
    expect(outboxOf(agent).list()).toEqual([]);
    const { lastSeq, reportCount } = storedMachine(again.dataFolder, machineId);
    expect(lastSeq).toBe(last);
    expect(await readReportCounts(again)).toEqual({ accepted: reportCount });
    console.log(
      `${killCount} kills of the agent: ${newest} reports queued, all whole, all delivered once in ${reportCount}`,
    );
    await again.kill();
  });
});

describe('a collector that is away', () => {
  it('gets every report of that time once it is back, in order and once', async () => {
    const { collector, agent, machineId, restart } = await joinedPair();
    await collector.stop();
    for (const seq of countTo(6)) {
      const waits = await agent.command('report');
      const why = `Report ${seq} waits in the outbox: Cannot reach the collector at `;
      expect(waits).toEqual({ status: 1, stdout: expect.stringContaining(why), stderr: '' });
    }
    expect(coveredBy(outboxOf(agent))).toEqual(countTo(6));
    const waiting = outboxOf(agent).list().length;
    const status = await agent.command('status');
    expect(status.stdout).toMatch(new RegExp(`^Waiting: +${waiting} reports, [0-9.]+ KB$`, 'm'));
    expect(status.stdout).toMatch(/^Last failure: .* COLLECTOR_UNREACHABLE: .*ECONNREFUSED$/m);

    const again = await restart();
    expect(await agent.command('report')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Report 7 was acknowledged.\n',
    });
    const stored = storedMachine(again.dataFolder, machineId);
    expect(stored.lastSeq).toBe(7);
    // A report that arrived out of order would have counted as a duplicate.
    expect(await readReportCounts(again)).toEqual({ accepted: stored.reportCount });
    const selfReports = stored.historyOf('self');
    expect(selfReports).toEqual(selfReports.toSorted((a, b) => a - b));
    expect((await agent.command('status')).status).toBe(0);
    await again.kill();
  });
});

describe('a collector that asks to wait', () => {
  it('is not asked again before that time, not even by a person', async () => {
    const { settings, collector, agent } = await joinedPair();
    await collector.stop();
    let requestCount = 0;
    const busy = createServer((_request, response) => {
      requestCount += 1;
      response.writeHead(503, { 'retry-after': '120', 'content-type': 'application/problem+json' });
      response.end(JSON.stringify({ code: 'COLLECTOR_BUSY', detail: 'Cannot take the report now' }));
    });
    await new Promise<void>((resolve) => {
      busy.listen(settings.port, '127.0.0.1', resolve);
    });
    for (const seq of countTo(2)) {
      const why = `Report ${seq} waits in the outbox: The collector answered 503 COLLECTOR_BUSY to report 1: `;
      expect(await agent.command('report')).toMatchObject({ status: 1, stdout: expect.stringContaining(why) });
    }
    expect(requestCount).toBe(1);
    expect((await agent.command('status')).stdout).toMatch(/^Nothing is sent before 20/m);
    busy.close();
  });
});

describe('a retired machine', () => {
  it('is refused, keeps its outbox and says why', async () => {
    const { collector, agent, machineId } = await joinedPair();
    await agent.command('report');
    await collector.command('machine', 'retire', machineId);
    const refused = await agent.command('report');
    expect(refused.status).toBe(1);
    expect(refused.stdout).toMatch(/^Report 2 waits in the outbox: The collector answered 401 MACHINE_RETIRED /);
    const status = await agent.command('status');
    expect(status.status).toBe(1);
    expect(status.stdout).toMatch(/^Waiting: +1 reports, /m);
    expect(status.stdout).toMatch(/^Last failure: .* MACHINE_RETIRED: /m);
    expect(outboxOf(agent).list()).toEqual([2]);
    expect(storedMachine(collector.dataFolder, machineId).lastSeq).toBe(1);
    expect(await readReportCounts(collector)).toEqual({ accepted: 1, MACHINE_RETIRED: 1 });
    await collector.kill();
  });
});

describe('a database that was restored from before', () => {
  it('has every observation again after the next report', async () => {
    const { settings, collector, agent, machineId, restart } = await joinedPair();
    const file = join(settings.dataFolder, 'tramdo.sqlite');
    const backup = join(freshFolder('backup'), 'tramdo.sqlite');
    await collector.stop();
    copyFileSync(file, backup);

    const later = await restart();
    await agent.command('report');
    const before = storedMachine(settings.dataFolder, machineId);
    await later.stop();
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
    copyFileSync(backup, file);

    const restored = await restart();
    expect(storedMachine(settings.dataFolder, machineId)).toMatchObject({ lastSeq: 0, values: new Map() });
    // Report 2 carries hashes; the answer names what is missing, and report 3 brings it at once.
    expect(await agent.command('report')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Report 3 was acknowledged.\n',
    });
    const after = storedMachine(settings.dataFolder, machineId);
    expect([...after.values.keys()]).toEqual([...before.values.keys()]);
    expect(after.values.get('hardware')).toEqual(before.values.get('hardware'));
    expect(await readReportCounts(restored)).toEqual({ accepted: 2 });
    await restored.kill();
  });
});
