import { setTimeout as wait } from 'node:timers/promises';
import { REPORT_NODE_FLAGS } from '#agent/service/service-program.ts';
import { runProgram, startProcess } from '../child-process.ts';
import { AGENT_BUNDLE, type AgentProcess, agentOn } from '../e2e/agent-process.ts';
import { addAgency, freePort, startCollector } from '../e2e/collector-process.ts';
import { startCountingProxy } from './counting-proxy.ts';
import {
  cpuSeconds,
  type Environment,
  isInstalled,
  residentKilobytes,
  startedProgramCount,
} from './measure-process.ts';
import { RESIDENT_OPTIONS } from './resident-options.ts';
import { type BenchRow, median } from './row.ts';

const RUNS = 5;
const REPORTS_A_DAY = 96;
const KILOBYTE = 1_024;

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Memory, CPU, processes and bytes of the agent, against an empty Node and Debian's inventory agents. */
export async function agentBench(): Promise<readonly BenchRow[]> {
  return [await idleMemory(), ...(await quietReport()), ...(await fullInventory()), await quietDayOverTls()];
}

async function idleMemory(): Promise<BenchRow> {
  const port = await freePort();
  const environment = {
    TRAMDO_INTERVALS: JSON.stringify({ attemptsMs: 1_000, reportMs: 3_000, inventoryMs: 86_400_000 }),
    TRAMDO_NETWORKS: JSON.stringify([{ id: 'wan', name: 'WAN', kind: 'wan', targets: [`tcp://127.0.0.1:${port}`] }]),
  };
  const collector = await startCollector({ port, environment });
  await addAgency(collector, 'Y00.01');
  const agent = agentOn();
  await agent.command('join', await collector.joinString('Y00.01'));
  const measured: number[] = [];
  const empty: number[] = [];
  for (const _ of times(3)) {
    const sample = await idleSample(agent);
    measured.push(sample.agent);
    empty.push(sample.empty);
  }
  await collector.stop();
  return ratioRow('agent, resident, between two reports: memory (RSS)', median(measured), median(empty));
}

async function idleSample(agent: AgentProcess): Promise<{ readonly agent: number; readonly empty: number }> {
  const resident = agent.run();
  const nothing = startProcess(['-e', 'setInterval(() => {}, 1e6)']);
  // Two reports and several rounds of attempts: idle means between two of them, not before the first.
  await wait(8_000);
  const sample = { agent: residentKilobytes(resident.pid), empty: residentKilobytes(nothing.pid) };
  resident.stop();
  nothing.stop();
  await resident.ended;
  return sample;
}

function ratioRow(what: string, kilobytes: number, emptyKilobytes: number): BenchRow {
  const ratio = kilobytes / emptyKilobytes;
  return {
    what,
    measured: `${(kilobytes / KILOBYTE).toFixed(1)} MB`,
    against: `empty node: ${(emptyKilobytes / KILOBYTE).toFixed(1)} MB`,
    ratio,
    budget: '≤ 1.25',
    isMet: ratio <= 1.25,
  };
}

async function quietReport(): Promise<readonly BenchRow[]> {
  const port = await freePort();
  const collector = await startCollector({ port });
  const proxy = await startCountingProxy(port);
  await addAgency(collector, 'Y00.01');
  const agent = agentOn();
  const joinString = (await collector.joinString('Y00.01')).replace(`:${port}/`, `:${proxy.port}/`);
  await agent.command('join', joinString);
  proxy.take();
  await agent.command('report');
  const full = proxy.take();
  const environment = { NODE_COMPILE_CACHE: `${agent.stateFolder}/compile-cache` };
  // As the resident process starts it: only what is due looks.
  const argv = [
    process.execPath,
    ...REPORT_NODE_FLAGS,
    AGENT_BUNDLE,
    'report',
    '--state',
    agent.stateFolder,
    ...RESIDENT_OPTIONS,
  ];
  await runProgram(argv.slice(1), { environment });
  proxy.take();
  const seconds: number[] = [];
  const bytes: number[] = [];
  const nodeSeconds: number[] = [];
  for (const _ of times(RUNS)) {
    seconds.push(await cpuSeconds(argv, environment));
    bytes.push(proxy.take().sentBytes);
    nodeSeconds.push(await cpuSeconds([process.execPath, '-e', '0']));
  }
  proxy.close();
  await collector.stop();
  return quietRows({ seconds, bytes, nodeSeconds, fullBytes: full.sentBytes });
}

