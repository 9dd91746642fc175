import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderInstallScript } from '#collector/downloads/install-script.ts';
import { openOwnCertificate, pinOf } from '#collector/http/own-certificate.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { formatJoinString, parseJoinString } from '#shared/join-string.ts';
import { runProgram } from '../../child-process.ts';
import { PACKAGE_KINDS, packageOf } from '../../collector/downloads/package-folder.ts';
import { storedMachine } from '../collector-database.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { builtPackages } from './built-packages.ts';
import { debianProgram } from './debian-program.ts';

const AGENCY = 'Y00.01';
/** Packages are made and installed several times. */
const PATIENCE = { timeout: 600_000 };
const PROGRAM_FOLDER = '/usr/lib/tramdo-agent';
const IDENTITY = '/var/lib/tramdo-agent/identity.json';

/** Runs a line as a person's shell does; `sudo` is not needed and not there. */
async function runLine(line: string, environment: Readonly<Record<string, string>> = {}) {
  const folder = freshFolder('sudo');
  writeFileSync(join(folder, 'sudo'), '#!/bin/sh\nexec "$@"\n');
  chmodSync(join(folder, 'sudo'), 0o755);
  const env = { PATH: `${folder}:${process.env['PATH']}`, LANG: 'C', LC_ALL: 'C', ...environment };
  return runProgram(['-c', line], { program: '/bin/sh', environment: env });
}

const removeAgent = () => runProgram(['--purge', 'tramdo-agent'], { program: '/usr/bin/dpkg' });

/** What a person does who installed from an archive. */
async function removeUnpacked(): Promise<void> {
  if (!existsSync(PROGRAM_FOLDER)) return;
  await runProgram(['service', 'uninstall', '--purge'], { program: '/usr/bin/tramdo-agent' });
  for (const path of [PROGRAM_FOLDER, '/usr/bin/tramdo-agent']) rmSync(path, { recursive: true, force: true });
}

/** A collector with TLS and pin that serves a folder of packages. */
async function collectorServing(packages: string): Promise<CollectorProcess> {
  const port = await freePort();
  const addresses = { TRAMDO_LISTEN: `0.0.0.0:${port}`, TRAMDO_ADDRESS: `127.0.0.1:${port}` };
  const collector = await startCollector({ port, environment: { ...addresses, TRAMDO_PACKAGES: packages } });
  await addAgency(collector, AGENCY);
  return collector;
}

async function printedLine(collector: CollectorProcess): Promise<string> {
  const told = await collector.command('token', 'create', AGENCY);
  return told.split('\n').find((line) => line.startsWith('curl ')) ?? '';
}

