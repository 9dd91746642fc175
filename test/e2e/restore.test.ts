import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readIdentity } from '#agent/uplink/identity.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { KEPT_NAMES, LEFT_OUT } from '#collector/store/backup/kept-files.ts';
import { runProgram } from '../child-process.ts';
import { agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import {
  addAgency,
  COLLECTOR_MAIN,
  type CollectorProcess,
  freePort,
  freshFolder,
  startCollector,
} from './collector-process.ts';
import { joinedPair, PAIR_AGENCY } from './joined-pair.ts';
import { clearLeftovers } from './leftovers.ts';
import { type MetricSamples, readMetrics, readReportCounts } from './metric-samples.ts';
import { type ReportStream, STREAM_PROBE, streamOf } from './report-stream.ts';
import { codeOf, enrolMachine } from './simulated-machine.ts';

const STREAMS = 4;

/** What a simulated machine is seen as, so that there is something to count. */
const SEEN = {
  hardware: { kind: 'desktop' },
  firewall: { isOn: true, products: [{ id: 'ufw', isOn: true, inboundDefault: 'deny' }] },
};

/** Families that say what was measured and declared, and not how the collector itself is doing. */
const FIGURES = /^tramdo_(?:agency|antivirus|indicator|machines|network|officials|registered|rule)_?/;

afterAll(clearLeftovers);

function figuresOf(samples: MetricSamples): readonly string[] {
  return [...samples].flatMap(([series, value]) => (FIGURES.test(series) ? [`${series} ${value}`] : [])).toSorted();
}

function countTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

/** Runs `restore` into a folder that is not there yet. */
function restore(file: string, dataFolder: string) {
  return runProgram([COLLECTOR_MAIN, 'restore', file], { environment: { TRAMDO_DATA: dataFolder } });
}

async function simulatedMachines(collector: CollectorProcess) {
  const joinString = await collector.joinString(PAIR_AGENCY);
  const machines = await Promise.all(countTo(STREAMS).map(() => enrolMachine(collector.url, joinString)));
  return { joinString, machines };
}

/** Numbers of reports that a machine was acknowledged before a backup was begun, and when it had ended. */
interface Acknowledged {
  readonly beforeCount: number;
  readonly afterCount: number;
}

/** Backs a collector up while streams of reports come in. */
async function backUpUnderLoad(
  collector: CollectorProcess,
  streams: readonly ReportStream[],
  file: string,
): Promise<readonly Acknowledged[]> {
  const stopping = new AbortController();
  const sending = streams.map((stream) => stream.sendUntil(stopping.signal));
  await delay(300);
  const beforeCounts = streams.map(({ acknowledged }) => acknowledged.length);
  expect(await collector.command('backup', file)).toContain(`Bản sao lưu "${file}" nguyên vẹn`);
  const counts = streams.map(({ acknowledged }, index) => ({
    beforeCount: beforeCounts[index] ?? 0,
    afterCount: acknowledged.length,
  }));
  stopping.abort();
  await Promise.all(sending);
  const during = counts.reduce((sum, { beforeCount, afterCount }) => sum + afterCount - beforeCount, 0);
  console.log(`${during} reports were acknowledged while the backup was made`);
  return counts;
}

/** One state of the database: nothing that was acknowledged before is missing, and nothing is there by half. */
function expectOneState(dataFolder: string, machineId: string, acknowledged: Acknowledged | undefined): void {
  const { lastSeq, reportCount, historyOf } = storedMachine(dataFolder, machineId);
  expect(lastSeq).toBeGreaterThanOrEqual(acknowledged?.beforeCount ?? Number.NaN);
  expect(lastSeq).toBeLessThanOrEqual((acknowledged?.afterCount ?? Number.NaN) + 1);
  expect({ reportCount, stored: historyOf(STREAM_PROBE) }).toEqual({ reportCount: lastSeq, stored: countTo(lastSeq) });
}

describe('a collector that is lost', () => {
  it('comes back from a backup made under load with the same figures, and agents go on', async () => {
    const port = await freePort();
    const original = await startCollector({ port });
    await addAgency(original, PAIR_AGENCY);
    const { joinString, machines } = await simulatedMachines(original);
    const watcher = await enrolMachine(original.url, joinString);
    await watcher.send(watcher.report(1, SEEN));
    const agent = agentOn();
    expect((await agent.command('join', joinString)).status).toBe(0);
    const machineId = readIdentity(stateFolderAt(agent.stateFolder).identityFile)?.machineId ?? '';
    const before = figuresOf(await readMetrics(original));
    expect(before).toContain(`tramdo_rule_machines{agency="${PAIR_AGENCY}",rule="firewall-on",verdict="pass"} 1`);

    const streams = machines.map(streamOf);
    const backup = join(freshFolder('backup'), 'collector.backup');
    const acknowledged = await backUpUnderLoad(original, streams, backup);
    expect((statSync(backup).mode & 0o777).toString(8)).toBe('600');
    const late = await enrolMachine(original.url, joinString);
    expect((await agent.command('report')).stdout).toBe('Report 1 was acknowledged.\n');
    const lost = storedMachine(original.dataFolder, machineId);

    const dataFolder = join(freshFolder('restored'), 'data');
    expect(await restore(backup, dataFolder)).toMatchObject({ status: 0, stderr: '' });
    const beside = await startCollector({ dataFolder });
    expect(figuresOf(await readMetrics(beside))).toEqual(before);
    for (const [index, { machineId: id }] of streams.entries()) expectOneState(dataFolder, id, acknowledged[index]);
    await Promise.all([beside.stop(), original.kill()]);

    // The computer that takes over has the address that agents know.
    const restored = await startCollector({ dataFolder, port });
    await Promise.all(streams.map((stream) => stream.sendOne()));
    expect(codeOf(await late.send(late.report(1)))).toBe('MACHINE_UNKNOWN');
    // Report 2 carries hashes; the answer names what the backup did not have, and report 3 brings it at once.
    expect((await agent.command('report')).stdout).toBe('Report 3 was acknowledged.\n');
    const found = storedMachine(dataFolder, machineId);
    expect([...found.values.keys()]).toEqual([...lost.values.keys()]);
    expect(found.values.get('hardware')).toEqual(lost.values.get('hardware'));
    expect(await readReportCounts(restored)).toEqual({ accepted: STREAMS + 2, MACHINE_UNKNOWN: 1 });
    expect(await restored.command('store', 'check')).toMatch(
      /: nguyên vẹn\nNhật ký kiểm toán: nguyên vẹn\nBản chốt: nguyên vẹn 0\n/,
    );
    await restored.kill();
  });

  it('is known by its pin again, and refuses a second one beside it', async () => {
    const { collector, agent } = await joinedPair({ isOverTls: true });
    const backup = join(freshFolder('backup'), 'collector.backup');
    await collector.command('backup', backup);
    // A new file of the data folder belongs into one of the lists of store/backup/kept-files.ts.
    const known: readonly string[] = [...KEPT_NAMES, ...Object.keys(LEFT_OUT)];
    const others = readdirSync(collector.dataFolder).filter((name) => !known.includes(name));
    expect(others.filter((name) => !name.startsWith('tramdo.sqlite'))).toEqual([]);
    const dataFolder = join(freshFolder('restored'), 'data');
    await restore(backup, dataFolder);
    const { port } = new URL(collector.url);
    await collector.kill();
    const environment = { TRAMDO_LISTEN: `0.0.0.0:${port}`, TRAMDO_ADDRESS: `127.0.0.1:${port}` };
    const restored = await startCollector({ dataFolder, port: Number(port), environment });
    expect(await agent.command('report')).toMatchObject({ status: 0, stdout: 'Report 1 was acknowledged.\n' });
    const second = await runProgram([COLLECTOR_MAIN, 'serve'], {
      environment: { TRAMDO_DATA: dataFolder, TRAMDO_LISTEN: `127.0.0.1:${await freePort()}` },
    });
    expect(second).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`the collector with the process id ${restored.process.pid} serves from`),
    });
    expect(await restore(backup, dataFolder)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('DATA_EXISTS'),
    });
    await restored.kill();
  });
});
