import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRealHost } from '#agent/host/real-host.ts';
import { readFingerprintIds } from '#agent/probes/hardware/fingerprint.ts';
import { agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import { addAgency, freePort, freshFolder, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';

const AGENCY = 'Y00.01';

afterAll(clearLeftovers);

/** A collector, and an agent that has joined it and reported once. */
async function reportingPair() {
  const settings = { dataFolder: join(freshFolder('collector'), 'data'), port: await freePort() };
  const collector = await startCollector(settings);
  await addAgency(collector, AGENCY);
  const agent = agentOn(undefined, { environment: { LC_ALL: 'C' } });
  await agent.command('join', await collector.joinString(AGENCY));
  await agent.command('report');
  const file = (name: string) => join(agent.stateFolder, name);
  const { machineId }: { machineId: string } = JSON.parse(readFileSync(file('identity.json'), 'utf8'));
  return { collector, agent, file, machineId, stored: () => storedMachine(settings.dataFolder, machineId) };
}

describe('a damaged key file', () => {
  it.each([
    { what: 'cut off', damage: (text: string) => text.slice(0, 90) },
    { what: 'empty', damage: () => '' },
    { what: 'no JSON', damage: () => '\u0000'.repeat(512) },
    { what: 'other JSON', damage: () => '{"machineId":7}' },
  ])(
    'stops the agent with the way out when it is $what, and joining again gives the same machine',
    async ({ damage }) => {
      const { collector, agent, file, machineId, stored } = await reportingPair();
      writeFileSync(file('identity.json'), damage(readFileSync(file('identity.json'), 'utf8')));
      const stopped = await agent.command('report');
      expect(stopped).toMatchObject({ status: 1, stdout: '' });
      expect(stopped.stderr).toMatch(
        /^Cannot use the key file ".*identity\.json": .*\. Run "tramdo-agent join" with a new join string \(IDENTITY_INVALID\)\n$/,
      );
      const status = await agent.command('status', '--lang', 'vi');
      expect(status.status).toBe(1);
      expect(status.stdout).toMatch(
        /^Tham gia: +tệp khóa ".*identity\.json" bị hỏng, không gửi được gì\. Cần làm: chạy "tramdo-agent join" /m,
      );
      expect(stored()).toMatchObject({ reportCount: 1 });

      const joined = await agent.command('join', await collector.joinString(AGENCY));
      expect(joined).toMatchObject({ status: 0, stderr: '' });
      // Hardware without an id (some virtual machines) cannot be known again once its random one is gone.
      const hasHardwareId = (await readFingerprintIds(createRealHost())).length > 0;
      expect(joined.stdout.includes(`as machine ${machineId}.`)).toBe(hasHardwareId);
      expect(await agent.command('report')).toMatchObject({ status: 0, stdout: 'Report 1 was acknowledged.\n' });
      expect(stored()).toMatchObject({ reportCount: hasHardwareId ? 2 : 1 });
      await collector.kill();
    },
  );
});

describe('what can be rebuilt', () => {
  it('begins anew after it was damaged, loses no number, and is said in the log and by status', async () => {
    const { collector, agent, file, stored } = await reportingPair();
    const garbage = ['observations.json', 'strikes.json', 'attempts.jsonl', 'plan.json'];
    for (const name of garbage) writeFileSync(file(name), 'garbage\n{"round":');
    writeFileSync(file('state.json'), readFileSync(file('state.json'), 'utf8').slice(0, 40));
    const status = await agent.command('status');
    for (const name of [...garbage, 'state.json'])
      expect(status.stdout).toContain(`"${name}" is damaged and begins anew`);
    const next = await agent.command('report');
    expect(next).toMatchObject({ status: 0, stdout: 'Report 2 was acknowledged.\n' });
    expect(next.stderr).toContain('"msg":"State file was damaged and begins anew"');
    expect(stored()).toMatchObject({ lastSeq: 2, reportCount: 2 });
    const after = await agent.command('status');
    expect(after.stdout).not.toContain('damaged');
    expect(JSON.parse(readFileSync(file('plan.json'), 'utf8'))).toMatchObject({ version: expect.any(String) });
    await collector.kill();
  });

  it('is fetched again when the plan is gone', async () => {
    const { collector, agent, file } = await reportingPair();
    rmSync(file('plan.json'));
    expect((await agent.command('doctor')).stdout).toMatch(/^\? NOTE {5}State files: plan\.json is not there\. /m);
    expect(await agent.command('report')).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(readFileSync(file('plan.json'), 'utf8'))).toMatchObject({ version: expect.any(String) });
    await collector.kill();
  });
});