/** A TLS server with a pin that hands out an honest script and a package that was changed on the way. */
async function dishonestServer() {
  const folder = DataFolder.open(freshFolder('dishonest'));
  const { certificate, key } = await openOwnCertificate(folder, ['127.0.0.1'], Date.now());
  const list = { version: '0.9.0', files: PACKAGE_KINDS.map((kind) => packageOf(kind)) };
  const asked: string[] = [];
  const server = createServer({ cert: certificate, key }, (request, response) => {
    asked.push(request.url ?? '');
    response.end(request.url === '/install.sh' ? renderInstallScript('install.sh', list) : 'not the package');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const join = { host: '127.0.0.1', port, token: 'token-that-nobody-may-hear', pin: pinOf(certificate) };
  return { join, joinString: formatJoinString(join), asked, close: () => server.close() };
}

function shellLine(joinString: string, trusted = parseJoinString(joinString).pin ?? ''): string {
  const { host, port } = parseJoinString(joinString);
  const pin = Buffer.from(trusted, 'base64url').toString('base64');
  return `curl -fsSk --pinnedpubkey 'sha256//${pin}' https://${host}:${port}/install.sh | sudo sh -s -- '${joinString}'`;
}

beforeAll(() => {
  debianProgram('/usr/bin/curl', 'curl');
});

afterAll(async () => {
  await removeAgent();
  await removeUnpacked();
  await clearLeftovers();
});

describe('the printed shell line', () => {
  it('installs, joins and reports; again it changes nothing; with newer packages it upgrades', PATIENCE, async () => {
    await removeAgent();
    const first = await collectorServing(await builtPackages('--only', 'deb-x64', '--version', '0.8.0'));
    const line = await printedLine(first);
    const installed = await runLine(line);
    expect(installed).toMatchObject({ status: 0, stdout: expect.stringContaining('Downloading tramdo-agent_0.8.0_') });
    const { machineId }: { machineId: string } = JSON.parse(readFileSync(IDENTITY, 'utf8'));
    const report = await runProgram(['report'], { program: '/usr/bin/tramdo-agent' });
    expect(report).toMatchObject({ status: 0, stdout: expect.stringContaining('was acknowledged') });
    expect(storedMachine(first.dataFolder, machineId).reportCount).toBeGreaterThan(0);

    const again = await runLine(line);
    expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining('0.8.0 or newer is installed already') });
    await first.stop();
    const newer = await collectorServing(await builtPackages('--only', 'deb-x64', '--version', '0.8.1'));
    const upgraded = await runLine(await printedLine(newer), { LC_ALL: 'vi_VN.UTF-8' });
    expect(upgraded).toMatchObject({ status: 0, stdout: expect.stringContaining('Đang tải tramdo-agent_0.8.1_') });
    expect(JSON.parse(readFileSync(IDENTITY, 'utf8'))).toMatchObject({ machineId });
    await newer.kill();
    await removeAgent();
    expect([existsSync(PROGRAM_FOLDER), existsSync(IDENTITY)]).toEqual([false, false]);
  });
});

describe('the printed shell line where there is no package of the system’s own format', () => {
  it('unpacks the archive, joins, and takes a newer archive in place of the old one', PATIENCE, async () => {
    await removeAgent();
    const machineIds: string[] = [];
    for (const version of ['0.8.0', '0.8.1']) {
      const collector = await collectorServing(await builtPackages('--only', 'tar-x64', '--version', version));
      const line = await printedLine(collector);
      const name = `tramdo-agent-${version}-linux-x64.tar.gz`;
      expect(await runLine(line)).toMatchObject({ status: 0, stdout: expect.stringContaining(`Downloading ${name}`) });
      const told = await runProgram(['status'], { program: '/usr/bin/tramdo-agent' });
      machineIds.push(/[0-9a-f]{8}-[0-9a-f-]{27}/.exec(told.stdout)?.[0] ?? 'none');
      expect(await runLine(line)).toMatchObject({ status: 0, stdout: expect.stringContaining('installed already') });
      await collector.kill();
    }
    expect(machineIds).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), machineIds[0]]);
    const leftovers = ['.new', '.old'].filter((ending) => existsSync(`${PROGRAM_FOLDER}${ending}`));
    expect(leftovers).toEqual([]);
    await removeUnpacked();
  });
});

describe('curl with a pin', () => {
  it('asks for nothing and runs nothing when the pin is another one, though it is told -k', async () => {
    const server = await dishonestServer();
    const ran = await runLine(shellLine(server.joinString, 'A'.repeat(43)));
    expect(ran.stdout).toBe('');
    expect(ran.stderr).toMatch(/^curl: \(90\) SSL: public key does not match pinned public key/);
    expect(server.asked).toEqual([]);
    server.close();
  });
});