function quietRows(measured: {
  readonly seconds: readonly number[];
  readonly bytes: readonly number[];
  readonly nodeSeconds: readonly number[];
  readonly fullBytes: number;
}): readonly BenchRow[] {
  const { fullBytes } = measured;
  const cpu = median(measured.seconds);
  const node = median(measured.nodeSeconds);
  const bytes = median(measured.bytes);
  return [
    {
      what: 'agent, quiet report: CPU with every process',
      measured: `${cpu.toFixed(3)} s`,
      against: `node -e 0: ${node.toFixed(3)} s`,
      ratio: cpu / node,
      budget: '≤ 0.2 s',
      isMet: cpu <= 0.2,
    },
    {
      what: 'agent, quiet report: request with headers',
      measured: `${bytes} B`,
      against: `first report: ${fullBytes} B`,
      ratio: bytes / fullBytes,
      budget: '≤ 1,024 B',
      isMet: bytes <= 1_024,
    },
    {
      what: 'agent, full report: request with headers',
      measured: `${fullBytes} B`,
      against: '',
      budget: '≤ 15 KB',
      isMet: fullBytes <= 15 * KILOBYTE,
    },
  ];
}

/** Debian's inventory agents, run as their packages ship them, writing into a folder. */
const PEERS = ['fusioninventory-agent', 'ocsinventory-agent'] as const;

interface Inventory {
  readonly cpu: number;
  readonly programCount: number | undefined;
}

/**
 * A daily inventory: every probe looks, package lists are as they were. The very first one of a machine, which also
 * counts the waiting updates with the package manager, is shown in a row of its own.
 */
async function fullInventory(): Promise<readonly BenchRow[]> {
  const collector = await startCollector();
  await addAgency(collector, 'Y00.01');
  const agent = agentOn();
  await agent.command('join', await collector.joinString('Y00.01'));
  const argv = [process.execPath, ...REPORT_NODE_FLAGS, AGENT_BUNDLE, 'report', '--state', agent.stateFolder];
  const environment = { NODE_COMPILE_CACHE: `${agent.stateFolder}/compile-cache` };
  const first = await cpuSeconds(argv, environment);
  const own = await measureInventory(argv, environment);
  await collector.stop();
  const rows: BenchRow[] = [
    {
      what: 'agent, very first inventory, waiting updates counted: CPU',
      measured: `${first.toFixed(2)} s`,
      against: `a daily one: ${own.cpu.toFixed(2)} s`,
      ratio: first / own.cpu,
      budget: '≤ 0.3 s',
      isMet: first <= 0.3,
    },
  ];
  for (const peer of PEERS) {
    if (isInstalled(peer)) rows.push(...compare(own, peer, await measureInventory([peer, '--local=/tmp'])));
    else rows.push({ what: `agent against ${peer}`, measured: 'not run', against: 'not installed', budget: '' });
  }
  return rows;
}

async function measureInventory(argv: readonly string[], environment: Environment = {}): Promise<Inventory> {
  const seconds: number[] = [];
  for (const _ of times(RUNS)) seconds.push(await cpuSeconds(argv, environment));
  return { cpu: median(seconds), programCount: await startedProgramCount(argv, environment) };
}

function compare(own: Inventory, peerName: string, peer: Inventory): readonly BenchRow[] {
  const cpu: BenchRow = {
    what: 'agent, daily inventory, sent: CPU from process start',
    measured: `${own.cpu.toFixed(2)} s`,
    against: `${peerName}: ${peer.cpu.toFixed(2)} s`,
    ratio: own.cpu / peer.cpu,
    budget: '≤ 0.3 s',
    isMet: own.cpu <= 0.3,
  };
  const [ownCount, peerCount] = [own.programCount, peer.programCount];
  if (ownCount === undefined || peerCount === undefined) {
    return [
      cpu,
      { what: 'agent, inventory: programs started', measured: 'not run', against: 'needs strace', budget: '≤ 10' },
    ];
  }
  const programs: BenchRow = {
    what: 'agent, daily inventory: programs started',
    measured: String(ownCount),
    against: `${peerName}: ${peerCount}`,
    ratio: ownCount / peerCount,
    budget: '≤ 10',
    isMet: ownCount <= 10,
  };
  return [cpu, programs];
}

async function quietDayOverTls(): Promise<BenchRow> {
  const port = await freePort();
  const collector = await startCollector({ port, environment: { TRAMDO_TLS: 'always' } });
  const proxy = await startCountingProxy(port);
  await addAgency(collector, 'Y00.01');
  const agent = agentOn();
  const joinString = (await collector.joinString('Y00.01')).replace(`:${port}/`, `:${proxy.port}/`);
  await agent.command('join', joinString);
  await agent.command('report');
  const bytes: number[] = [];
  for (const _ of times(RUNS)) {
    proxy.take();
    await agent.command('report', ...RESIDENT_OPTIONS);
    const { sentBytes, receivedBytes } = proxy.take();
    bytes.push(sentBytes + receivedBytes);
  }
  proxy.close();
  await collector.stop();
  const day = median(bytes) * REPORTS_A_DAY;
  return {
    what: 'agent, traffic of a quiet day (96 reports, TLS, new connection each)',
    measured: `${Math.round(day / KILOBYTE)} KB`,
    against: `one report: ${median(bytes)} B`,
    budget: '≤ 400 KB',
    isMet: day <= 400 * KILOBYTE,
  };
}
