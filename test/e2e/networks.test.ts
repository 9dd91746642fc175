import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runProgram } from '../child-process.ts';
import type { AgentProcess } from './agent-process.ts';
import { COLLECTOR_MAIN, type CollectorProcess, freePort, freshFolder } from './collector-process.ts';
import { joinedPair, PAIR_AGENCY } from './joined-pair.ts';
import { clearLeftovers } from './leftovers.ts';
import { readMetrics } from './metric-samples.ts';

const SOON = { timeout: 120_000, interval: 250 } as const;
const QUICK = { attemptsMs: 1_000, reportMs: 2_000, inventoryMs: 86_400_000 };

afterAll(clearLeftovers);

function fileOf(networks: readonly object[]): string {
  const file = join(freshFolder('networks'), 'networks.json');
  writeFileSync(file, JSON.stringify(networks));
  return file;
}

/** What the agent was told of networks, as it keeps it. */
function toldNetworks({ stateFolder }: AgentProcess): readonly { readonly id: string }[] {
  const plan: { readonly networks: readonly { readonly id: string }[] } = JSON.parse(
    readFileSync(join(stateFolder, 'plan.json'), 'utf8'),
  );
  return plan.networks;
}

/** Whether the agency reaches a network by the page for Prometheus; undefined when it is unknown or there is none. */
async function isUp(collector: CollectorProcess, network: string): Promise<number | undefined> {
  return (await readMetrics(collector)).get(`tramdo_network_up{agency="${PAIR_AGENCY}",network="${network}"}`);
}

describe('networks that people define while the collector runs', () => {
  it('are attempted by a resident agent that nobody touched, and no longer once they are removed', async () => {
    const { collector, agent } = await joinedPair({ environment: { TRAMDO_INTERVALS: JSON.stringify(QUICK) } });
    const resident = agent.run();
    const office = {
      id: 'office',
      name: 'Mạng nội bộ',
      kind: 'lan',
      targets: [`tcp://${new URL(collector.url).host}`],
    };
    const closed = { id: 'wan', name: 'WAN', kind: 'wan', targets: [`tcp://127.0.0.1:${await freePort()}`] };
    expect(await collector.command('network', 'set', fileOf([office, closed]))).toContain('Đã ghi 2 mạng');
    const seen = async () => [await isUp(collector, 'office'), await isUp(collector, 'wan')];
    await expect.poll(seen, SOON).toEqual([1, 0]);
    await collector.command('network', 'set', fileOf([{ ...closed, targets: office.targets }]));
    await expect.poll(seen, SOON).toEqual([1, 1]);
    await collector.command('network', 'remove', 'wan');
    await expect.poll(() => toldNetworks(agent).map(({ id }) => id), SOON).toEqual(['office']);
    await expect.poll(() => isUp(collector, 'wan'), SOON).toBeUndefined();
    resident.stop();
    expect([await resident.ended, await collector.stop()]).toEqual([0, 0]);
  });

  it('reach an agent with its next report when they come by the API', async () => {
    const { collector, agent } = await joinedPair();
    const printed = await collector.command('access-token', 'create', 'test', '--role', 'admin');
    const token = /tramdo_\S+/.exec(printed)?.[0] ?? '';
    const call = async (method: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const sent = body === undefined ? {} : { body: JSON.stringify(body) };
      const answer = await fetch(new URL(`api/v1${path}`, collector.url), {
        method,
        headers: body === undefined ? { authorization: headers.authorization } : headers,
        ...sent,
      });
      return answer.status;
    };
    const tslcd = {
      id: 'tslcd',
      kind: 'tslcd',
      targets: ['tcp://192.0.2.9:443'],
      cidrs: ['192.0.2.0/24'],
      isMetered: true,
    };
    expect((await agent.command('report')).status).toBe(0);
    expect(toldNetworks(agent)).toEqual([]);
    expect(await call('POST', '/networks', { ...tslcd, name: 'TSLCD' })).toBe(201);
    expect((await agent.command('report')).status).toBe(0);
    expect(toldNetworks(agent)).toEqual([tslcd]);
    expect(await call('DELETE', '/networks/tslcd')).toBe(204);
    expect((await agent.command('report')).status).toBe(0);
    expect(toldNetworks(agent)).toEqual([]);
    await collector.stop();
  });

  it('stay through a restart, and keep a collector from starting with a file that has one of the same id', async () => {
    const { collector, restart } = await joinedPair();
    const wan = { id: 'wan', name: 'WAN', kind: 'wan', targets: ['tcp://192.0.2.9:443'] };
    await collector.command('network', 'set', fileOf([wan]));
    await collector.stop();
    const again = await restart();
    expect((await readMetrics(again)).get('tramdo_network_agencies{level="unit",network="wan",result="unknown"}')).toBe(
      1,
    );
    await again.stop();
    const environment = {
      TRAMDO_DATA: collector.dataFolder,
      TRAMDO_LISTEN: '127.0.0.1:0',
      TRAMDO_NETWORKS: JSON.stringify([wan]),
    };
    const refused = await runProgram([COLLECTOR_MAIN, 'serve'], { environment });
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('CONFIG_INVALID')]);
    expect(refused.stderr).toContain('"networks": current value has "wan", which was made by command or API as well');
  });
});
