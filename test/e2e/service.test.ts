import { existsSync, mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPendingJoin, writePendingJoin } from '#agent/pending-join.ts';
import { readIdentity } from '#agent/uplink/identity.ts';
import { Outbox } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { type AgentProcess, agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';
import { readReportCounts } from './metric-samples.ts';

const AGENCY = 'Y00.01';
const SOON = { timeout: 180_000, interval: 200 };
/** Reports come when the machine joins and not, by the hour of the day, in the middle of a test once more. */
const SELDOM = { attemptsMs: 300_000, reportMs: 86_400_000, inventoryMs: 86_400_000 };

afterAll(clearLeftovers);

/** A collector that can come back as the same one, with an agency and a join string. */
async function collectorWithJoinString() {
  const environment = { TRAMDO_INTERVALS: JSON.stringify(SELDOM) };
  const settings = { dataFolder: join(freshFolder('collector'), 'data'), port: await freePort(), environment };
  const collector = await startCollector(settings);
  await addAgency(collector, AGENCY);
  const joinString = await collector.joinString(AGENCY);
  return { collector, joinString, restart: () => startCollector(settings), dataFolder: settings.dataFolder };
}

/** An agent as `service install --join` leaves it when the collector cannot be reached. */
function agentThatWaits(joinString: string) {
  const agent = agentOn();
  const folder = stateFolderAt(agent.stateFolder);
  mkdirSync(folder.path, { recursive: true, mode: 0o700 });
  const requestedAt = new Date().toISOString();
  writePendingJoin(folder.pendingJoinFile, { joinString, isJoinAgain: false, requestedAt, attemptCount: 0 });
  return { agent, folder };
}

function machineIdOf(agent: AgentProcess): string | undefined {
  return readIdentity(stateFolderAt(agent.stateFolder).identityFile)?.machineId;
}

async function acceptedBy(collector: CollectorProcess): Promise<number> {
  return (await readReportCounts(collector))['accepted'] ?? 0;
}

describe('a join string that waits', () => {
  it('is tried by the resident agent until the collector is there, which it then reports to', async () => {
    const { collector, joinString, restart, dataFolder } = await collectorWithJoinString();
    await collector.stop();
    const { agent, folder } = agentThatWaits(joinString);
    const resident = agent.run();
    await resident.waitFor('"Joining failed, it is tried again"');
    const later = await restart();
    await resident.waitFor('"Machine has joined"');
    const machineId = machineIdOf(agent) ?? '';
    await expect.poll(() => acceptedBy(later), SOON).toBeGreaterThan(0);
    expect(existsSync(folder.pendingJoinFile)).toBe(false);
    expect(storedMachine(dataFolder, machineId).lastSeq).toBeGreaterThan(0);
    resident.stop();
    expect(await resident.ended).toBe(0);
    await later.kill();
  });

  it('makes one run of scheduled mode join and report', async () => {
    const { collector, joinString, dataFolder } = await collectorWithJoinString();
    const { agent, folder } = agentThatWaits(joinString);
    expect(await agent.command('report', '--scheduled')).toMatchObject({
      status: 0,
      stdout: 'Report 1 was acknowledged.\n',
    });
    expect(existsSync(folder.pendingJoinFile)).toBe(false);
    const { values } = storedMachine(dataFolder, machineIdOf(agent) ?? '');
    expect(JSON.parse(values.get('self') ?? '{}')).toMatchObject({ mode: 'scheduled' });
    await collector.kill();
  });

  it('is asked for once a day and named once in the log when the collector refuses it', async () => {
    const { collector, joinString } = await collectorWithJoinString();
    const { agent, folder } = agentThatWaits(joinString.replace(/#.{8}/, '#AAAAAAAA'));
    const first = await agent.command('report', '--scheduled');
    expect([first.status, first.stderr.split('\n').length]).toEqual([0, 2]);
    expect(JSON.parse(first.stderr)).toMatchObject({ level: 50, code: 'TOKEN_INVALID' });
    const kept = readPendingJoin(folder.pendingJoinFile);
    expect(kept?.lastFailure).toMatchObject({ code: 'TOKEN_INVALID', isFinal: true });
    expect(Date.parse(kept?.notBefore ?? '') - Date.now()).toBeGreaterThan(15 * 3_600_000);
    expect(await agent.command('report', '--scheduled')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(readPendingJoin(folder.pendingJoinFile)?.attemptCount).toBe(1);
    await collector.kill();
  });

  it('is not lost to kill -9, whichever file was written last', async () => {
    const { collector, joinString, dataFolder } = await collectorWithJoinString();
    const { agent, folder } = agentThatWaits(joinString);
    const outbox = new Outbox(folder.outboxFolder);
    let killCount = 0;
    for (let change = 1; change <= 40; change += 1) {
      const running = agent.start('report', '--scheduled');
      let seen = 0;
      const watcher = watch(folder.path, () => {
        seen += 1;
        if (seen === change) running.stop('SIGKILL');
      });
      const status = await running.ended;
      watcher.close();
      killCount += status === 0 ? 0 : 1;
      // Never neither: a machine that has not joined still has what it can join with.
      expect(machineIdOf(agent) !== undefined || readPendingJoin(folder.pendingJoinFile) !== undefined).toBe(true);
      if (status === 0) break;
      // Of four that wait two may be merged into one, and then fewer arrive than were made.
      if (outbox.list().length > 1) expect(await agent.command('report')).toMatchObject({ status: 0 });
    }
    expect(killCount).toBeGreaterThan(2);
    expect(await agent.command('report')).toMatchObject({ status: 0 });
    expect(existsSync(folder.pendingJoinFile)).toBe(false);
    expect(outbox.list()).toEqual([]);
    const { lastSeq, reportCount } = storedMachine(dataFolder, machineIdOf(agent) ?? '');
    expect(reportCount).toBe(lastSeq);
    await collector.kill();
  });

  it('is forgotten when the machine leaves', async () => {
    const { agent, folder } = agentThatWaits('tramdo://127.0.0.1:9/#AAAAAAAAAAAAAAAA');
    expect(await agent.command('leave')).toEqual({
      status: 0,
      stdout: 'The join string that waited for its collector was removed.\n',
      stderr: '',
    });
    expect(existsSync(folder.pendingJoinFile)).toBe(false);
  });
});

describe('a machine that leaves under a resident agent', () => {
  it('is followed: the agent waits, and goes on when the machine joins again', async () => {
    const { collector, joinString } = await collectorWithJoinString();
    const agent = agentOn();
    await agent.command('join', joinString);
    const resident = agent.run();
    await expect.poll(() => acceptedBy(collector), SOON).toBe(1);
    await expect.poll(async () => (await agent.command('leave')).status, SOON).toBe(0);
    await resident.waitFor('"Machine has left, the agent waits for a join string"');
    expect((await agent.command('join', await collector.joinString(AGENCY))).status).toBe(0);
    await expect.poll(() => acceptedBy(collector), SOON).toBe(2);
    expect((await agent.command('status')).stdout).toContain(String(resident.pid));
    resident.stop();
    expect(await resident.ended).toBe(0);
    expect(resident.lines.filter((line) => line.includes('"level":50'))).toEqual([]);
    await collector.kill();
  });
});

describe('an agent that has not joined', () => {
  it('waits as a service, and does nothing in scheduled mode', async () => {
    const agent = agentOn();
    expect(await agent.command('report', '--scheduled')).toEqual({ status: 0, stdout: '', stderr: '' });
    const resident = agent.run();
    await resident.waitFor('"The agent waits for a join string"');
    resident.stop();
    expect(await resident.ended).toBe(0);
  });
});
