import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { describeProxy, type HttpProxy, proxyAuthorization } from './http-proxy.ts';
import { ProxyAnswer } from './proxy-answer.ts';

/** Longest wait for a connection, and once more for the proxy's answer, in milliseconds. */
export const CONNECT_TIMEOUT_MS = 20_000;

/** Where to, and by which way. */
export interface SocketOptions {
  readonly host: string;
  readonly port: number;
  /** Opens the tunnel; absent: straight. */
  readonly proxy?: HttpProxy | undefined;
  readonly timeoutMs?: number;
}

/**
 * Opens a TCP connection to a host, straight or through the tunnel of a proxy; the other end hears nothing yet.
 *
 * The proxy's credentials go to the proxy alone: they stand in the CONNECT request, which no server behind it sees.
 *
 * @throws {TramdoError} COLLECTOR_UNREACHABLE when nobody answers, PROXY_REFUSED when the proxy will not open the way
 */
export async function openSocket({
  host,
  port,
  proxy,
  timeoutMs = CONNECT_TIMEOUT_MS,
}: SocketOptions): Promise<Socket> {
  if (proxy !== undefined) return openTunnel({ host, port, timeoutMs }, proxy);
  return openTcp({ host, port, timeoutMs }, `the collector at ${nameOf(host, port)}`);
}

interface Destination {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

function openTcp({ host, port, timeoutMs }: Destination, who: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 2_000 });
    const settle = (error: Error | undefined) => {
      clearTimeout(timer);
      socket.removeAllListeners('error').removeAllListeners('connect');
      if (error === undefined) return resolve(socket);
      socket.on('error', () => undefined).destroy();
      const why = systemCodeOf(error) ?? messageOf(error);
      reject(new TramdoError('COLLECTOR_UNREACHABLE', `Cannot reach ${who}: ${why}`, { cause: error }));
    };
    const timer = setTimeout(() => settle(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
    socket.once('error', settle);
    socket.once('connect', () => settle(undefined));
  });
}

async function openTunnel({ host, port, timeoutMs }: Destination, proxy: HttpProxy): Promise<Socket> {
  const shown = describeProxy(proxy);
  const connection = await openTcp({ host: proxy.host, port: proxy.port, timeoutMs }, `the proxy ${shown}`);
  const target = nameOf(host, port);
  const authorization = proxyAuthorization(proxy);
  return new Promise((resolve, reject) => {
    const asking = request({
      method: 'CONNECT',
      path: target,
      createConnection: () => connection,
      headers: { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) },
    });
    // Node would ask the proxy to close, which an old one takes for the tunnel.
    asking.removeHeader('connection');
    const fail = (error: TramdoError) => {
      clearTimeout(timer);
      asking.on('error', () => undefined);
      connection.destroy();
      reject(error);
    };
    const timer = setTimeout(() => {
      const why = `it did not answer to CONNECT within ${timeoutMs / 1_000} s`;
      fail(new TramdoError('COLLECTOR_UNREACHABLE', `Cannot get through the proxy ${shown}: ${why}`));
    }, timeoutMs);
    asking.once('error', (error) => {
      const why = `it ended the connection without an answer (${systemCodeOf(error) ?? messageOf(error)})`;
      fail(new TramdoError('PROXY_REFUSED', `Cannot get through the proxy ${shown}: ${why}`, { cause: error }));
    });
    asking.once('connect', (answer, socket, head) => {
      const status = answer.statusCode ?? 0;
      if (status < 200 || status > 299) {
        const offered = answer.headers['proxy-authenticate'] ?? [];
        fail(refusal(status, { proxy, target, schemes: schemesOf([offered].flat()) }));
        return;
      }
      clearTimeout(timer);
      if (head.length > 0) socket.unshift(head);
      resolve(connection);
    });
    asking.end();
  });
}

/** Names of the ways to log in (RFC 9110 section 11.6.1), lower case; parameters are left out. */
function schemesOf(challenges: readonly string[]): readonly string[] {
  const names = challenges.flatMap((text) =>
    text.split(',').map((part) => /^\s*([A-Za-z][A-Za-z0-9-]*)(?:\s+\S|\s*$)/.exec(part)?.[1]),
  );
  return [...new Set(names.flatMap((name) => (name === undefined ? [] : [name.toLowerCase()])))];
}

interface Refusal {
  readonly proxy: HttpProxy;
  readonly target: string;
  readonly schemes: readonly string[];
}

function refusal(status: number, { proxy, target, schemes }: Refusal): TramdoError {
  const who = `The proxy ${describeProxy(proxy)} answered ${status} for ${target}`;
  const message = `${who}: ${explainStatus(status, proxy, schemes)}`;
  return new TramdoError('PROXY_REFUSED', message, { cause: new ProxyAnswer(status, schemes) });
}

function explainStatus(status: number, proxy: HttpProxy, schemes: readonly string[]): string {
  if (status === 407) {
    if (schemes.length > 0 && !schemes.includes('basic')) {
      return `it wants a log-in by ${schemes.join(' or ')}, and only basic is supported: ask for an exemption`;
    }
    return proxy.credentials === undefined
      ? 'it wants a user name and password: give it as http://USER:PASSWORD@HOST:PORT'
      : 'it does not accept the user name and password';
  }
  if (status === 403) return 'it forbids the way to the collector: ask whoever runs it to allow it';
  if (status >= 500) return 'it cannot reach the collector itself';
  return 'it does not open tunnels there';
}

function nameOf(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
