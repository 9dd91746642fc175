import type { Socket } from 'node:net';
import { plainAddress } from './address-ranges.ts';
import type { Answer, AttemptFailure, AttemptOptions, AttemptResult, Way } from './attempt-result.ts';

/** How a conversation ended: an answer, which is a success without a failure. */
export type Ending = Answer & { readonly failure?: AttemptFailure };

/** What makes a connection a success beyond being made, and what its errors mean. */
export interface Conversation {
  /** Called once at the start; calls `end` once the other side answered, or failed to. */
  readonly talk?: (socket: Socket, end: (ending?: Ending) => void) => void;
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
    const end = ({ failure, ...answer }: Ending = {}) => {
      // Before the socket is destroyed, which forgets its addresses.
      const way = wayOf(socket, [...triedAtMs.keys()].at(-1));
      release();
      resolve(failure === undefined ? { rttMs, ...answer, ...way } : { failure, ...answer, ...way });
    };
    const onAbort = () => {
      release();
      reject(signal.reason);
    };
    const timer = setTimeout(end, timeoutMs, { failure: 'TIMED_OUT' });
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('connectionAttempt', (address: string) => triedAtMs.set(address, performance.now()));
    socket.once('connect', () => {
      rttMs = performance.now() - (triedAtMs.get(socket.remoteAddress ?? '') ?? rttMs);
      if (talk === undefined) end();
    });
    // Stays after the end: a destroyed socket may still report an error, which nobody else would take.
    socket.on('error', (error) => end({ failure: failureOf(error) }));
    socket.once('close', () => end({ failure: 'RESET' }));
    if (signal.aborted) onAbort();
    else talk?.(socket, end);
  });
}

function wayOf(socket: Socket, lastTried: string | undefined): Way {
  const { localAddress: source, remoteAddress: towards = lastTried } = socket;
  // A socket that is still connecting may have no address of its own yet, which is said with zeros.
  const hasSource = source !== undefined && !/^[0:.]*$/.test(source);
  return {
    ...(hasSource ? { source: plainAddress(source) } : {}),
    ...(towards === undefined ? {} : { towards: plainAddress(towards) }),
  };
}

/**
 * Time each address of a name has before the next one is tried, in milliseconds.
 *
 * Node's own 250 ms would give up IPv4 on a slow line and then fail on an IPv6 address without a route.
 */
export function addressTimeoutMs(timeoutMs: number): number {
  return Math.max(250, Math.floor(timeoutMs / 3));
}
