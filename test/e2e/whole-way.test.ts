import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createRealHost } from '#agent/host/real-host.ts';
import { readFingerprintIds } from '#agent/probes/hardware/fingerprint.ts';
import { readAgentState } from '#agent/uplink/agent-state.ts';
import { Outbox, unsentReport } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { type AgentProcess, agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import { addAgency, type CollectorProcess, freePort, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';
import { type MetricSamples, readMetrics, readReportCounts } from './metric-samples.ts';

const AGENCY = 'Y00.01';
const SOON = { timeout: 120_000, interval: 250 } as const;
const INTERVALS = { attemptsMs: 1_000, reportMs: 2_000, inventoryMs: 86_400_000 };

afterAll(clearLeftovers);

/** A collector that asks for reports every two seconds and for two networks: one it is in itself, one nobody answers in. */
async function quickCollector(): Promise<CollectorProcess> {
  const [port, closedPort] = [await freePort(), await freePort()];
  const networks = [
    { id: 'office', name: 'Mạng nội bộ', kind: 'lan', targets: [`tcp://127.0.0.1:${port}`] },
    { id: 'closed', name: 'Mạng khác', kind: 'wan', targets: [`tcp://127.0.0.1:${closedPort}`] },
  ];
  const environment = { TRAMDO_INTERVALS: JSON.stringify(INTERVALS), TRAMDO_NETWORKS: JSON.stringify(networks) };
  const collector = await startCollector({ port, environment });
  await addAgency(collector, AGENCY);
  return collector;
}

async function join(agent: AgentProcess, collector: CollectorProcess): Promise<string> {
  const { status, stdout, stderr } = await agent.command('join', await collector.joinString(AGENCY));
  if (status !== 0) throw new Error(stderr);
  return /machine ([0-9a-f-]{36})/.exec(stdout)?.[1] ?? '';
}

function reportingCount(samples: MetricSamples): number {
  return [...samples]
    .filter(([series]) => series.startsWith(`tramdo_machines{agency="${AGENCY}"`) && series.includes('"reporting"'))
    .reduce((sum, [, value]) => sum + value, 0);
}

/** What `/metrics` says of the agency's way to the world. */
async function figures(collector: CollectorProcess) {
  const samples = await readMetrics(collector);
  const up = (network: string) => samples.get(`tramdo_network_up{agency="${AGENCY}",network="${network}"}`);
  const agencies = (network: string, result: string) =>
    samples.get(`tramdo_network_agencies{level="unit",network="${network}",result="${result}"}`);
  return {
    reporting: reportingCount(samples),
    up: { office: up('office'), closed: up('closed') },
    reached: agencies('office', 'reached'),
    notReached: agencies('closed', 'not_reached'),
  };
}

describe('a resident agent', () => {
  it('shows its machine and its networks within seconds, and tells the truth in its status', async () => {
    const collector = await quickCollector();
    const agent = agentOn();
    const machineId = await join(agent, collector);
    const resident = agent.run();
    await expect
      .poll(() => figures(collector), SOON)
      .toEqual({
        reporting: 1,
        up: { office: 1, closed: 0 },
        reached: 1,
        notReached: 1,
      });
    // The collector has a report before the agent has written down that it was told so.
    const { stateFile } = stateFolderAt(agent.stateFolder);
    await expect.poll(() => readAgentState(stateFile).lastAcknowledged?.seq, SOON).toBeGreaterThan(2);
    expect(storedMachine(collector.dataFolder, machineId).reportCount).toBeGreaterThan(2);
    const askedAtMs = Date.now();
    const { status, stdout } = await agent.command('status');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Joined: +agency ${AGENCY}, machine ${machineId}, since `, 'm'));
    expect(stdout).toMatch(new RegExp(`^Collector: +${collector.url.slice(0, -1)}, plain HTTP on loopback$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^Running: +yes, process ${resident.pid}$`, 'm'));
    expect(Number(/^Acknowledged last: report ([0-9]+) at /m.exec(stdout)?.[1])).toBeGreaterThan(2);
    const next = Date.parse(/^Next report: +(\S+ \S+)$/m.exec(stdout)?.[1] ?? '');
    // The next one from some instant on at which the command ran; the second it begins in is shown.
    expect(next).toBeGreaterThan(askedAtMs - 1_000);
    expect(next).toBeLessThanOrEqual(Date.now() + INTERVALS.reportMs);

    const second = await agent.command('run');
    expect(second).toMatchObject({
      status: 1,
      stderr: `The agent runs already as process ${resident.pid} on this state folder (STATE_LOCKED)\n`,
    });
    resident.stop();
    expect(await resident.ended).toBe(0);
    const stored = storedMachine(collector.dataFolder, machineId);
    expect(stored.reportCount).toBe(stored.lastSeq);
    expect(await readReportCounts(collector)).toEqual({ accepted: expect.any(Number) });
    expect((await agent.command('status')).stdout).toMatch(/^Running: +no\. /m);
    await collector.kill();
  });

  it('ends within seconds when it is told to while a report waits for an answer, and loses nothing', async () => {
    const collector = await quickCollector();
    const agent = agentOn();
    const machineId = await join(agent, collector);
    const folder = stateFolderAt(agent.stateFolder);
    const outbox = new Outbox(folder.outboxFolder);
    // A stopped process accepts connections and never answers.
    collector.process.stop('SIGSTOP');
    const resident = agent.run();
    await expect.poll(() => outbox.list(), SOON).toEqual([1]);
    expect(existsSync(folder.lockFile)).toBe(true);
    const toldMs = performance.now();
    resident.stop();
    expect(await resident.ended).toBe(0);
    expect(performance.now() - toldMs).toBeLessThan(8_000);
    expect(existsSync(folder.residentFile)).toBe(false);
    collector.process.stop('SIGCONT');
    await takesReportsAgain(collector);
    expect(await agent.command('report')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Report 2 was acknowledged.\n',
    });
    expect(outbox.list()).toEqual([]);
    expect(storedMachine(collector.dataFolder, machineId)).toMatchObject({ lastSeq: 2, reportCount: 2 });
    await collector.kill();
  });
});

/** A collector that stood still says that it is behind, until it has measured its own delay twice: once a second. */
async function takesReportsAgain(collector: CollectorProcess): Promise<void> {
  await wait(2_500);
  const post = () => fetch(new URL('agent/v1/reports', collector.url), { method: 'POST' });
  await expect.poll(async () => (await post()).status, SOON).not.toBe(503);
}

describe('an agent that leaves and joins again', () => {
  it('is the same machine where the hardware has an id, and keeps its history', async () => {
    const collector = await quickCollector();
    const agent = agentOn();
    const first = await join(agent, collector);
    await agent.command('report');
    const twice = await agent.command('join', await collector.joinString(AGENCY));
    expect(twice.status).toBe(2);
    expect(twice.stderr).toContain('run "tramdo-agent leave" first');
    expect(await agent.command('leave')).toMatchObject({ status: 0 });
    expect((await agent.command('report')).stderr).toContain('(NOT_JOINED)');
    const second = await join(agent, collector);
    // Hardware without an id (some virtual machines) cannot be known again, and is then another machine.
    const hasHardwareId = (await readFingerprintIds(createRealHost())).length > 0;
    expect(second === first).toBe(hasHardwareId);
    expect(await agent.command('report')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Report 1 was acknowledged.\n',
    });
    expect(storedMachine(collector.dataFolder, second)).toMatchObject({
      lastSeq: 1,
      reportCount: hasHardwareId ? 2 : 1,
    });
    await collector.kill();
  });
});

describe('report --dry-run', () => {
  it('prints before joining what would leave the machine, and keeps nothing', async () => {
    const agent = agentOn();
    const { status, stdout } = await agent.command('report', '--dry-run');
    const shown = unsentReport.parse(JSON.parse(stdout));
    expect(status).toBe(0);
    expect(Object.keys(shown.observations)).toContain('hardware');
    expect(existsSync(agent.stateFolder)).toBe(false);
  });

  it('prints every body and sends nothing', async () => {
    const connections: string[] = [];
    const collector = await quickCollector();
    const agent = agentOn();
    await join(agent, collector);
    await agent.command('report');
    await collector.stop();
    // Whoever answers at the collector's address now hears of everything that is sent there.
    const ear = createServer((socket) => connections.push(socket.remoteAddress ?? ''));
    await new Promise<void>((resolve) => {
      ear.listen(Number(new URL(collector.url).port), '127.0.0.1', resolve);
    });
    const { status, stdout } = await agent.command('report', '--dry-run');
    const shown = unsentReport.parse(JSON.parse(stdout));
    expect(status).toBe(0);
    expect(shown.seq).toBe(2);
    expect(Object.values(shown.observations).every(({ value, failure }) => (value ?? failure) !== undefined)).toBe(
      true,
    );
    expect(connections).toEqual([]);
    expect(new Outbox(stateFolderAt(agent.stateFolder).outboxFolder).list()).toEqual([]);
    ear.close();
  });
});
