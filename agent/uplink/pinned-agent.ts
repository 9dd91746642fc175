import { createHash } from 'node:crypto';
import { Agent } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { TramdoError } from '#shared/errors.ts';
import { KEY_EXCHANGE } from './key-exchange.ts';

/**
 * An agent of `node:https` that accepts a server by the SHA-256 of its public key (SubjectPublicKeyInfo, RFC 7469
 * section 2.4) and by nothing else: not by name, CA or date, so that a wrong clock cannot lock a PC out.
 *
 * The connection is handed over only after the pin was compared; before that not one byte of a request is sent.
 */
export function createPinnedAgent(pins: readonly string[]): Agent {
  const agent = new Agent({ keepAlive: true });
  agent.createConnection = (options, callback) => {
    const host = 'host' in options && typeof options.host === 'string' ? options.host : '';
    const port = 'port' in options ? Number(options.port) : 443;
    const socket = connect({ host, port, rejectUnauthorized: false, ecdhCurve: KEY_EXCHANGE, ...serverName(host) });
    const settle = (error: Error | null) => {
      socket.removeListener('error', settle);
      if (error !== null) socket.destroy();
      callback?.(error, socket);
    };
    socket.once('error', settle);
    socket.once('secureConnect', () => settle(pinError(socket, pins, `${host}:${port}`)));
    return undefined;
  };
  return agent;
}

function serverName(host: string): { servername?: string } {
  // RFC 6066 section 3: a literal address is not permitted as a server name.
  const isAddress = host.includes(':') || /^[0-9.]+$/.test(host);
  return isAddress ? {} : { servername: host };
}

function pinError(socket: TLSSocket, pins: readonly string[], where: string): TramdoError | null {
  const key = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' });
  const found = key === undefined ? 'none' : createHash('sha256').update(key).digest('base64url');
  if (pins.includes(found)) return null;
  return new TramdoError(
    'PIN_MISMATCH',
    `Refused the server at ${where}: its certificate key has the pin "${found}", trusted is "${pins.join('" or "')}"`,
  );
}
