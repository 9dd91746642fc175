import { Agent } from 'node:https';
import { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { HttpProxy } from './http-proxy.ts';
import { judgePeer, peerFacts } from './judge-peer.ts';
import { openSocket } from './open-socket.ts';
import { startTls } from './start-tls.ts';

/** Whom to trust, and by which way to go. */
export interface SecureOptions {
  /** Pins that are trusted; empty: `ca` decides. */
  readonly pins: readonly string[];
  readonly ca?: readonly string[] | undefined;
  readonly proxy?: HttpProxy | undefined;
}

/**
 * An agent of `node:https` that goes straight or through a proxy's tunnel, and hands a connection over only after the
 * server was judged: before that not one byte of a request is sent. The judging is inside the tunnel, so that no proxy
 * can stand in for the collector.
 */
export function createSecureAgent(secure: SecureOptions): Agent {
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = (options, callback) => {
    const host = 'host' in options && typeof options.host === 'string' ? options.host : '';
    const port = 'port' in options ? Number(options.port) : 443;
    openJudged(host, port, secure).then(
      (socket) => callback?.(null, socket),
      // Node's types want a socket beside the error; Node does not look at it.
      (error: Error) => callback?.(error, new Socket()),
    );
    return undefined;
  };
  return agent;
}

async function openJudged(host: string, port: number, { pins, ca, proxy }: SecureOptions): Promise<TLSSocket> {
  const socket = await openSocket({ host, port, proxy });
  const tls = await startTls(socket, { host, port, ca });
  const refusal = judgePeer(peerFacts(tls), pins, host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`);
  if (refusal === undefined) return tls;
  tls.on('error', () => undefined).destroy();
  throw refusal;
}
