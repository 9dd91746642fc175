import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashFile } from '#agent/packaging/hash-file.ts';
import { runtimeNamed } from '#agent/packaging/runtime.ts';
import type { EndedProgram } from '../../child-process.ts';
import { type BeaconProcess, startBeaconProcess } from '../beacon-process.ts';
import { storedMachine } from '../collector-database.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { readMetrics, readReportCounts } from '../metric-samples.ts';
import { builtPackages } from './built-packages.ts';
import { msiProperty, msiTable } from './msi-database.ts';
import { makeWinePrefix, REFUSED_STATUSES, stopWinePrefixes, type WinePrefix } from './wine-prefix.ts';

const AGENCY = 'H47.09';
const PROGRAM = 'Program Files/tramdo-agent';
const STATE = 'ProgramData/tramdo-agent';
const TASK = 'windows/system32/tasks/tramdo-agent';
const UNINSTALL_KEY = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall';
const PROGRAM_FILES = [
  'LICENSE',
  'LICENSE-node',
  'agent-report.mjs',
  'agent.mjs',
  'node.exe',
  'tramdo-agent.cmd',
  'tramdo-agent.mjs',
];

const attemptRound = z.object({
  entries: z.array(
    z.object({
      rttMs: z.number().optional(),
      failure: z.string().optional(),
      receipt: z.object({ kid: z.string(), observedAddress: z.string() }).optional(),
    }),
  ),
  paths: z.array(z.unknown()).optional(),
});
const identityFile = z.object({ machineId: z.string() });

let packages: string;
let older: string;
let newer: string;
let wine: WinePrefix;
let collector: CollectorProcess;
let beacon: BeaconProcess;

beforeAll(async () => {
  packages = await builtPackages('--only', 'msi');
  older = join(await builtPackages('--wine'), 'tramdo-agent-x64-wine.msi');
  newer = join(await builtPackages('--wine', '--version', '9.8.7'), 'tramdo-agent-x64-wine.msi');
  beacon = await startBeaconProcess();
  const dead = `tcp://127.0.0.1:${await freePort()}`;
  const networks = [
    { id: 'tslcd', name: 'TSLCD', kind: 'tslcd', targets: [beacon.target], beaconKeys: [beacon.publicKey] },
    { id: 'wan', name: 'WAN', kind: 'wan', targets: [`tcp://127.0.0.1:${beacon.port}`, dead, 'icmp://127.0.0.1'] },
  ];
  collector = await startCollector({ environment: { TRAMDO_NETWORKS: JSON.stringify(networks) } });
  await addAgency(collector, AGENCY);
  wine = makeWinePrefix();
}, 600_000);

afterAll(async () => {
  stopWinePrefixes();
  await clearLeftovers();
});

function install(path: string, ...properties: string[]) {
  return wine.run('msiexec', '/i', path, '/qn', ...properties);
}

function machineId(): string {
  return identityFile.parse(JSON.parse(wine.text(`${STATE}/identity.json`) ?? '{}')).machineId;
}

/** What the agent said during the installation is the reason when it failed. */
function expectDone({ status, stdout, stderr }: EndedProgram): void {
  expect(status, `${stdout}${stderr}`).toBe(0);
}

/** Name and version of the products in "Programs and Features". */
function products(): readonly string[] {
  const { stdout } = wine.run('reg', 'query', UNINSTALL_KEY, '/s');
  return [...stdout.matchAll(/^ +Display(?:Name|Version) +REG_SZ +(.*)$/gm)].map(([, value = '']) => value);
}

