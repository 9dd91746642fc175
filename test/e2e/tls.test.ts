import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, type TLSSocket } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { openOwnCertificate, pinOf } from '#collector/http/own-certificate.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { formatJoinString, parseJoinString } from '#shared/join-string.ts';
import { agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';

const AGENCY = 'Y00.01';
const TLS_FILES = ['tls/certificate.pem', 'tls/key.pem'] as const;

afterAll(clearLeftovers);

/** Settings of a collector that the whole network reaches, and that tells agents a loopback address. */
async function openToNetwork() {
  const port = await freePort();
  const environment = { TRAMDO_LISTEN: `0.0.0.0:${port}`, TRAMDO_ADDRESS: `127.0.0.1:${port}` };
  return { dataFolder: join(freshFolder('collector'), 'data'), port, environment };
}

function filesOf({ dataFolder }: CollectorProcess): readonly string[] {
  return TLS_FILES.map((name) => readFileSync(join(dataFolder, name), 'utf8'));
}

function modeOf({ dataFolder }: CollectorProcess, name: string): string {
  return (statSync(join(dataFolder, name)).mode & 0o777).toString(8);
}

/** A TLS server that speaks with nobody, and what was sent to it inside TLS. */
async function listeningEar() {
  const folder = DataFolder.open(freshFolder('ear'));
  const { certificate, key } = await openOwnCertificate(folder, ['127.0.0.1'], Date.now());
  const heard: { connectionCount: number; bytes: number } = { connectionCount: 0, bytes: 0 };
  const server = createServer({ cert: certificate, key }, (socket: TLSSocket) => {
    socket.on('data', (bytes: Buffer) => {
      heard.bytes += bytes.length;
    });
    socket.on('error', () => socket.destroy());
  });
  server.on('connection', () => {
    heard.connectionCount += 1;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, pin: pinOf(certificate), heard, close: () => server.close() };
}

describe('a collector that the network reaches', () => {
  it('makes its certificate once, tells its pin, and takes reports of an agent that trusts the pin', async () => {
    const settings = await openToNetwork();
    const first = await startCollector(settings);
    expect(first.url).toBe(`https://localhost:${settings.port}/`);
    const made = filesOf(first);
    expect([...TLS_FILES, 'metrics-token'].map((name) => modeOf(first, name))).toEqual(['600', '600', '600']);
    await addAgency(first, AGENCY);
    const joinString = await first.joinString(AGENCY);
    expect(parseJoinString(joinString)).toMatchObject({
      host: '127.0.0.1',
      port: settings.port,
      pin: pinOf(made[0] ?? ''),
    });
    const agent = agentOn();
    const joined = await agent.command('join', joinString);
    expect(joined.stdout).toContain(`Joined agency ${AGENCY} at https://127.0.0.1:${settings.port} as machine `);
    expect(await agent.command('report')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Report 1 was acknowledged.\n',
    });
    expect((await agent.command('status')).stdout).toMatch(/^Collector: .*, trusted by its pin$/m);
    expect(await first.stop()).toBe(0);

    const again = await startCollector(settings);
    expect(filesOf(again)).toEqual(made);
    expect(await agent.command('report')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Report 2 was acknowledged.\n',
    });
    await again.kill();
  });

  it('shows pages and metrics only for the access token', async () => {
    const collector = await startCollector(await openToNetwork());
    const token = readFileSync(join(collector.dataFolder, 'metrics-token'), 'utf8').trim();
    const basic = `Basic ${Buffer.from(`prometheus:${token}`).toString('base64')}`;
    const statuses = async (headers: Readonly<Record<string, string>>) => {
      const answers = ['/metrics', '/', '/sd/agencies'].map((path) => collector.get(path, headers));
      return (await Promise.all(answers)).map(({ status }) => status);
    };
    expect(await statuses({})).toEqual([401, 401, 401]);
    expect(await statuses({ authorization: 'Bearer wrong' })).toEqual([401, 401, 401]);
    expect(await statuses({ authorization: `Bearer ${token}` })).toEqual([200, 200, 200]);
    expect(await statuses({ authorization: basic })).toEqual([200, 200, 200]);
    expect((await collector.get('/readyz')).status).toBe(200);
    expect(collector.process.lines.some((line) => line.includes(token))).toBe(false);
    await collector.kill();
  });
});

