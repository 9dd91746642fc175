import { isIP, type Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { KEY_EXCHANGE } from './key-exchange.ts';
import { CONNECT_TIMEOUT_MS } from './open-socket.ts';

/** How to begin. */
export interface TlsOptions {
  readonly host: string;
  readonly port: number;
  /** Certificates that vouch, PEM; absent where a pin decides. */
  readonly ca?: readonly string[] | undefined;
  readonly timeoutMs?: number;
}

/**
 * Begins TLS on an open connection. The certificate is **not** judged here: whoever calls this asks `judgePeer()`
 * before a byte is sent, so that a refusal can say whose certificate it was.
 *
 * @throws {TramdoError} COLLECTOR_UNREACHABLE
 */
export function startTls(
  socket: Socket,
  { host, port, ca, timeoutMs = CONNECT_TIMEOUT_MS }: TlsOptions,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const tls = connect({
      socket,
      host,
      // RFC 6066 section 3: a literal address is not permitted as a server name.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca: [...ca] }),
      rejectUnauthorized: false,
      ecdhCurve: KEY_EXCHANGE,
    });
    const settle = (error: Error | undefined) => {
      clearTimeout(timer);
      tls.removeListener('error', settle).removeListener('close', closed);
      if (error === undefined) return resolve(tls);
      tls.on('error', () => undefined).destroy();
      const why = systemCodeOf(error) ?? messageOf(error);
      const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
      const message = `Cannot reach the collector at ${where}: TLS did not begin (${why})`;
      reject(new TramdoError('COLLECTOR_UNREACHABLE', message, { cause: error }));
    };
    // The connection may end without an error before TLS began.
    const closed = () => settle(new Error('the connection was closed'));
    const timer = setTimeout(() => settle(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
    tls.once('error', settle);
    tls.once('secureConnect', () => settle(undefined));
    tls.once('close', closed);
  });
}
