import { lookup } from 'node:dns/promises';
import { request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import type { HttpProxy } from '../uplink/http-proxy.ts';
import { type PeerFacts, peerFacts } from '../uplink/judge-peer.ts';
import { CONNECT_TIMEOUT_MS, openSocket } from '../uplink/open-socket.ts';
import { startTls } from '../uplink/start-tls.ts';

/** The way to the collector that is looked at. */
export interface Line {
  /** `http(s)://host:port` */
  readonly origin: string;
  readonly proxy?: HttpProxy | undefined;
  readonly pins: readonly string[];
  /** Certificates that vouch, PEM; only without pins. */
  readonly ca?: readonly string[] | undefined;
  readonly timeoutMs?: number;
}

/** A step that was tried: what it gave and how long it took, or why it failed. */
export type Step<Value> =
  | { readonly ok: true; readonly value: Value; readonly tookMs: number }
  | { readonly ok: false; readonly error: TramdoError; readonly reason: string };

/** What the collector answered to the question for its health. */
export interface HealthAnswer {
  readonly status: number;
  /** The collector's clock minus this machine's, in milliseconds; absent when the answer had no date. */
  readonly offsetMs?: number;
}

/** Every step towards the collector, in order; one behind a failed one is absent, as it was not tried. */
export interface LineFacts {
  /** Whom the machine connects to: the proxy, else the collector. */
  readonly next: { readonly host: string; readonly port: number };
  /** Absent when `next` is an address. */
  readonly name?: Step<readonly string[]>;
  readonly connection?: Step<undefined>;
  /** Only with a proxy. */
  readonly tunnel?: Step<undefined>;
  /** Absent for `http:`. */
  readonly tls?: Step<PeerFacts>;
  readonly isTrusted: boolean;
  readonly answer?: Step<HealthAnswer>;
}

/** What reads the clocks. */
export interface LineClock {
  nowMs(): number;
  monotonicMs(): number;
}

/**
 * Walks the way to the collector step by step. Nothing is sent but the question for its health, and that only to a
 * server that is trusted.
 */
export async function inspectLine(line: Line, clock: LineClock): Promise<LineFacts> {
  const url = new URL(line.origin);
  const target = { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port || '443') };
  const next = line.proxy ?? target;
  const { timeoutMs = CONNECT_TIMEOUT_MS } = line;
  const start = { next: { host: next.host, port: next.port }, isTrusted: false };
  const name = isIP(next.host) === 0 ? await timed(clock, () => addressesOf(next.host)) : undefined;
  const named = { ...start, ...(name === undefined ? {} : { name }) };
  if (name?.ok === false) return named;
  const direct = await timed(clock, () => openSocket({ host: next.host, port: next.port, timeoutMs }));
  if (!direct.ok) return { ...named, connection: direct };
  const connection = { ok: true, value: undefined, tookMs: direct.tookMs } as const;
  const connected = { ...named, connection };
  if (line.proxy === undefined) return afterConnection(line, { facts: connected, socket: direct.value, clock });
  direct.value.destroy();
  const tunnelled = await timed(clock, () => openSocket({ ...target, proxy: line.proxy, timeoutMs }));
  if (!tunnelled.ok) return { ...connected, tunnel: tunnelled };
  const tunnel = { ok: true, value: undefined, tookMs: tunnelled.tookMs } as const;
  return afterConnection(line, { facts: { ...connected, tunnel }, socket: tunnelled.value, clock });
}

interface Progress {
  readonly facts: LineFacts;
  readonly socket: Socket;
  readonly clock: LineClock;
}

async function afterConnection(line: Line, { facts, socket, clock }: Progress): Promise<LineFacts> {
  const url = new URL(line.origin);
  if (url.protocol === 'http:') {
    const answer = await timed(clock, () => askHealth(socket, line, clock));
    return { ...facts, isTrusted: true, answer };
  }
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const { timeoutMs = CONNECT_TIMEOUT_MS, ca, pins } = line;
  const started = await timed(clock, () => startTls(socket, { host, port: Number(url.port || '443'), ca, timeoutMs }));
  if (!started.ok) return { ...facts, tls: started };
  const peer = peerFacts(started.value);
  const tls = { ok: true, value: peer, tookMs: started.tookMs } as const;
  const isTrusted = pins.length > 0 ? pins.includes(peer.pin) : peer.authorityError === undefined;
  if (!isTrusted) {
    started.value.on('error', () => undefined).destroy();
    return { ...facts, tls };
  }
  return { ...facts, tls, isTrusted, answer: await timed(clock, () => askHealth(started.value, line, clock)) };
}

/** Asks `GET /readyz`, the collector's public page for its health; the answer's `Date` is accurate to a second. */
function askHealth(
  socket: Socket,
  { origin, timeoutMs = CONNECT_TIMEOUT_MS }: Line,
  clock: LineClock,
): Promise<HealthAnswer> {
  const sentAtMs = clock.nowMs();
  return new Promise((resolve, reject) => {
    const asking = request({
      createConnection: () => socket,
      path: '/readyz',
      headers: { host: new URL(origin).host, connection: 'close' },
    });
    const fail = (error: Error) => {
      clearTimeout(timer);
      asking.on('error', () => undefined).destroy();
      const message = `Cannot read the answer of the collector: ${systemCodeOf(error) ?? messageOf(error)}`;
      reject(new TramdoError('COLLECTOR_UNREACHABLE', message, { cause: error }));
    };
    const timer = setTimeout(() => fail(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
    asking.once('error', fail);
    asking.once('response', (response) => {
      clearTimeout(timer);
      response.resume();
      asking.on('error', () => undefined);
      response.once('close', () => socket.destroy());
      // Half a second more: the header leaves fractions out.
      const offsetMs = Date.parse(response.headers.date ?? '') + 500 - (sentAtMs + clock.nowMs()) / 2;
      resolve({ status: response.statusCode ?? 0, ...(Number.isFinite(offsetMs) ? { offsetMs } : {}) });
    });
    asking.end();
  });
}

async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address);
  } catch (error) {
    const code = systemCodeOf(error) ?? messageOf(error);
    throw new TramdoError('COLLECTOR_UNREACHABLE', code, { cause: error });
  }
}

async function timed<Value>(clock: LineClock, tryIt: () => Promise<Value>): Promise<Step<Value>> {
  const startedAtMs = clock.monotonicMs();
  try {
    return { ok: true, value: await tryIt(), tookMs: clock.monotonicMs() - startedAtMs };
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    return { ok: false, error, reason: reasonOf(error) };
  }
}

/** What the system said, without the words around it that a check says in its own language. */
function reasonOf(error: TramdoError): string {
  const { cause } = error;
  return systemCodeOf(cause) ?? (cause === undefined ? error.message : messageOf(cause));
}
