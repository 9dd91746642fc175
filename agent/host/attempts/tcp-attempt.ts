import { connect } from 'node:net';
import { addressTimeoutMs, attemptConnection } from './attempt-connection.ts';
import { type AttemptOptions, type AttemptResult, failureOfSocketError } from './attempt-result.ts';

/** Opens one TCP connection and closes it at once; `host` is an address or a name, IPv4 or IPv6. */
export async function tcpAttempt(host: string, port: number, options: AttemptOptions): Promise<AttemptResult> {
  const socket = connect({
    host,
    port,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: addressTimeoutMs(options.timeoutMs),
  });
  return attemptConnection(socket, options, { failureOf: (error) => failureOfSocketError(error, 'FAILED') });
}
