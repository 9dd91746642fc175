import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { agentOn } from './agent-process.ts';
import { addAgency, freePort, freshFolder, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';

const AGENCY = 'Y00.01';

afterAll(clearLeftovers);

/** A collector with TLS under an address that is not loopback to the agent, and an agent that has joined and reported. */
async function joinedAgent() {
  const port = await freePort();
  const environment = { TRAMDO_LISTEN: `0.0.0.0:${port}`, TRAMDO_ADDRESS: `127.0.0.1:${port}` };
  const settings = { dataFolder: join(freshFolder('collector'), 'data'), port, environment };
  const collector = await startCollector(settings);
  await addAgency(collector, AGENCY);
  const agent = agentOn(undefined, { environment: { LC_ALL: 'C', TZ: 'UTC' } });
  const joined = await agent.command('join', await collector.joinString(AGENCY));
  if (joined.status !== 0) throw new Error(joined.stderr);
  await agent.command('report');
  return { collector, agent, port };
}

/** What differs from machine to machine and from run to run, and what depends on who runs the test. */
function settled(text: string, replacements: Readonly<Record<string, string>>): string {
  let said = text;
  for (const [found, word] of Object.entries(replacements)) said = said.replaceAll(found, word);
  return said
    .split('\n')
    .filter(
      (line) =>
        !/(?:Permission|Service|Probes|Quyền|Dịch vụ|Các phần kiểm tra): |^(?:All |One |\d|Mọi |Có )/.test(line),
    )
    .join('\n')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|\d\d\/\d\d\/\d{4} \d\d:\d\d/g, 'DATE')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'MACHINE')
    .replaceAll(/(?<=pin\)? ?[^:]*: )[A-Za-z0-9_-]{43}/g, 'PIN')
    .replaceAll(/[\d.,]+ ms\b/g, 'N ms')
    .replaceAll(/[\d.,]+ [GM]B\b/g, 'N MB')
    .replaceAll(/(?<=tramdo-agent )\d[\d.]+/g, 'VERSION')
    .replaceAll(/Node v[\d.]+, \w+/g, 'Node VERSION, PLATFORM')
    .replaceAll(/[\d.,]+ (?:giây|seconds)(?= off| so)/g, 'OFFSET');
}

describe('doctor', () => {
  it.each(['vi', 'en'])(
    'says that all is well, that the collector is away and that the key is damaged, in %s',
    async (lang) => {
      const { collector, agent, port } = await joinedAgent();
      const folder = agent.stateFolder;
      const known = { [folder]: 'STATE', [String(port)]: 'PORT' };
      const well = await agent.command('doctor', '--lang', lang);
      await collector.kill();
      const away = await agent.command('doctor', '--lang', lang);
      writeFileSync(join(folder, 'identity.json'), readFileSync(join(folder, 'identity.json')).subarray(0, 100));
      const damaged = await agent.command('doctor', '--lang', lang);
      const said = [well, away, damaged].map(({ stdout, stderr }) => settled(stdout + stderr, known));
      expect([away.status, damaged.status]).toEqual([1, 1]);
      await expect(said.join('\n')).toMatchFileSnapshot(`../golden/doctor-${lang}.txt`);
    },
  );

  it('prints one document for scripts, without secrets', async () => {
    const { collector, agent } = await joinedAgent();
    const { stdout } = await agent.command('doctor', '--json', '--lang', 'en');
    const document: { checks: { id: string; state: string; title: string; found: string }[] } = JSON.parse(stdout);
    expect(document).toMatchObject({ agentVersion: expect.any(String), language: 'en', platform: process.platform });
    const states = Object.fromEntries(document.checks.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({ joined: 'good', folder: 'good', connection: 'good', trust: 'good', clock: 'good' });
    const { privateKey }: { privateKey: { d: string } } = JSON.parse(
      readFileSync(join(agent.stateFolder, 'identity.json'), 'utf8'),
    );
    expect(stdout).not.toContain(privateKey.d);
    await collector.kill();
  });

  it('warns of a key that other accounts may read, and of files that begin anew', async () => {
    const { collector, agent } = await joinedAgent();
    chmodSync(join(agent.stateFolder, 'identity.json'), 0o644);
    writeFileSync(join(agent.stateFolder, 'state.json'), '{"lastSeq":');
    const { stdout, status } = await agent.command('doctor', '--lang', 'en');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ WRONG {4}State folder: ".*identity\.json" can be read by other accounts \(mode 644\)/m);
    expect(stdout).toMatch(/^\? NOTE {5}State files: damaged: state\.json\. To do: nothing: /m);
    await collector.kill();
  });
});
