import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { certificatePin } from '#agent/host/certificate-pin.ts';
import { Outbox, type UnsentReport } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { receiptText } from '#shared/receipt.ts';
import { generateKeyPair, importPrivateKey, signDetached } from '#shared/signature.ts';
import { makeLoopbackCertificate } from '../agent/host/attempts/loopback-certificate.ts';
import { portOf } from '../agent/host/attempts/loopback-server.ts';
import { agentOn } from './agent-process.ts';
import { addAgency, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';

const AGENCY = 'Y00.01';
const OFTEN = { attemptsMs: 1_000, reportMs: 5_000, inventoryMs: 86_400_000 };
const NETWORK = 'tslcd';
const servers: Server[] = [];

/** A beacon that signs for a network of its own, and what answers instead of TLS as a portal does. */
async function startServers() {
  const { key, cert } = await makeLoopbackCertificate({ type: 'ip', value: '127.0.0.1' }, Date.now());
  const { privateKey, publicKey } = await generateKeyPair();
  const signing = await importPrivateKey(privateKey);
  const beacon = createHttpsServer({ key, cert }, async (request, response) => {
    const nonce = new URL(request.url ?? '', 'https://beacon.example').searchParams.get('nonce') ?? '';
    const at = `${new Date().toISOString().slice(0, 19)}Z`;
    const text = receiptText({ nonce, network: NETWORK, observedAddress: '127.0.0.1', at });
    response.setHeader('tramdo-signature', await signDetached(Buffer.from(text), signing, 'beacon-1'));
    response.end(text);
  });
  const portal = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end('HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n'));
  });
  for (const server of [beacon, portal]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
  }
  const beaconTarget = `beacon+https://127.0.0.1:${portOf(beacon)}/#${certificatePin(new X509Certificate(cert))}`;
  return { beaconTarget, beaconKeys: [publicKey], beaconPort: portOf(beacon), portalPort: portOf(portal) };
}

let found: Awaited<ReturnType<typeof startServers>>;
beforeAll(async () => {
  found = await startServers();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await clearLeftovers();
});

/** What the resident agent, as the service starts it, queues of these networks while its collector is away. */
async function queuedReport(networks: readonly object[]): Promise<UnsentReport> {
  const environment = { TRAMDO_INTERVALS: JSON.stringify(OFTEN), TRAMDO_NETWORKS: JSON.stringify(networks) };
  const collector = await startCollector({ environment });
  await addAgency(collector, AGENCY);
  const agent = agentOn();
  await agent.command('join', await collector.joinString(AGENCY));
  await collector.stop();
  const running = agent.run();
  await running.waitFor('Reports wait, sending failed');
  running.stop();
  await running.ended;
  const outbox = new Outbox(stateFolderAt(agent.stateFolder).outboxFolder);
  const reports = outbox.list().flatMap((seq) => outbox.read(seq)?.report ?? []);
  const telling = reports.find((report) => report.networks.length > 0);
  if (telling === undefined) throw new Error(`No report of ${reports.length} tells of networks`);
  return telling;
}

describe('attempts of the resident agent', () => {
  it('bring the receipt of a beacon, its certificate and the way they took', async () => {
    const { beaconTarget, beaconKeys, beaconPort } = found;
    const targets = [`tcp://127.0.0.1:${beaconPort}`, beaconTarget];
    const report = await queuedReport([{ id: NETWORK, name: 'TSLCD', kind: 'tslcd', targets, beaconKeys }]);
    expect(report.paths).toEqual([{ interface: 'lo', source: '127.0.0.1/8' }]);
    expect(report.networks).toMatchObject([
      { network: NETWORK, target: targets[0], path: 0, slots: expect.stringMatching(/^1+$/) },
      {
        network: NETWORK,
        target: beaconTarget,
        path: 0,
        slots: expect.stringMatching(/^1+$/),
        certificateNotAfter: expect.stringMatching(/Z$/),
        receipts: [{ kid: 'beacon-1', observedAddress: '127.0.0.1', signature: expect.stringMatching(/^[\w-]{86}$/) }],
      },
    ]);
  });

  it('believe no open port behind a portal', async () => {
    const { portalPort } = found;
    const targets = [`tcp://127.0.0.1:${portalPort}`, `https://127.0.0.1:${portalPort}/`];
    const report = await queuedReport([{ id: 'internet', name: 'Internet', kind: 'internet', targets }]);
    expect(report.networks.map(({ slots, lastFailure }) => [slots.replaceAll('0', ''), lastFailure])).toEqual([
      ['', 'INTERCEPTED'],
      ['', 'CAPTIVE_PORTAL'],
    ]);
  });
});
