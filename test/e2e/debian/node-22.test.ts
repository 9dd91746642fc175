import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { unsentReport } from '#agent/uplink/outbox.ts';
import { NODE_22_PATH } from '../../tools/node-22-path.ts';
import { type AgentProcess, agentOn } from '../agent-process.ts';
import { addAgency, freshFolder, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { readReportCounts } from '../metric-samples.ts';

const AGENCY = 'H47.22';

function nodeTwentyTwo(): string {
  if (!existsSync(NODE_22_PATH)) throw new Error('Node 22 is not there: run "npm run fetch-node-22" first');
  return NODE_22_PATH;
}

/** What `report --dry-run` says of the machine, without what differs from one run to the next. */
async function seenBy(agent: AgentProcess): Promise<Readonly<Record<string, unknown>>> {
  const { stdout, stderr, status } = await agent.command('report', '--dry-run');
  if (status !== 0) throw new Error(stderr);
  const { observations } = unsentReport.parse(JSON.parse(stdout));
  return Object.fromEntries(Object.entries(observations).map(([id, { value, failure }]) => [id, value ?? failure]));
}

/** The version of Node is the one thing that the two must say differently. */
function withoutRuntime({ self, ...others }: Readonly<Record<string, unknown>>) {
  return { ...others, self: { ...Object(self), runtime: 'any' } };
}

function runtimeOf({ self }: Readonly<Record<string, unknown>>): string {
  return String(Object(self).runtime).split('.')[0] ?? '';
}

afterAll(clearLeftovers);

describe('the bundled agent under Node 22 and Node 26', () => {
  it('sees the same machine', async () => {
    const folder = freshFolder('agent');
    const older = await seenBy(agentOn(folder, { node: nodeTwentyTwo() }));
    const newer = await seenBy(agentOn(folder));
    expect([runtimeOf(older), runtimeOf(newer)]).toEqual(['v22', 'v26']);
    expect(withoutRuntime(older)).toEqual(withoutRuntime(newer));
  });

  it('joins and reports under 22, and goes on under 26 as the same machine', async () => {
    const collector = await startCollector();
    await addAgency(collector, AGENCY);
    const older = agentOn(undefined, { node: nodeTwentyTwo() });
    const newer = agentOn(older.stateFolder);
    const joinString = await collector.joinString(AGENCY);
    const ended = [
      await older.command('join', joinString),
      await older.command('report'),
      await newer.command('report'),
      await older.command('report'),
    ];
    expect(ended.map(({ status, stderr }) => ({ status, stderr }))).toEqual(
      ended.map(() => ({ status: 0, stderr: '' })),
    );
    expect(ended.slice(1).map(({ stdout }) => stdout)).toEqual([
      'Report 1 was acknowledged.\n',
      'Report 2 was acknowledged.\n',
      'Report 3 was acknowledged.\n',
    ]);
    expect(await readReportCounts(collector)).toEqual({ accepted: 3 });
    expect((await collector.command('machine', 'list')).trim().split('\n')).toEqual([expect.stringContaining(AGENCY)]);
  });
});