describe('the installers for Windows', () => {
  it.each(['x64', 'x86'] as const)('for %s hold the pinned runtime and the files of the agent', (architecture) => {
    const folder = freshFolder('msi');
    execFileSync('msiextract', ['--directory', folder, join(packages, `tramdo-agent-${architecture}.msi`)]);
    const files = execFileSync('find', [folder, '-type', 'f', '-printf', '%f %p\n'], { encoding: 'utf8' }).trim();
    const paths = new Map(files.split('\n').map((line) => [line.split(' ')[0], line.slice(line.indexOf(' ') + 1)]));
    expect([...paths.keys()].toSorted()).toEqual(PROGRAM_FILES);
    const node = paths.get('node.exe') ?? '';
    expect(hashFile(node)).toBe(runtimeNamed(`win32-${architecture}`).programSha256);
    // Machine of the COFF header (PE format): AMD64 or I386.
    const head = readFileSync(node).subarray(0, 4_096);
    expect(head.readUInt16LE(head.readUInt32LE(0x3c) + 4)).toBe(architecture === 'x64' ? 0x8664 : 0x14c);
  });

  it('differ in nothing else than folder, runtime and the refusal of a 64-bit Windows', () => {
    const [x64, x86] = ['x64', 'x86'].map((architecture) => join(packages, `tramdo-agent-${architecture}.msi`));
    if (x64 === undefined || x86 === undefined) throw new Error('no packages');
    for (const table of ['CustomAction', 'InstallExecuteSequence', 'Upgrade']) {
      expect([...msiTable(x86, table)]).toEqual([...msiTable(x64, table)]);
    }
    const bits = (path: string) => [...msiTable(path, 'Component').values()].map(([, , attributes]) => attributes);
    expect([new Set(bits(x64)), new Set(bits(x86))]).toEqual([new Set(['256']), new Set(['0'])]);
    const refusals = [...msiTable(x86, 'LaunchCondition').keys()].filter(
      (condition) => !msiTable(x64, 'LaunchCondition').has(condition),
    );
    expect(refusals).toEqual(['Installed OR NOT VersionNT64']);
  });

  it('keep the join string and the proxy with its password out of the log', () => {
    const path = join(packages, 'tramdo-agent-x64.msi');
    expect(msiProperty(path, 'MsiHiddenProperties')).toBe('JOIN;PROXY;JoinArgument;ProxyArgument');
    const hidden = [...msiTable(path, 'CustomAction')].filter(([, [type]]) => (Number(type) & 0x2000) !== 0);
    expect(hidden.map(([id]) => id).toSorted()).toEqual(['InstallService', 'SetJoinArgument', 'SetProxyArgument']);
  });

  it('run their programs as SYSTEM, within the installation, and use properties at the first one alone', () => {
    const path = join(packages, 'tramdo-agent-x64.msi');
    const conditions = msiTable(path, 'InstallExecuteSequence');
    const actions = [...msiTable(path, 'CustomAction')].filter(([, [, source]]) => source === 'node.exe');
    expect(actions.length).toBe(5);
    // A repair, which any user may ask for, is neither.
    const occasions = actions.map(([id]) => conditions.get(id)?.[0] ?? '');
    expect(occasions.filter((when) => !/^(?:NOT Installed|REMOVE="ALL")/.test(when))).toEqual([]);
    // In the script and not impersonated.
    expect(actions.filter(([, [type]]) => (Number(type) & 0xc00) !== 0xc00)).toEqual([]);
    const withProperties = actions.filter(([, [, , target]]) => /\[(?!AgentFolder)/.test(target ?? ''));
    expect(withProperties.map(([id]) => [id, conditions.get(id)?.[0]])).toEqual([['InstallService', 'NOT Installed']]);
  });
});

/**
 * Wine runs the installer, the runtime and the agent. What it does not show: that SYSTEM runs the actions, rights of
 * files and folders (its icacls changes nothing), the log (it ignores MsiHiddenProperties), the task at work (its
 * scheduler keeps the task and never starts it), a 32-bit runtime, group policies. The steps build on each other.
 */
describe('the installer for 64-bit Windows, in Wine', () => {
  it('is refused, and leaves nothing, when the join string cannot be read', () => {
    expect(REFUSED_STATUSES).toContain(install(older, 'JOIN=tramdo://nonsense').status);
    expect({ program: wine.names(PROGRAM), products: products() }).toEqual({ program: [], products: [] });
  });

  it('of 32 bits is refused', () => {
    const { status } = install(join(packages, 'tramdo-agent-x86.msi'));
    expect(REFUSED_STATUSES).toContain(status);
    expect(products()).toEqual([]);
  });

  it('is installed while the collector is away, and keeps the join string', async () => {
    const away = `127.0.0.1:${await freePort()}`;
    const joinString = (await collector.joinString(AGENCY)).replace(/127\.0\.0\.1:\d+/, away);
    expectDone(install(older, `JOIN=${joinString}`));
    expect(wine.text(`${STATE}/pending-join.json`)).toContain(away);
    expectDone(wine.run('msiexec', '/x', older, '/qn'));
    expect(wine.names(STATE)).toEqual([]);
  });

  it('installs the program, registers product and task, joins, and remembers the proxy', async () => {
    // A proxy is not asked for loopback.
    const proxy = `http://user1:secret@127.0.0.1:${await freePort()}`;
    expectDone(install(older, `JOIN=${await collector.joinString(AGENCY)}`, `PROXY=${proxy}`));
    expect(wine.names(PROGRAM)).toEqual(PROGRAM_FILES);
    expect(products()).toEqual(['tramdo agent', '0.1.0']);
    // Wine keeps of the text that it was given neither triggers nor actions.
    expect(wine.text(TASK)).toContain('<URI>\\tramdo-agent</URI>');
    expect(machineId()).toMatch(/^[0-9a-f-]{36}$/);
    expect(wine.text(`${STATE}/identity.json`)).toContain(proxy);
  });

  it('leaves a runtime and an agent that report, and the collector counts the report', () => {
    expect(wine.agent('report')).toMatchObject({ status: 0, stdout: 'Report 1 was acknowledged.\n' });
    expect(storedMachine(collector.dataFolder, machineId()).reportCount).toBe(1);
  });

  it('leaves an agent that tries networks by Windows, with the receipt of a beacon', () => {
    const [round] = (wine.text(`${STATE}/attempts.jsonl`) ?? '').split('\n');
    const { entries, paths } = attemptRound.parse(JSON.parse(round ?? ''));
    expect(entries.map(({ rttMs, failure }) => failure ?? typeof rttMs)).toEqual([
      'number',
      'number',
      'REFUSED',
      'number',
    ]);
    expect(entries[0]?.receipt).toEqual({ kid: beacon.kid, observedAddress: '127.0.0.1' });
    expect(paths).toEqual([{ interface: 'lo', source: '127.0.0.1/8' }]);
  });

  it('is verified by that receipt on the collector', async () => {
    const samples = await readMetrics(collector);
    const agencies = ['tslcd', 'wan'].map((network) =>
      ['verified', 'reached'].map((result) =>
        samples.get(`tramdo_network_agencies{level="unit",network="${network}",result="${result}"}`),
      ),
    );
    expect(agencies).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('shows the machine in the metrics of the collector', async () => {
    expect(await readReportCounts(collector)).toEqual({ accepted: 1 });
  });

  it('leaves a command for people', () => {
    const { status, stdout } = wine.run('cmd', '/c', 'C:\\Program Files\\tramdo-agent\\tramdo-agent.cmd', '--version');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '0.1.0\n' });
  });

  it('may be run again: the identity stays, and a join string of whoever asks for it is not looked at', () => {
    const before = machineId();
    expectDone(install(older, 'JOIN=tramdo://nonsense'));
    expect(machineId()).toBe(before);
  });

  it('is upgraded and stays the same machine, when the removal is told of the upgrade as Windows tells it', () => {
    const before = machineId();
    // RemoveExistingProducts sets the property in the removal; Wine does not, so the two steps are taken one by one.
    const upgrading = `UPGRADINGPRODUCTCODE=${msiProperty(newer, 'ProductCode')}`;
    expectDone(wine.run('msiexec', '/x', older, '/qn', upgrading));
    expect({ program: wine.names(PROGRAM), machineId: machineId() }).toEqual({ program: [], machineId: before });
    expectDone(install(newer));
    expect({ products: products(), machineId: machineId() }).toEqual({
      products: ['tramdo agent', '9.8.7'],
      machineId: before,
    });
    expect(wine.agent('report')).toMatchObject({ status: 0, stdout: 'Report 2 was acknowledged.\n' });
    const self = storedMachine(collector.dataFolder, before).values.get('self') ?? '';
    expect(JSON.parse(self)).toMatchObject({ agentVersion: '9.8.7' });
  });

  it('is not replaced by an older version', () => {
    expect(REFUSED_STATUSES).toContain(install(older).status);
    expect(products()).toEqual(['tramdo agent', '9.8.7']);
  });

  it('leaves nothing when it is removed: no program, no state, no task, no product', () => {
    expectDone(wine.run('msiexec', '/x', newer, '/qn'));
    expect({
      program: wine.names(PROGRAM),
      programFolder: wine.names('Program Files').includes('tramdo-agent'),
      state: wine.names('ProgramData').filter((name) => name.startsWith('tramdo')),
      task: wine.text(TASK),
      products: products(),
      registry: wine.run('reg', 'query', 'HKLM\\Software\\tramdo-agent').status,
    }).toEqual({ program: [], programFolder: false, state: [], task: undefined, products: [], registry: 1 });
  });
});
