import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAgency, type CollectorProcess, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { builtPackages } from './built-packages.ts';
import { debianProgram } from './debian-program.ts';
import { type InstalledAgent, installedAgent } from './installed-agent.ts';
import { bootThrowAwaySystem, SHARED_FOLDER, stopThrowAwaySystems, type ThrowAwaySystem } from './throw-away-system.ts';

const AGENCY = 'H47.08';
const SOON = { timeout: 60_000, interval: 500 };
const INTERVALS = '{attemptsMs: 1000, reportMs: 2000, inventoryMs: 86400000}';
const UNIT = 'tramdo-agent.service';
/** What systemd calls "OK"; a program of root without any sandbox has 9.6. */
const WORST_EXPOSURE = 5;
/** Probes whose value is another at every look. */
const VOLATILE = ['connectivity', 'self', 'time'];

let packages: string;
let newerPackages: string;
let system: ThrowAwaySystem;
let collector: CollectorProcess;
let agent: InstalledAgent;

beforeAll(async () => {
  packages = await builtPackages('--only', 'deb');
  newerPackages = await builtPackages('--only', 'deb-x64', '--version', '9.8.7');
  collector = await startCollector({ environment: { TRAMDO_INTERVALS: INTERVALS } });
  await addAgency(collector, AGENCY);
  execFileSync('cp', [join(newerPackages, 'tramdo-agent_9.8.7_amd64.deb'), packages]);
  system = await bootThrowAwaySystem(packages);
  agent = installedAgent(system, collector);
}, 600_000);

afterAll(async () => {
  await stopThrowAwaySystems();
  await clearLeftovers();
});

const packageOf = (version: string) => `${SHARED_FOLDER}/tramdo-agent_${version}_amd64.deb`;

async function reportsGoOn(): Promise<void> {
  const before = agent.reportCount();
  await expect.poll(agent.reportCount, SOON).toBeGreaterThan(before + 1);
}

function isActive(): string {
  return system.run('systemctl', 'is-active', UNIT).stdout.trim();
}

function withoutVolatile(values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(values).filter(([id]) => !VOLATILE.includes(id)));
}

