import { createServer as createTcpServer } from 'node:net';
import { createServer, type Server } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { httpsAttempt } from '#agent/host/attempts/https-attempt.ts';
import { type LoopbackCertificate, makeLoopbackCertificate } from './loopback-certificate.ts';
import { closedPort, withServer } from './loopback-server.ts';

const OPTIONS = { timeoutMs: 5_000, signal: new AbortController().signal };
let certificate: LoopbackCertificate;
let foreign: LoopbackCertificate;

beforeAll(async () => {
  certificate = await makeLoopbackCertificate({ type: 'ip', value: '127.0.0.1' }, Date.now());
  foreign = await makeLoopbackCertificate({ type: 'dns', value: 'elsewhere.example' }, Date.now());
});

function serverSaying(answer: string, identity = certificate): Server {
  return createServer({ key: identity.key, cert: identity.cert }, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(answer));
  });
}

function ask(server: Server, trustedCertificates = certificate.cert) {
  return withServer(server, (port) =>
    httpsAttempt(new URL(`https://127.0.0.1:${port}/health?x=1`), { ...OPTIONS, trustedCertificates }),
  );
}

describe('httpsAttempt()', () => {
  it.each(['200 OK', '301 Moved Permanently', '404 Not Found'])('takes %s for an answer', async (status) => {
    expect(await ask(serverSaying(`HTTP/1.1 ${status}\r\n\r\n`))).toEqual({ rttMs: expect.any(Number) });
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

  it.each([
    ['HTTP/1.1 503 Service Unavailable\r\n\r\n', 'STATUS_5XX'],
    ['SSH-2.0-OpenSSH_9.2\r\n', 'ANSWER_UNREADABLE'],
    ['x'.repeat(4_096), 'ANSWER_UNREADABLE'],
    ['', 'RESET'],
  ])('fails on the answer %j', async (answer, failure) => {
    expect(await ask(serverSaying(answer))).toEqual({ failure });
  });

  it('is TLS_FAILED when nobody trusted signed the certificate', async () => {
    const url = (port: number) => new URL(`https://127.0.0.1:${port}/`);
    const result = await withServer(serverSaying('HTTP/1.1 200 OK\r\n\r\n'), (port) =>
      httpsAttempt(url(port), OPTIONS),
    );
    expect(result).toEqual({ failure: 'TLS_FAILED' });
  });

  it('is TLS_FAILED when the certificate is for another name', async () => {
    const server = serverSaying('HTTP/1.1 200 OK\r\n\r\n', foreign);
    expect(await ask(server, foreign.cert)).toEqual({ failure: 'TLS_FAILED' });
  });

  it('is TLS_FAILED when the server does not speak TLS', async () => {
    const plain = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    const result = await withServer(plain, (port) => httpsAttempt(new URL(`https://127.0.0.1:${port}/`), OPTIONS));
    expect(result).toEqual({ failure: 'TLS_FAILED' });
  });

  it('is TIMED_OUT by a server that takes the connection and says nothing', async () => {
    const result = await withServer(createTcpServer(), (port) =>
      httpsAttempt(new URL(`https://127.0.0.1:${port}/`), { ...OPTIONS, timeoutMs: 50 }),
    );
    expect(result).toEqual({ failure: 'TIMED_OUT' });
  });

  it('is REFUSED by a closed port', async () => {
    const url = new URL(`https://127.0.0.1:${await closedPort()}/`);
    expect(await httpsAttempt(url, OPTIONS)).toEqual({ failure: 'REFUSED' });
  });
});
