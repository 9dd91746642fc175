import { execFileSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAgency, type CollectorProcess, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { builtPackages } from './built-packages.ts';
import { debianProgram } from './debian-program.ts';
import { type InstalledAgent, installedAgent } from './installed-agent.ts';
import { bootThrowAwaySystem, SHARED_FOLDER, stopThrowAwaySystems, type ThrowAwaySystem } from './throw-away-system.ts';

const AGENCY = 'H47.11';
const SOON = { timeout: 60_000, interval: 500 };
const INTERVALS = '{attemptsMs: 1000, reportMs: 2000, inventoryMs: 86400000}';
const UNIT = 'tramdo-agent.service';
const NEWER = 'tramdo-agent-9.8.7-1.x86_64.rpm';
/** RPM knows nothing of the packages of Debian, and Debian's rpm has to be told that this is meant. */
const HERE = ['--nodeps', '--force-debian'];

let packages: string;
let system: ThrowAwaySystem;
let collector: CollectorProcess;
let agent: InstalledAgent;

beforeAll(async () => {
  packages = await builtPackages('--only', 'rpm');
  copyFileSync(join(await builtPackages('--only', 'rpm-x64', '--version', '9.8.7'), NEWER), join(packages, NEWER));
  collector = await startCollector({ environment: { TRAMDO_INTERVALS: INTERVALS } });
  await addAgency(collector, AGENCY);
  system = await bootThrowAwaySystem(packages);
  agent = installedAgent(system, collector);
}, 600_000);

afterAll(async () => {
  await stopThrowAwaySystems();
  await clearLeftovers();
});

function ask(architecture: string, ...what: string[]): readonly string[] {
  const rpm = debianProgram('/usr/bin/rpm', 'rpm');
  const file = join(packages, `tramdo-agent-0.1.0-1.${architecture}.rpm`);
  return execFileSync(rpm, ['--query', '--package', ...what, file], { encoding: 'utf8' })
    .trim()
    .split('\n');
}

function isActive(): string {
  return system.run('systemctl', 'is-active', UNIT).stdout.trim();
}

describe('the packages for Red Hat and its like', () => {
  it('hold the same files for both architectures, owned by root and writable by nobody else', () => {
    const files = (architecture: string) =>
      ask(architecture, '--queryformat', '[%{FILENAMES} %{FILEMODES:perms} %{FILEUSERNAME}\n]');
    expect(files('aarch64')).toEqual(files('x86_64'));
    expect(files('x86_64')).toContain('/usr/lib/tramdo-agent/node -rwxr-xr-x root');
    expect(files('x86_64').filter((line) => !/ [-d]rw[-x]r-[-x]r-[-x] root$/.test(line))).toEqual([]);
  });

  it('need what the runtime loads, of the architecture, and offer no library', () => {
    const needs = (architecture: string) =>
      ask(architecture, '--requires').filter(
        (line) => /^lib\w+[+]*\.so\.\d+\(\)/.test(line) || line.includes('GLIBC_2.28'),
      );
    const expected = ['c', 'dl', 'gcc_s', 'm', 'pthread', 'stdc++'].map(
      (name) => `lib${name}.so.${{ c: 6, dl: 2, gcc_s: 1, m: 6, pthread: 0 }[name] ?? 6}()(64bit)`,
    );
    expect(needs('x86_64').toSorted()).toEqual([...expected, 'libc.so.6(GLIBC_2.28)(64bit)'].toSorted());
    expect(needs('aarch64')).toEqual(needs('x86_64'));
    expect(ask('x86_64', '--provides')).toEqual(['tramdo-agent = 0.1.0-1', 'tramdo-agent(x86-64) = 0.1.0-1']);
  });
});

/** Installed by rpm in a throw-away Debian: scripts, program and unit are real, a Red Hat around them is not. */
describe('the package for Red Hat and its like, installed', () => {
  it('starts nothing before it is told a collector; then joins and reports', async () => {
    system.output('rpm', '--install', ...HERE, `${SHARED_FOLDER}/tramdo-agent-0.1.0-1.x86_64.rpm`);
    expect(isActive()).toBe('inactive');
    system.output('tramdo-agent', 'service', 'install', '--resident', '--join', await collector.joinString(AGENCY));
    await expect.poll(agent.reportCount, SOON).toBeGreaterThan(1);
    expect(isActive()).toBe('active');
  });

  it('is upgraded in place and stays the same machine', async () => {
    const machineId = agent.machineId();
    system.output('rpm', '--upgrade', ...HERE, `${SHARED_FOLDER}/${NEWER}`);
    await expect.poll(() => agent.versions().agentVersion, SOON).toBe('9.8.7');
    expect({ machineId: agent.machineId(), active: isActive() }).toEqual({ machineId, active: 'active' });
  });

  it('is removed with its service, and leaves the state', () => {
    const machineId = agent.machineId();
    system.output('rpm', '--erase', 'tramdo-agent');
    expect({ active: isActive(), program: system.run('test', '-e', '/usr/lib/tramdo-agent').status }).toEqual({
      active: 'inactive',
      program: 1,
    });
    expect(agent.machineId()).toBe(machineId);
  });
});