/** Really installed, in a throw-away copy of this machine with a real systemd; the steps build on each other. */
describe('the package for Debian', () => {
  it('has nothing that lintian complains of beside what its overrides give a reason for', () => {
    const lintian = debianProgram('/usr/bin/lintian', 'lintian');
    const file = join(packages, 'tramdo-agent_0.1.0_amd64.deb');
    expect(execFileSync(lintian, ['--allow-root', file], { encoding: 'utf8' })).toBe('');
  });

  it('holds the same files for both architectures, each with its own runtime', () => {
    const files = (architecture: string) =>
      execFileSync('dpkg-deb', ['--contents', join(packages, `tramdo-agent_0.1.0_${architecture}.deb`)], {
        encoding: 'utf8',
      })
        .split('\n')
        .map((line) => [line.split(/\s+/)[0], line.split(/\s+/)[1], line.split(/\s+/)[5]].join(' '));
    expect(files('arm64')).toEqual(files('amd64'));
    const machineOf = (architecture: string) =>
      execFileSync('sh', [
        '-c',
        'dpkg-deb --fsys-tarfile "$1" | tar -xO ./usr/lib/tramdo-agent/node | head -c 20',
        'sh',
        join(packages, `tramdo-agent_0.1.0_${architecture}.deb`),
      ]).readUInt16LE(18);
    // EM_AARCH64 and EM_X86_64 of elf(5).
    expect([machineOf('arm64'), machineOf('amd64')]).toEqual([183, 62]);
  });

  it('installs with what every Debian has, and starts nothing before it is told a collector', () => {
    system.output('dpkg', '--install', packageOf('0.1.0'));
    expect(system.output('dpkg', '--verify', 'tramdo-agent')).toBe('');
    expect(isActive()).toBe('inactive');
    expect(system.run('test', '-e', '/var/lib/tramdo-agent').status).toBe(1);
  });

  it('lets nobody but root change the program', () => {
    const open = ['-perm', '/022', '-o', '-not', '-user', 'root', '-o', '-not', '-group', 'root'];
    expect(system.output('find', '/usr/lib/tramdo-agent', '/usr/bin/tramdo-agent', ...open)).toBe('');
  });

  it('joins by one command, and the sandboxed service reports by itself', async () => {
    const joined = system.run(
      'tramdo-agent',
      'service',
      'install',
      '--resident',
      '--join',
      await collector.joinString(AGENCY),
    );
    expect(joined).toMatchObject({ status: 0 });
    await expect.poll(isActive, SOON).toBe('active');
    await expect.poll(agent.reportCount, SOON).toBeGreaterThan(1);
    expect(agent.versions()).toMatchObject({ agentVersion: '0.1.0', runtime: expect.stringMatching(/^v24\./) });
    // The unit of the package serves: no copy of it goes stale in /etc.
    expect(system.output('systemctl', 'show', '--property=FragmentPath', UNIT)).toMatch(
      /=\/(?:usr\/)?lib\/systemd\/system\//,
    );
  });

  it('sees inside the sandbox what root sees outside of it', () => {
    const outside = withoutVolatile(agent.seenOutside());
    expect(Object.values(outside).filter((value) => value !== null).length).toBeGreaterThan(7);
    expect(withoutVolatile(agent.values())).toEqual(outside);
  });

  it('is as little exposed as systemd can tell', () => {
    const threshold = `--threshold=${WORST_EXPOSURE * 10}`;
    expect(system.run('systemd-analyze', 'security', threshold, '--no-pager', UNIT)).toMatchObject({ status: 0 });
    expect(system.run('systemd-analyze', 'verify', `/usr/lib/systemd/system/${UNIT}`)).toMatchObject({
      status: 0,
      stderr: '',
    });
  });

  it('keeps the key from other accounts', () => {
    expect(system.output('stat', '--format=%a %U', '/var/lib/tramdo-agent')).toBe('700 root\n');
    expect(system.run('runuser', '-u', 'nobody', '--', 'cat', '/var/lib/tramdo-agent/identity.json').status).toBe(1);
  });

  it('is started again when it is killed', async () => {
    system.output('systemctl', 'kill', '--signal=KILL', UNIT);
    await reportsGoOn();
    expect(isActive()).toBe('active');
  });

  it('is upgraded in place, goes on at once and stays the same machine', async () => {
    const machineId = agent.machineId();
    system.output('dpkg', '--install', packageOf('9.8.7'));
    await expect.poll(() => agent.versions().agentVersion, SOON).toBe('9.8.7');
    expect({ machineId: agent.machineId(), active: isActive() }).toEqual({ machineId, active: 'active' });
    await reportsGoOn();
  });

  it('leaves the state when it is removed, and goes on as the same machine when it comes back', async () => {
    const machineId = agent.machineId();
    system.output('dpkg', '--remove', 'tramdo-agent');
    expect(system.run('test', '-e', '/usr/lib/tramdo-agent').status).toBe(1);
    expect(isActive()).toBe('inactive');
    expect(agent.machineId()).toBe(machineId);
    system.output('dpkg', '--install', packageOf('9.8.7'));
    await reportsGoOn();
    expect(agent.machineId()).toBe(machineId);
  });

  it('leaves nothing when it is purged', () => {
    system.output('dpkg', '--purge', 'tramdo-agent');
    expect(isActive()).toBe('inactive');
    const folders = ['/etc', '/usr/bin', '/usr/lib', '/usr/share', '/var/lib', '/run'];
    const left = system.run('find', ...folders, '-xdev', '-name', '*tramdo-agent*').stdout;
    expect(left).toBe('');
    expect(system.run('dpkg', '--status', 'tramdo-agent').status).toBe(1);
  });
});