describe('an agent with a pin', () => {
  it('names both pins and sends nothing to a server with another certificate', async () => {
    const ear = await listeningEar();
    const trusted = 'A'.repeat(43);
    const target = { host: '127.0.0.1', port: ear.port, token: 'token-that-nobody-may-hear', pin: trusted };
    const refused = await agentOn().command('join', formatJoinString(target));
    expect(refused.status).toBe(1);
    expect(refused.stderr).toBe(
      `Refused the server at 127.0.0.1:${ear.port}: its certificate key has the pin "${ear.pin}", ` +
        `trusted is "${trusted}". It was issued by "127.0.0.1": when that is a device that opens TLS on the way, ask ` +
        `whoever runs it to exempt 127.0.0.1:${ear.port}; when the collector was set up anew, join again (PIN_MISMATCH)\n`,
    );
    expect(ear.heard).toEqual({ connectionCount: 1, bytes: 0 });
    ear.close();
  });

  it('keeps its reports while the key of the certificate is another one, and says why', async () => {
    const settings = await openToNetwork();
    const first = await startCollector(settings);
    await addAgency(first, AGENCY);
    const agent = agentOn();
    const { stdout } = await agent.command('join', await first.joinString(AGENCY));
    const machineId = /machine ([0-9a-f-]{36})/.exec(stdout)?.[1] ?? '';
    await first.stop();
    const kept = filesOf(first);
    const oldPin = pinOf(kept[0] ?? '');
    rmSync(join(settings.dataFolder, 'tls'), { recursive: true });
    const changed = await startCollector(settings);
    const newPin = pinOf(filesOf(changed)[0] ?? '');
    expect(newPin).not.toBe(oldPin);
    const waits = await agent.command('report');
    expect(waits.status).toBe(1);
    expect(waits.stdout).toMatch(/^Report 1 waits in the outbox: Refused the server at /);
    const status = await agent.command('status');
    expect(status.stdout).toMatch(/^Waiting: +1 reports, /m);
    expect(status.stdout).toMatch(
      new RegExp(`^Last failure: .* PIN_MISMATCH: .*"${newPin}", trusted is "${oldPin}"`, 'm'),
    );
    await changed.stop();

    const folder = DataFolder.open(settings.dataFolder);
    rmSync(folder.pathOf('tls'), { recursive: true });
    for (const [index, name] of TLS_FILES.entries()) folder.keep(name, kept[index] ?? '');
    const back = await startCollector(settings);
    expect(await agent.command('report')).toMatchObject({
      status: 0,
      stderr: '',
      stdout: 'Report 2 was acknowledged.\n',
    });
    expect(storedMachine(settings.dataFolder, machineId)).toMatchObject({ lastSeq: 2, reportCount: 2 });
    await back.kill();
  });
});

describe('an agent without a pin', () => {
  it('refuses a certificate that no authority vouches for, and sends nothing', async () => {
    const ear = await listeningEar();
    // On loopback a join string without a pin means plain HTTP; 0.0.0.0 reaches this machine and is no loopback name.
    const target = { host: '0.0.0.0', port: ear.port, token: 'token-that-nobody-may-hear' };
    const refused = await agentOn().command('join', formatJoinString(target));
    expect(refused.status).toBe(1);
    expect(refused.stderr).toBe(
      `Refused the server at 0.0.0.0:${ear.port}: DEPTH_ZERO_SELF_SIGNED_CERT, its certificate was issued by ` +
        '"127.0.0.1". When that is a device that opens TLS on the way, ask whoever runs it to exempt ' +
        `0.0.0.0:${ear.port}; when it is an authority of your own, join with --ca-file (CERTIFICATE_UNTRUSTED)\n`,
    );
    expect(ear.heard).toEqual({ connectionCount: 1, bytes: 0 });
    ear.close();
  });
});
