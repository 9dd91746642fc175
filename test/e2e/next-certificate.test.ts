import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { pinOf } from '#collector/http/own-certificate.ts';
import { type AgentProcess, agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import { addAgency, freePort, freshFolder, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';

const AGENCY = 'Y00.01';
const ACKNOWLEDGED = (seq: number) => ({ status: 0, stderr: '', stdout: `Report ${seq} was acknowledged.\n` });

afterAll(clearLeftovers);

/** A collector with TLS and pin, on a port that stays, and an agent that joined it. */
async function joinedAgent() {
  const port = await freePort();
  const environment = { TRAMDO_LISTEN: `0.0.0.0:${port}`, TRAMDO_ADDRESS: `127.0.0.1:${port}` };
  const settings = { dataFolder: join(freshFolder('collector'), 'data'), port, environment };
  const collector = await startCollector(settings);
  await addAgency(collector, AGENCY);
  const agent = agentOn();
  const { stdout } = await agent.command('join', await collector.joinString(AGENCY));
  const machineId = /machine ([0-9a-f-]{36})/.exec(stdout)?.[1] ?? '';
  return { settings, collector, agent, machineId };
}

function pinIn(dataFolder: string): string {
  return pinOf(readFileSync(join(dataFolder, 'tls/certificate.pem'), 'utf8'));
}

function pinsOf({ stateFolder }: AgentProcess): readonly string[] {
  const { pins }: { readonly pins: readonly string[] } = JSON.parse(
    readFileSync(join(stateFolder, 'plan.json'), 'utf8'),
  );
  return pins;
}

describe('a change of the certificate that was announced', () => {
  it('is not noticed by an agent that heard of it, which keeps its machine and its sequence', async () => {
    const { settings, collector, agent, machineId } = await joinedAgent();
    const before = pinIn(settings.dataFolder);
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(1));
    expect(pinsOf(agent)).toEqual([before]);

    const [, next = ''] = /the next one is (\S{43})\./.exec(await collector.command('certificate', 'renew')) ?? [];
    await expect(collector.command('certificate', 'switch')).rejects.toThrow(/1 PCs do not know the next certificate/);
    await collector.stop();
    const announcing = await startCollector(settings);
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(2));
    expect(pinsOf(agent)).toEqual([before, next]);
    expect(await announcing.command('certificate', 'switch')).toContain(next);
    await announcing.stop();

    const changed = await startCollector(settings);
    expect(pinIn(settings.dataFolder)).toBe(next);
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(3));
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(4));
    expect(pinsOf(agent)).toEqual([next]);
    expect(storedMachine(settings.dataFolder, machineId)).toMatchObject({ lastSeq: 4, reportCount: 4 });
    await changed.kill();
  });

  it('can be slept through: the agent says whom it trusts, and joins again as the same machine', async () => {
    const { settings, collector, agent: sleeper, machineId } = await joinedAgent();
    const before = pinIn(settings.dataFolder);
    expect(await sleeper.command('report')).toMatchObject(ACKNOWLEDGED(1));
    await collector.command('certificate', 'renew');
    expect(await collector.command('certificate', 'switch', '--anyway')).toContain('1 PCs did not hear of it');
    await collector.stop();

    const changed = await startCollector(settings);
    const refused = await sleeper.command('report');
    expect([refused.status, refused.stdout]).toEqual([
      1,
      expect.stringContaining(`has the pin "${pinIn(settings.dataFolder)}", trusted is "${before}"`),
    ]);
    await sleeper.command('leave');
    const again = await sleeper.command('join', await changed.joinString(AGENCY));
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining(`as machine ${machineId}`) });
    expect((await sleeper.command('report')).status).toBe(0);
    await changed.kill();
  });
});
