import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, describe, it } from 'vitest';
import { lastRoundNumber } from '#agent/resident-facts.ts';
import { readAgentState } from '#agent/uplink/agent-state.ts';
import { Outbox } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { formatJoinString, parseJoinString } from '#shared/join-string.ts';
import { agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import { freePort } from './collector-process.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { type JoinedPair, joinedPair, PAIR_AGENCY } from './joined-pair.ts';
import { clearLeftovers } from './leftovers.ts';
import { readReportCounts } from './metric-samples.ts';

/** Longer than an agent waits after five failures in a row, which on a slow computer come of what are three here. */
const SOON = { timeout: 150_000, interval: 100 } as const;
const INTERVALS = { attemptsMs: 1_000, reportMs: 1_000, inventoryMs: 86_400_000 };
/** Longer than the agent's own first wait, which is 7.5 seconds at most. */
const RETRY_AFTER_SECONDS = 10;

afterAll(clearLeftovers);

async function quickEnvironment(): Promise<Readonly<Record<string, string>>> {
  const networks = [{ id: 'office', name: 'LAN', kind: 'lan', targets: [`tcp://127.0.0.1:${await freePort()}`] }];
  return { TRAMDO_INTERVALS: JSON.stringify(INTERVALS), TRAMDO_NETWORKS: JSON.stringify(networks) };
}

function outboxOf({ agent }: Pick<JoinedPair, 'agent'>): Outbox {
  return new Outbox(stateFolderAt(agent.stateFolder).outboxFolder);
}

/** Somebody on the port of the collector who has no time, and when he was asked, in milliseconds. */
async function busyServer(port: number, statuses: readonly number[]) {
  const askedAtMs: number[] = [];
  const server = createServer((request, response) => {
    request.resume();
    askedAtMs.push(performance.now());
    const type = { 'content-type': 'application/problem+json' };
    response.writeHead(statuses[askedAtMs.length - 1] ?? 500, { ...type, 'retry-after': String(RETRY_AFTER_SECONDS) });
    response.end(JSON.stringify({ code: 'COLLECTOR_BUSY', detail: 'Come back later' }));
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const end = () => {
    server.closeAllConnections();
    server.close();
  };
  return { askedAtMs, end };
}

describe.concurrent('a collector that asks a resident agent to wait', () => {
  it('by 429 and then by 503 is left alone for so long, and then gets everything', async ({ expect }) => {
    const pair = await joinedPair({ environment: await quickEnvironment() });
    const resident = pair.agent.run();
    await expect.poll(() => pair.stored().reportCount, SOON).toBeGreaterThan(1);
    await pair.collector.stop();
    const { askedAtMs, end } = await busyServer(Number(new URL(pair.collector.url).port), [429, 503]);
    await expect.poll(() => askedAtMs.length, SOON).toBe(2);
    const [first = 0, second = 0] = askedAtMs;
    expect(second - first).toBeGreaterThanOrEqual(RETRY_AFTER_SECONDS * 1_000);
    const { stateFile } = stateFolderAt(pair.agent.stateFolder);
    await expect
      .poll(() => readAgentState(stateFile).lastFailure?.message, SOON)
      .toContain('answered 503 COLLECTOR_BUSY');
    expect(readAgentState(stateFile).isWaitOrdered).toBe(true);
    // Of what waits most was merged into a later one: numbers tell how many there are.
    const newest = () => readAgentState(stateFile).lastSeq;
    await expect.poll(() => newest() - (outboxOf(pair).list()[0] ?? newest()), SOON).toBeGreaterThan(2);
    const lastSeq = newest();
    end();
    const collector = await pair.restart();
    await expect.poll(() => outboxOf(pair).list().length, SOON).toBe(0);
    resident.stop();
    expect(await resident.ended).toBe(0);
    expect(pair.stored().lastSeq).toBeGreaterThanOrEqual(lastSeq);
    expect(readAgentState(stateFile)).toMatchObject({ droppedReports: 0, refusedReports: 0 });
    expect(Object.keys(await readReportCounts(collector))).toEqual(['accepted']);
    await collector.stop();
  });
});

describe.concurrent('a proxy that hangs', () => {
  it('holds a report up and not the resident agent, and is said', async ({ expect }) => {
    const pair = await joinedPair({ isOverTls: true, environment: await quickEnvironment() });
    const { port } = new URL(pair.collector.url);
    const way = await startConnectProxy(Number(port));
    const target = { ...parseJoinString(await pair.collector.joinString(PAIR_AGENCY)), host: 'collector.example.org' };
    const agent = agentOn();
    const proxy = `http://127.0.0.1:${way.port}`;
    const joined = await agent.command('join', formatJoinString(target), '--proxy', proxy);
    const machineId = /machine ([0-9a-f-]{36})/.exec(joined.stdout)?.[1] ?? '';
    const stored = () => storedMachine(pair.collector.dataFolder, machineId);
    const rounds = () => lastRoundNumber(stateFolderAt(agent.stateFolder));
    const resident = agent.run();
    await expect.poll(() => stored().reportCount, SOON).toBeGreaterThan(1);
    way.behave('hang');
    const askedBefore = way.asked.length;
    await expect.poll(() => way.asked.length, SOON).toBeGreaterThan(askedBefore);
    const before = rounds();
    await expect.poll(rounds, SOON).toBeGreaterThan(before + 10);
    await resident.waitFor('it did not answer to CONNECT within 20 s');
    expect((await agent.command('status', '--lang', 'en')).stdout).toMatch(
      /^Last failure: .* COLLECTOR_UNREACHABLE: Cannot get through the proxy .*: it did not answer to CONNECT within 20 s$/m,
    );
    const { stateFile } = stateFolderAt(agent.stateFolder);
    const waited = readAgentState(stateFile).lastSeq;
    expect(waited).toBeGreaterThan(stored().lastSeq);
    way.behave('open');
    await expect.poll(() => stored().lastSeq, SOON).toBeGreaterThan(waited);
    resident.stop();
    expect(await resident.ended).toBe(0);
    expect(readAgentState(stateFile)).toMatchObject({ droppedReports: 0, refusedReports: 0 });
    way.close();
    await pair.collector.stop();
  });
});

describe.concurrent('a power cut while the outbox was written', () => {
  it.for([
    { what: 'no byte', spoil: (path: string) => truncateSync(path, 0) },
    { what: 'half its bytes', spoil: (path: string) => truncateSync(path, 400) },
    {
      what: 'zeros in place of its bytes',
      spoil: (path: string) => writeFileSync(path, Buffer.alloc(readFileSync(path).length)),
    },
  ])(
    'that left a report with $what costs that report, which is counted, and no other',
    async ({ spoil }, { expect }) => {
      const pair = await joinedPair();
      await pair.collector.stop();
      for (let seq = 1; seq <= 3; seq += 1) await pair.agent.command('report');
      spoil(`${stateFolderAt(pair.agent.stateFolder).outboxFolder}/000000000002.json`);
      const collector = await pair.restart();
      expect(await pair.agent.command('report')).toMatchObject({ status: 0, stdout: 'Report 4 was acknowledged.\n' });
      expect(outboxOf(pair).list()).toEqual([]);
      expect(pair.stored()).toMatchObject({ lastSeq: 4, reportCount: 3 });
      expect(readAgentState(stateFolderAt(pair.agent.stateFolder).stateFile).droppedReports).toBe(1);
      expect(await pair.agent.command('report')).toMatchObject({ status: 0, stdout: 'Report 5 was acknowledged.\n' });
      expect(readAgentState(stateFolderAt(pair.agent.stateFolder).stateFile).droppedReports).toBe(0);
      expect(await readReportCounts(collector)).toEqual({ accepted: 4 });
      await collector.stop();
    },
  );
});

describe.concurrent('a key file that is damaged under a resident agent', () => {
  it('stops it with one line in the log, and joining again sets it going', async ({ expect }) => {
    const pair = await joinedPair({ environment: await quickEnvironment() });
    const resident = pair.agent.run();
    await expect.poll(() => pair.stored().reportCount, SOON).toBeGreaterThan(1);
    const { identityFile } = stateFolderAt(pair.agent.stateFolder);
    writeFileSync(identityFile, readFileSync(identityFile, 'utf8').slice(0, 60));
    const damaged = 'The key file is damaged, somebody must join the machine again';
    await resident.waitFor(damaged);
    const before = pair.stored().reportCount;
    expect(readFileSync(identityFile, 'utf8').length).toBe(60);
    const joined = await pair.agent.command('join', await pair.collector.joinString(PAIR_AGENCY));
    const machineId = /machine ([0-9a-f-]{36})/.exec(joined.stdout)?.[1] ?? '';
    const counted = () => storedMachine(pair.collector.dataFolder, machineId).reportCount;
    // The same machine where the hardware has an id; hardware without one cannot be known again.
    const known = machineId === pair.machineId ? before : 0;
    await expect.poll(counted, SOON).toBeGreaterThan(known + 1);
    expect(resident.lines.filter((line) => line.includes(damaged)).length).toBe(1);
    resident.stop();
    expect(await resident.ended).toBe(0);
    await pair.collector.stop();
  });
});