describe('install.sh', () => {
  it('refuses a package that was changed on the way and installs nothing', async () => {
    await removeAgent();
    const server = await dishonestServer();
    const ran = await runLine(shellLine(server.joinString));
    expect([ran.status, ran.stderr]).toEqual([
      6,
      expect.stringMatching(
        /^Refused tramdo-agent_0.9.0_amd64.deb: its SHA-256 is [0-9a-f]{64} and not [0-9a-f]{64}\./,
      ),
    ]);
    expect(server.asked).toEqual(['/install.sh', '/packages/tramdo-agent_0.9.0_amd64.deb']);
    expect(existsSync(PROGRAM_FOLDER)).toBe(false);
    server.close();
  });

  it('compares the pin for packages too: with another one in the join string nothing is downloaded', async () => {
    const server = await dishonestServer();
    const other = formatJoinString({ ...server.join, pin: 'A'.repeat(43) });
    const ran = await runLine(shellLine(other, server.join.pin));
    expect([ran.status, server.asked]).toEqual([5, ['/install.sh']]);
    server.close();
  });

  it('downloads with wget and its pin where there is no curl', async () => {
    const server = await dishonestServer();
    const tools = toolsWithout('curl');
    const list = { version: '0.9.0', files: PACKAGE_KINDS.map((kind) => packageOf(kind)) };
    const script = join(freshFolder('script'), 'install.sh');
    writeFileSync(script, renderInstallScript('install.sh', list));
    const run = (joinString: string) => runLine(`sh ${script} '${joinString}'`, { PATH: tools });
    expect((await run(server.joinString)).status).toBe(6);
    expect(server.asked).toEqual(['/packages/tramdo-agent_0.9.0_amd64.deb']);
    const other = formatJoinString({ ...server.join, pin: 'A'.repeat(43) });
    expect((await run(other)).status).toBe(5);
    expect(server.asked).toHaveLength(1);
    server.close();
  });

  it.each([
    {
      what: 'a processor without a package',
      name: 'uname',
      says: 'case $1 in -m) echo riscv64;; *) echo Linux;; esac',
    },
    { what: 'a system without an agent', name: 'uname', says: 'echo FreeBSD' },
    { what: 'a 32-bit system', name: 'getconf', says: 'echo 32' },
    { what: 'musl', name: 'ldd', says: "echo 'musl libc (x86_64)' >&2" },
  ])('refuses $what with status 4', async ({ name, says }) => {
    const server = await dishonestServer();
    const folder = freshFolder('stub');
    writeFileSync(join(folder, name), `#!/bin/sh\n${says}\n`);
    chmodSync(join(folder, name), 0o755);
    const ran = await runLine(`PATH=${folder}:$PATH; ${shellLine(server.joinString)}`);
    expect([ran.status, server.asked]).toEqual([4, ['/install.sh']]);
    server.close();
  });

  it('has nothing that shellcheck complains of', async () => {
    const program = debianProgram('/usr/bin/shellcheck', 'shellcheck');
    const script = join(import.meta.dirname, '../../../collector/downloads/install.sh');
    expect(await runProgram(['-s', 'sh', script], { program })).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('is understood by the shell of busybox', async () => {
    const program = debianProgram('/usr/bin/busybox', 'busybox-static');
    const script = join(import.meta.dirname, '../../../collector/downloads/install.sh');
    expect(await runProgram(['sh', '-n', script], { program })).toEqual({ status: 0, stdout: '', stderr: '' });
    const refused = await runProgram(['sh', script, 'tramdo://x'], { program, environment: { LC_ALL: 'C' } });
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringMatching(/^The join string is not complete/) });
  });
});

/** A folder with links to every program the script may use but one. */
function toolsWithout(missing: string): string {
  const folder = join(freshFolder('tools'), 'bin');
  mkdirSync(folder);
  const names = ['cat', 'cut', 'curl', 'dpkg', 'dpkg-query', 'getconf', 'grep', 'id', 'ldd', 'mktemp', 'rm'];
  for (const name of [...names, 'sh', 'sha256sum', 'tr', 'uname', 'wget', 'bash'].filter((one) => one !== missing)) {
    const path = ['/usr/bin', '/bin'].map((place) => join(place, name)).find((one) => existsSync(one));
    if (path !== undefined) writeFileSync(join(folder, name), `#!/bin/sh\nexec ${path} "$@"\n`, { mode: 0o755 });
  }
  return folder;
}
