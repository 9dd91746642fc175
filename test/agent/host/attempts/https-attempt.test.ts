import { createServer as createTcpServer } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { httpsAttempt } from '#agent/host/attempts/https-attempt.ts';
import { type LoopbackCertificate, makeLoopbackCertificate } from './loopback-certificate.ts';
import { closedPort, withServer } from './loopback-server.ts';

const OPTIONS = { timeoutMs: 5_000, signal: new AbortController().signal };
const LOOPBACK = { type: 'ip', value: '127.0.0.1' } as const;
const NOW_MS = Date.now();
const WAY = { source: '127.0.0.1', towards: '127.0.0.1' };
/** Certificates say whole seconds. */
const SHOWN = { certificateNotAfterMs: Math.floor((NOW_MS + 3_600_000) / 1_000) * 1_000 };
let certificate: LoopbackCertificate;
let foreign: LoopbackCertificate;

beforeAll(async () => {
  certificate = await makeLoopbackCertificate(LOOPBACK, NOW_MS);
  foreign = await makeLoopbackCertificate({ type: 'dns', value: 'elsewhere.example' }, NOW_MS);
});

function serverSaying(answer: string, identity = certificate): Server {
  return createServer({ key: identity.key, cert: identity.cert }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  });
}

const page = (port: number) => ({ host: '127.0.0.1', port, path: '/health?x=1' });

function ask(server: Server, trustedCertificates = certificate.cert) {
  return withServer(server, (port) => httpsAttempt(page(port), { ...OPTIONS, trustedCertificates }));
}

describe('httpsAttempt()', () => {
  it.each([
    { line: '200 OK', status: 200 },
    { line: '301 Moved Permanently', status: 301 },
    { line: '404 Not Found', status: 404 },
  ])('takes $line for an answer and says which, and when the certificate ends', async ({ line, status }) => {
    const result = await ask(serverSaying(`HTTP/1.1 ${line}\r\n\r\n`));
    expect(result).toEqual({ rttMs: expect.any(Number), status, ...SHOWN, ...WAY });
  });

  it('asks for the head of the page that is named', async () => {
    const asked: string[] = [];
    const server = createServer({ key: certificate.key, cert: certificate.cert }, (socket) => {
      socket.once('data', (chunk) => {
        asked.push(chunk.toString());
        socket.end('HTTP/1.1 204 No Content\r\n\r\n');
      });
    });
    await ask(server);
    expect(asked).toEqual([expect.stringMatching(/^HEAD \/health\?x=1 HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\n/)]);
  });

  it('speaks to an IPv6 address', async () => {
    const own = await makeLoopbackCertificate({ type: 'ip', value: '::1' }, NOW_MS);
    const result = await withServer(
      serverSaying('HTTP/1.1 200 OK\r\n\r\n', own),
      (port) => httpsAttempt({ host: '::1', port, path: '/' }, { ...OPTIONS, trustedCertificates: own.cert }),
      '::1',
    );
    expect(result).toEqual({ rttMs: expect.any(Number), status: 200, ...SHOWN, source: '::1', towards: '::1' });
  });

  it.each([
    ['HTTP/1.1 503 Service Unavailable\r\n\r\n', { failure: 'STATUS_5XX', status: 503 }],
    ['HTTP/1.1 511 Network Authentication Required\r\n\r\n', { failure: 'CAPTIVE_PORTAL', status: 511 }],
    ['SSH-2.0-OpenSSH_9.2\r\n', { failure: 'ANSWER_UNREADABLE' }],
    ['x'.repeat(4_096), { failure: 'ANSWER_UNREADABLE' }],
    ['', { failure: 'RESET' }],
  ])('fails on the answer %j', async (answer, want) => {
    expect(await ask(serverSaying(answer))).toEqual({ ...want, ...SHOWN, ...WAY });
  });

  it('meets a MIDDLE_BOX when nobody trusted signed the certificate, and sends it nothing', async () => {
    const heard: string[] = [];
    const server = createServer({ key: certificate.key, cert: certificate.cert }, (socket) => {
      socket.on('error', () => {});
      socket.on('data', (chunk) => heard.push(chunk.toString()));
    });
    const result = await withServer(server, (port) => httpsAttempt(page(port), OPTIONS));
    expect([result, heard]).toEqual([{ failure: 'MIDDLE_BOX', ...SHOWN, ...WAY }, []]);
  });

  it('meets a MIDDLE_BOX when the certificate is for another name', async () => {
    const server = serverSaying('HTTP/1.1 200 OK\r\n\r\n', foreign);
    expect(await ask(server, foreign.cert)).toEqual({ failure: 'MIDDLE_BOX', ...SHOWN, ...WAY });
  });

  it.each([
    { when: 'has ended', madeAtMs: NOW_MS - 86_400_000 },
    { when: 'does not hold yet', madeAtMs: NOW_MS + 86_400_000 },
  ])('is CERTIFICATE_EXPIRED when the certificate $when', async ({ madeAtMs }) => {
    const own = await makeLoopbackCertificate(LOOPBACK, madeAtMs);
    const result = await ask(serverSaying('HTTP/1.1 200 OK\r\n\r\n', own), own.cert);
    const certificateNotAfterMs = SHOWN.certificateNotAfterMs + madeAtMs - NOW_MS;
    expect(result).toEqual({ failure: 'CERTIFICATE_EXPIRED', certificateNotAfterMs, ...WAY });
  });

  it('meets a MIDDLE_BOX when the certificate of another name has ended as well', async () => {
    const own = await makeLoopbackCertificate({ type: 'dns', value: 'elsewhere.example' }, NOW_MS - 86_400_000);
    const result = await ask(serverSaying('HTTP/1.1 200 OK\r\n\r\n', own), own.cert);
    expect(result).toMatchObject({ failure: 'MIDDLE_BOX' });
  });

  it.each([
    'HTTP/1.1 400 Bad Request\r\n\r\n',
    'HTTP/1.0 302 Found\r\nLocation: http://portal.example/\r\n\r\n',
    'SSH-2.0-OpenSSH_9.2\r\n',
  ])('meets a CAPTIVE_PORTAL where %j answers on the TLS port', async (answer) => {
    const plain = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.end(answer);
    });
    const result = await withServer(plain, (port) => httpsAttempt(page(port), OPTIONS));
    expect(result).toEqual({ failure: 'CAPTIVE_PORTAL', ...WAY });
  });

  it('is TIMED_OUT by a server that takes the connection and says nothing', async () => {
    const result = await withServer(createTcpServer(), (port) =>
      httpsAttempt(page(port), { ...OPTIONS, timeoutMs: 50 }),
    );
    expect(result).toEqual({ failure: 'TIMED_OUT', ...WAY });
  });

  it('is TIMED_OUT by a server that shakes hands and says nothing', async () => {
    const server = createServer({ key: certificate.key, cert: certificate.cert }, () => {});
    const result = await withServer(server, (port) =>
      httpsAttempt(page(port), { ...OPTIONS, timeoutMs: 2_000, trustedCertificates: certificate.cert }),
    );
    expect(result).toEqual({ failure: 'TIMED_OUT', ...WAY });
  });

  it('is REFUSED by a closed port', async () => {
    const result = await httpsAttempt(page(await closedPort()), OPTIONS);
    expect(result).toEqual({ failure: 'REFUSED', towards: '127.0.0.1' });
  });
});
