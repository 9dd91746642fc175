import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseProxy } from '#agent/uplink/http-proxy.ts';
import { openSocket } from '#agent/uplink/open-socket.ts';
import { startTls } from '#agent/uplink/start-tls.ts';
import { createTransport, type TransportOptions } from '#agent/uplink/transport.ts';
import { type ProxyManner, startConnectProxy } from '../../e2e/connect-proxy.ts';
import { startMiddleBox } from '../../e2e/middle-box.ts';

const NAME = 'collector.example.org';
const ENDED: (() => void)[] = [];
const ended = <Value extends { close(): unknown }>(one: Value): Value => {
  ENDED.push(() => one.close());
  return one;
};

afterAll(() => {
  for (const end of ENDED) end();
});

const ask = async (options: TransportOptions) => {
  const transport = ended(createTransport(options));
  return transport.send({ method: 'GET', path: '/readyz' });
};

async function deafServer(): Promise<number> {
  const server: Server = ended(createServer((socket) => socket.on('error', () => socket.destroy())));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('createTransport()', () => {
  it('compares the pin inside the tunnel of a proxy, and gives the log-in to the proxy alone', async () => {
    const server = ended(await startMiddleBox([NAME]));
    const way = ended(await startConnectProxy(server.port, 'basic'));
    const proxy = parseProxy(`http://user1:m%E1%BA%ADt%20kh%E1%BA%A9u%401%3A2@127.0.0.1:${way.port}`, 'a test');
    const answer = await ask({ origin: `https://${NAME}:8640`, pins: [server.pin], proxy });
    expect(answer).toMatchObject({ status: 200, body: Buffer.from('ok') });
    expect(way.asked).toEqual([
      { target: `${NAME}:8640`, authorization: expect.any(String), headers: ['host', 'proxy-authorization'] },
    ]);
  });

  it('refuses another certificate behind a proxy and sends it nothing', async () => {
    const server = ended(await startMiddleBox([NAME]));
    const way = ended(await startConnectProxy(server.port));
    const proxy = { host: '127.0.0.1', port: way.port };
    const trusted = 'T'.repeat(43);
    await expect(ask({ origin: `https://${NAME}:8640`, pins: [trusted], proxy })).rejects.toMatchObject({
      code: 'PIN_MISMATCH',
      message:
        `Refused the server at ${NAME}:8640: its certificate key has the pin "${server.pin}", trusted is ` +
        `"${trusted}". It was issued by "Tường lửa kiểm tra TLS": when that is a device that opens TLS on the way, ask ` +
        `whoever runs it to exempt ${NAME}:8640; when the collector was set up anew, join again`,
    });
    expect(server.heardBytes()).toBe(0);
  });

  it('accepts an expired certificate by its pin, and not by an authority', async () => {
    const server = ended(await startMiddleBox([NAME], Date.now() - 86_400_000));
    const way = ended(await startConnectProxy(server.port));
    const proxy = { host: '127.0.0.1', port: way.port };
    const caFile = join(mkdtempSync(join(tmpdir(), 'tramdo-ca-')), 'ca.pem');
    writeFileSync(caFile, server.authority);
    const origin = `https://${NAME}:8640`;
    expect(await ask({ origin, pins: [server.pin], proxy })).toMatchObject({ status: 200 });
    await expect(ask({ origin, pins: [], caFile, proxy })).rejects.toMatchObject({
      code: 'CERTIFICATE_UNTRUSTED',
      message: expect.stringMatching(/^Refused the server at collector\.example\.org:8640: CERT_HAS_EXPIRED, /),
    });
  });

  it.each([
    { name: NAME, isTrusted: true },
    { name: 'other.example.org', isTrusted: false },
  ])('without a pin takes what a CA file vouches for, by its name $name: $isTrusted', async ({ name, isTrusted }) => {
    const server = ended(await startMiddleBox([NAME]));
    const way = ended(await startConnectProxy(server.port));
    const proxy = { host: '127.0.0.1', port: way.port };
    const caFile = join(mkdtempSync(join(tmpdir(), 'tramdo-ca-')), 'ca.pem');
    writeFileSync(caFile, server.authority);
    const asking = ask({ origin: `https://${name}:8640`, pins: [], caFile, proxy });
    const end = await asking.then(
      ({ status }) => status,
      (error: Error) => error.message,
    );
    expect(end).toEqual(isTrusted ? 200 : expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'));
  });

  it('refuses a certificate that no authority vouches for, by the name of its issuer', async () => {
    const server = ended(await startMiddleBox([NAME]));
    const way = ended(await startConnectProxy(server.port));
    const proxy = { host: '127.0.0.1', port: way.port };
    await expect(ask({ origin: `https://${NAME}:8640`, pins: [], proxy })).rejects.toMatchObject({
      code: 'CERTIFICATE_UNTRUSTED',
      message:
        `Refused the server at ${NAME}:8640: UNABLE_TO_VERIFY_LEAF_SIGNATURE, its certificate was issued by ` +
        '"Tường lửa kiểm tra TLS". When that is a device that opens TLS on the way, ask whoever runs it to exempt ' +
        `${NAME}:8640; when it is an authority of your own, join with --ca-file`,
    });
    expect(server.heardBytes()).toBe(0);
  });
});

describe('openSocket()', () => {
  const refused = (port: number, answered: string) =>
    `The proxy http://127.0.0.1:${port} answered ${answered}`.replace('ANSWERED', `for ${NAME}:8640`);
  it.each<{ manner: ProxyManner; code: string; says: (port: number) => string }>([
    {
      manner: 'basic',
      code: 'PROXY_REFUSED',
      says: (port) =>
        refused(port, '407 ANSWERED: it wants a user name and password: give it as http://USER:PASSWORD@HOST:PORT'),
    },
    {
      manner: 'ntlm',
      code: 'PROXY_REFUSED',
      says: (port) =>
        refused(
          port,
          '407 ANSWERED: it wants a log-in by negotiate or ntlm, and only basic is supported: ask for an exemption',
        ),
    },
    {
      manner: 'forbid',
      code: 'PROXY_REFUSED',
      says: (port) =>
        refused(port, '403 ANSWERED: it forbids the way to the collector: ask whoever runs it to allow it'),
    },
    {
      manner: 'broken',
      code: 'PROXY_REFUSED',
      says: (port) => refused(port, '502 ANSWERED: it cannot reach the collector itself'),
    },
    {
      manner: 'close',
      code: 'PROXY_REFUSED',
      says: (port) =>
        `Cannot get through the proxy http://127.0.0.1:${port}: it ended the connection without an answer (ECONNRESET)`,
    },
    {
      manner: 'hang',
      code: 'COLLECTOR_UNREACHABLE',
      says: (port) =>
        `Cannot get through the proxy http://127.0.0.1:${port}: it did not answer to CONNECT within 0.2 s`,
    },
  ])('says what a proxy did that goes by "$manner"', async ({ manner, code, says }) => {
    const way = ended(await startConnectProxy(1, manner));
    const proxy = { host: '127.0.0.1', port: way.port };
    // Only who says nothing should be given up.
    const timeoutMs = manner === 'hang' ? 200 : 15_000;
    await expect(openSocket({ host: NAME, port: 8_640, proxy, timeoutMs })).rejects.toMatchObject({
      code,
      message: says(way.port),
    });
  });

  it('says that a proxy does not take the log-in, without printing it', async () => {
    const way = ended(await startConnectProxy(1, 'basic'));
    const proxy = parseProxy(`http://user1:wrong-secret@127.0.0.1:${way.port}`, 'a test');
    await expect(openSocket({ host: NAME, port: 8_640, proxy })).rejects.toMatchObject({
      message: `The proxy http://***@127.0.0.1:${way.port} answered 407 for ${NAME}:8640: it does not accept the user name and password`,
    });
  });

  it('names the proxy that nobody runs', async () => {
    const proxy = { host: '127.0.0.1', port: 1 };
    await expect(openSocket({ host: NAME, port: 8_640, proxy })).rejects.toMatchObject({
      code: 'COLLECTOR_UNREACHABLE',
      message: 'Cannot reach the proxy http://127.0.0.1:1: ECONNREFUSED',
    });
  });
});

describe('startTls()', () => {
  it('gives a server up that never answers', async () => {
    const port = await deafServer();
    const socket = await openSocket({ host: '127.0.0.1', port });
    await expect(startTls(socket, { host: '127.0.0.1', port, timeoutMs: 200 })).rejects.toMatchObject({
      code: 'COLLECTOR_UNREACHABLE',
      message: `Cannot reach the collector at 127.0.0.1:${port}: TLS did not begin (no answer within 0.2 s)`,
    });
  });

  it('says that a server speaks no TLS', async () => {
    const way = ended(await startConnectProxy(1));
    const socket = await openSocket({ host: '127.0.0.1', port: way.port });
    await expect(startTls(socket, { host: '127.0.0.1', port: way.port })).rejects.toMatchObject({
      code: 'COLLECTOR_UNREACHABLE',
      message: expect.stringContaining('TLS did not begin'),
    });
  });
});
