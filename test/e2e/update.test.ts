import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { readUpdateRecord } from '#agent/update/update-folder.ts';
import { giveOtherHardware } from './collector-database.ts';
import { addAgency, type CollectorProcess, startCollector } from './collector-process.ts';
import { type InstalledAgent, installAgent, stopInstalledAgents } from './installed-agent.ts';
import { clearLeftovers } from './leftovers.ts';
import { readMetrics } from './metric-samples.ts';
import { makeReleaseKey, type ReleaseKey, signRelease } from './signed-release.ts';

const AGENCY = 'Y00.01';
const SOON = { timeout: 300_000, interval: 500 } as const;

afterAll(async () => {
  await stopInstalledAgents();
  await clearLeftovers();
});

/** @param reportMs between two reports; agents ask for a release every 24 of them */
async function collectorWith(key: ReleaseKey, reportMs = 1_000): Promise<CollectorProcess> {
  const intervals = { attemptsMs: 60_000, reportMs, inventoryMs: 86_400_000 };
  const environment = { TRAMDO_INTERVALS: JSON.stringify(intervals), TRAMDO_RELEASE_KEY: key.publicFile };
  const collector = await startCollector({ environment });
  await addAgency(collector, AGENCY);
  return collector;
}

/** Installs an agent that joins and stays. */
async function agentAtWork(collector: CollectorProcess, releaseKey?: string) {
  const agent = installAgent('0.1.0', releaseKey);
  const { status, stdout, stderr } = await agent.command('join', await collector.joinString(AGENCY));
  if (status !== 0) throw new Error(stderr);
  const machineId = /machine ([0-9a-f-]{36})/.exec(stdout)?.[1] ?? '';
  // All agents of a test run on one PC: without this the next one would be taken for this one, joined again.
  giveOtherHardware(collector.dataFolder, machineId);
  agent.keepRunning();
  return { agent, machineId };
}

async function agentCount(collector: CollectorProcess, version: string, update: string): Promise<number | undefined> {
  return (await readMetrics(collector)).get(`tramdo_agents{update="${update}",version="${version}"}`);
}

function failureOf({ stateFolder }: InstalledAgent) {
  const { failed } = readUpdateRecord(stateFolder);
  return failed === undefined ? undefined : { version: failed.version, reason: failed.reason };
}

describe.concurrent('an update of the agent', () => {
  it('goes to half of the machines, then to all, and every machine stays itself', { timeout: 900_000 }, async ({
    expect,
  }) => {
    const key = makeReleaseKey();
    // Four agents on one PC would not keep up with a report a second.
    const collector = await collectorWith(key, 2_000);
    await collector.command('release', 'add', signRelease(key, '0.2.0'));
    const four = [];
    for (let index = 0; index < 4; index += 1) four.push(await agentAtWork(collector, key.publicText));
    expect(new Set(four.map(({ machineId }) => machineId)).size).toBe(4);
    await collector.command('release', 'offer', '0.2.0', '--share', '0.5');
    await expect.poll(() => agentCount(collector, '0.2.0', 'steady'), SOON).toBe(2);
    const updated = four.filter(({ agent }) => readUpdateRecord(agent.stateFolder).active?.version === '0.2.0');
    expect(updated).toHaveLength(2);
    // Who watches over a trial sees its end by the next look, which may be after the report that tells of it.
    const exits = () => updated.map(({ agent }) => agent.exits);
    await expect.poll(exits, SOON).toEqual([
      [75, 75],
      [75, 75],
    ]);
    await collector.command('release', 'offer', '0.2.0', '--share', '1');
    await expect.poll(() => agentCount(collector, '0.2.0', 'steady'), SOON).toBe(4);
    for (const { agent, machineId } of four) {
      expect((await agent.command('status', '--lang', 'en')).stdout).toContain(machineId);
      expect((await agent.command('--version')).stdout).toBe('0.2.0\n');
      await agent.stop();
    }
    await collector.kill();
  });
});

const BROKEN = [
  {
    how: 'throws when it is loaded',
    spoil: (name: string, text: string) => (name === 'agent.mjs' ? `throw new Error('broken');${text}` : text),
    reason: 'it cannot be loaded: Error: broken',
  },
  {
    how: 'hangs',
    spoil: (name: string, text: string) => (name === 'agent.mjs' ? `for(;;);${text}` : text),
    reason: 'it hung for a minute',
  },
  {
    how: 'never has a report acknowledged',
    spoil: (_name: string, text: string) => text.replaceAll('/agent/v1/reports', '/agent/v1/nowhere'),
    reason: 'it was started 4 times and no report of it was acknowledged',
  },
];

describe.concurrent('a release that is broken', () => {
  it.for(BROKEN)('is gone back from when it $how', { timeout: 600_000 }, async ({ spoil, reason }, { expect }) => {
    const key = makeReleaseKey();
    const collector = await collectorWith(key);
    await collector.command('release', 'add', signRelease(key, '0.2.0', spoil));
    await collector.command('release', 'offer', '0.2.0', '--share', '1');
    const { agent } = await agentAtWork(collector, key.publicText);
    await expect.poll(() => agentCount(collector, '0.2.0', 'failed'), SOON).toBe(0);
    await expect.poll(() => failureOf(agent), SOON).toEqual({ version: '0.2.0', reason });
    await expect.poll(() => agentCount(collector, 'other', 'failed'), SOON).toBe(1);
    expect((await agent.command('--version')).stdout).toBe('0.1.0\n');
    await agent.stop();
    await collector.kill();
  });

  it('is refused when a file was changed on the collector, and named', { timeout: 600_000 }, async ({ expect }) => {
    const key = makeReleaseKey();
    const collector = await collectorWith(key);
    await collector.command('release', 'add', signRelease(key, '0.2.0'));
    const path = join(collector.dataFolder, 'releases/0.2.0/agent.mjs.gz');
    writeFileSync(path, 'console.log("mine")');
    await collector.command('release', 'offer', '0.2.0', '--share', '1');
    const { agent } = await agentAtWork(collector, key.publicText);
    await expect.poll(() => failureOf(agent)?.reason, SOON).toContain('Refused the release as its file "agent.mjs"');
    expect(agent.exits).toEqual([]);
    await agent.stop();
    await collector.kill();
  });
});

describe.concurrent('an agent without a release key', () => {
  it('never asks for a release, while a scheduled one with a key is updated', { timeout: 600_000 }, async ({
    expect,
  }) => {
    const key = makeReleaseKey();
    const collector = await collectorWith(key);
    await collector.command('release', 'add', signRelease(key, '0.2.0'));
    await collector.command('release', 'offer', '0.2.0', '--share', '1');
    const { agent } = await agentAtWork(collector);
    const scheduled = installAgent('0.1.0', key.publicText);
    await scheduled.command('join', await collector.joinString(AGENCY));
    // As the scheduler of the system does: one short process after another, and nothing that stays.
    const reportAndLook = async () => {
      await scheduled.command('report', '--scheduled');
      return readUpdateRecord(scheduled.stateFolder).active?.version;
    };
    await expect.poll(reportAndLook, SOON).toBe('0.2.0');
    expect(readUpdateRecord(agent.stateFolder)).toEqual({});
    await agent.stop();
    await collector.kill();
  });
});
