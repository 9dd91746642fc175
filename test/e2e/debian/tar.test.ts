import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashFile } from '#agent/packaging/hash-file.ts';
import { addAgency, type CollectorProcess, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { builtPackages } from './built-packages.ts';
import { type InstalledAgent, installedAgent } from './installed-agent.ts';
import { bootThrowAwaySystem, SHARED_FOLDER, stopThrowAwaySystems, type ThrowAwaySystem } from './throw-away-system.ts';

const AGENCY = 'H47.12';
const SOON = { timeout: 60_000, interval: 500 };
const INTERVALS = '{attemptsMs: 1000, reportMs: 2000, inventoryMs: 86400000}';

const packageList = z.object({
  version: z.string(),
  files: z.array(
    z.strictObject({
      name: z.string(),
      sha256: z.string(),
      bytes: z.int(),
      platform: z.string(),
      architecture: z.string(),
      format: z.string(),
    }),
  ),
});

let packages: string;
let system: ThrowAwaySystem;
let collector: CollectorProcess;
let agent: InstalledAgent;

beforeAll(async () => {
  packages = await builtPackages('--only', 'tar');
  collector = await startCollector({ environment: { TRAMDO_INTERVALS: INTERVALS } });
  await addAgency(collector, AGENCY);
  system = await bootThrowAwaySystem(packages);
  agent = installedAgent(system, collector);
}, 600_000);

afterAll(async () => {
  await stopThrowAwaySystems();
  await clearLeftovers();
});

function contentOf(name: string): readonly string[] {
  const listed = execFileSync('tar', ['-tvzf', join(packages, name)], { encoding: 'utf8' })
    .trim()
    .split('\n');
  return listed.map((line) => {
    const [mode, owner, , , , path] = line.split(/\s+/);
    return `${mode} ${owner} ${path}`;
  });
}

describe('the archives', () => {
  it('are in the list of packages with size and hash, sorted by name', () => {
    const { files } = packageList.parse(JSON.parse(readFileSync(join(packages, 'packages.json'), 'utf8')));
    expect(files.map(({ name, platform, architecture, format }) => [name, platform, architecture, format])).toEqual([
      ['tramdo-agent-0.1.0-linux-arm64.tar.gz', 'linux', 'arm64', 'tar'],
      ['tramdo-agent-0.1.0-linux-x64.tar.gz', 'linux', 'x64', 'tar'],
      ['tramdo-agent-0.1.0-macos-arm64.tar.gz', 'darwin', 'arm64', 'tar'],
      ['tramdo-agent-0.1.0-macos-x64.tar.gz', 'darwin', 'x64', 'tar'],
    ]);
    for (const { name, sha256, bytes } of files) {
      const path = join(packages, name);
      expect({ sha256, bytes }).toEqual({ sha256: hashFile(path), bytes: readFileSync(path).byteLength });
    }
  });

  it.each(['linux-x64', 'linux-arm64', 'macos-x64', 'macos-arm64'])('for %s hold one folder', (target) => {
    expect(contentOf(`tramdo-agent-0.1.0-${target}.tar.gz`)).toEqual([
      'drwxr-xr-x root/root tramdo-agent/',
      '-rw-r--r-- root/root tramdo-agent/LICENSE',
      '-rw-r--r-- root/root tramdo-agent/LICENSE-node',
      '-rw-r--r-- root/root tramdo-agent/README',
      '-rw-r--r-- root/root tramdo-agent/agent-report.mjs',
      '-rw-r--r-- root/root tramdo-agent/agent.mjs',
      '-rwxr-xr-x root/root tramdo-agent/node',
      '-rwxr-xr-x root/root tramdo-agent/tramdo-agent',
      '-rw-r--r-- root/root tramdo-agent/tramdo-agent.mjs',
    ]);
  });
});

describe('packages that are made twice', { timeout: 300_000 }, () => {
  it.each([
    ['deb-x64', 'tramdo-agent_0.1.0_amd64.deb'],
    ['msi-x86', 'tramdo-agent-x86.msi'],
    ['rpm-x64', 'tramdo-agent-0.1.0-1.x86_64.rpm'],
    ['tar-x64', 'tramdo-agent-0.1.0-linux-x64.tar.gz'],
  ])('are the same bytes: %s', async (what, name) => {
    const [one, other] = [await builtPackages('--only', what), await builtPackages('--only', what)];
    expect(hashFile(join(other, name))).toBe(hashFile(join(one, name)));
  });
});

/** In a throw-away Debian; nothing of macOS runs here. */
describe('the archive for Linux, in a folder of its own', () => {
  it('becomes a service that joins and reports', async () => {
    system.output('tar', '-xzf', `${SHARED_FOLDER}/tramdo-agent-0.1.0-linux-x64.tar.gz`, '-C', '/opt');
    system.output('ln', '-s', '/opt/tramdo-agent/tramdo-agent', '/usr/local/bin/tramdo-agent');
    expect(system.output('/usr/local/bin/tramdo-agent', '--version')).toBe('0.1.0\n');
    const joinString = await collector.joinString(AGENCY);
    system.output('/usr/local/bin/tramdo-agent', 'service', 'install', '--resident', '--join', joinString);
    await expect.poll(agent.reportCount, SOON).toBeGreaterThan(1);
    expect(system.output('systemctl', 'is-active', 'tramdo-agent.service')).toBe('active\n');
  });

  it('leaves nothing but its folder after "service uninstall --purge"', () => {
    system.output('/usr/local/bin/tramdo-agent', 'service', 'uninstall', '--purge');
    const left = system.run('find', '/etc', '/var/lib', '/run', '-xdev', '-name', '*tramdo-agent*').stdout;
    expect(left).toBe('');
  });
});
