import type { Socket } from 'node:net';
import type { AttemptFailure, AttemptOptions, AttemptResult } from './attempt-result.ts';

/** What makes a connection a success beyond being made, and what its errors mean. */
export interface Conversation {
  /** Called once at the start; calls `end` with a failure, or without one when the other side answered. */
  readonly talk?: (socket: Socket, end: (failure?: AttemptFailure) => void) => void;
  readonly failureOf: (error: Error) => AttemptFailure;
}

/**
 * Follows a connecting socket to its success or failure and destroys it.
 *
 * The round-trip time is that of the TCP handshake with the address that answered: neither name resolution nor an
 * address family tried in vain before, nor the speed of the server behind it, is in the figure.
 *
 * @throws the reason of `signal` when it ends the attempt
 */
export function attemptConnection(
  socket: Socket,
  { timeoutMs, signal }: AttemptOptions,
  { talk, failureOf }: Conversation,
): Promise<AttemptResult> {
  return new Promise((resolve, reject) => {
    const triedAtMs = new Map<string, number>();
    let rttMs = performance.now();
    const release = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
    };
    const end = (failure?: AttemptFailure) => {
      release();
      resolve(failure === undefined ? { rttMs } : { failure });
    };
    const onAbort = () => {
      release();
      reject(signal.reason);
    };
    const timer = setTimeout(end, timeoutMs, 'TIMED_OUT');
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('connectionAttempt', (address: string) => triedAtMs.set(address, performance.now()));
    socket.once('connect', () => {
      rttMs = performance.now() - (triedAtMs.get(socket.remoteAddress ?? '') ?? rttMs);
      if (talk === undefined) end();
    });
    // Stays after the end: a destroyed socket may still report an error, which nobody else would take.
    socket.on('error', (error) => end(failureOf(error)));
    socket.once('close', () => end('RESET'));
    if (signal.aborted) onAbort();
    else talk?.(socket, end);
  });
}

/**
 * Time each address of a name has before the next one is tried, in milliseconds.
 *
 * Node's own 250 ms would give up IPv4 on a slow line and then fail on an IPv6 address without a route.
 */
export function addressTimeoutMs(timeoutMs: number): number {
  return Math.max(250, Math.floor(timeoutMs / 3));
}
