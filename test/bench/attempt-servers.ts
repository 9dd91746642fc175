import { X509Certificate } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { certificatePin } from '#agent/host/certificate-pin.ts';
import { receiptText } from '#shared/receipt.ts';
import { makeLoopbackCertificate } from '../agent/host/attempts/loopback-certificate.ts';
import { portOf } from '../agent/host/attempts/loopback-server.ts';

/** What the attempts of the benchmark are made on. */
export interface AttemptServers {
  readonly tlsPort: number;
  /** Pin of the TLS server, which is a web page and a beacon. */
  readonly pin: string;
  readonly nameServer: string;
  close(): void;
}

/** Starts them on loopback, and writes the certificate to trust to a file. */
export async function startAttemptServers(certificateFile: string): Promise<AttemptServers> {
  const { key, cert } = await makeLoopbackCertificate({ type: 'ip', value: '127.0.0.1' }, Date.now());
  writeFileSync(certificateFile, cert);
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'beacon-1', b64: false, crit: ['b64'] }));
  const signature = `${header.toString('base64url')}..${'A'.repeat(86)}`;
  const tls = createServer({ key, cert }, (request, response) => {
    const nonce = new URL(request.url ?? '', 'https://beacon.example').searchParams.get('nonce') ?? '';
    const at = `${new Date().toISOString().slice(0, 19)}Z`;
    response.setHeader('tramdo-signature', signature);
    response.end(receiptText({ nonce, network: 'wan', observedAddress: '127.0.0.1', at }));
  });
  const dns = createSocket('udp4');
  dns.on('message', (query, from) => dns.send(answerTo(query), from.port, from.address));
  tls.listen(0, '127.0.0.1');
  dns.bind(0, '127.0.0.1');
  await Promise.all([once(tls, 'listening'), once(dns, 'listening')]);
  return {
    tlsPort: portOf(tls),
    pin: certificatePin(new X509Certificate(cert)),
    nameServer: `127.0.0.1:${dns.address().port}`,
    close: () => {
      tls.close();
      tls.closeAllConnections();
      dns.close();
    },
  };
}

/** The question again with one address (RFC 1035 section 4.1). */
function answerTo(query: Buffer): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const head = Buffer.from([query[0] ?? 0, query[1] ?? 0, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
  return Buffer.concat([head, question, Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 192, 0, 2, 7])]);
}
