import { createServer, Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { attemptConnection } from '#agent/host/attempts/attempt-connection.ts';
import { tcpAttempt } from '#agent/host/attempts/tcp-attempt.ts';
import { closedPort, withServer } from './loopback-server.ts';

const OPTIONS = { timeoutMs: 5_000, signal: new AbortController().signal };

describe('tcpAttempt()', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])('measures the handshake with a server on %s', async (host) => {
    const address = host === 'localhost' ? '127.0.0.1' : host;
    const result = await withServer(createServer(), (port) => tcpAttempt(host, port, OPTIONS), address);
    expect(result).toEqual({ rttMs: expect.any(Number), source: address, towards: address });
    if ('rttMs' in result) expect(result.rttMs).toBeLessThan(5_000);
  });

  it('is REFUSED by a closed port', async () => {
    expect(await tcpAttempt('127.0.0.1', await closedPort(), OPTIONS)).toEqual({
      failure: 'REFUSED',
      towards: '127.0.0.1',
    });
  });

  it('finds no name that cannot exist', async () => {
    expect(await tcpAttempt('no-such-host.invalid', 1, OPTIONS)).toEqual({ failure: 'NAME_NOT_FOUND' });
  });

  it('is TIMED_OUT when the connection does not come about in time', async () => {
    // A socket that was told to connect to nothing behaves as one whose packets nobody answers.
    const silent = attemptConnection(new Socket(), { ...OPTIONS, timeoutMs: 20 }, { failureOf: () => 'FAILED' });
    expect(await silent).toEqual({ failure: 'TIMED_OUT' });
  });

  it('ends without a result when the agent stops', async () => {
    const stop = AbortSignal.abort(new Error('stopping'));
    await expect(tcpAttempt('127.0.0.1', 1, { ...OPTIONS, signal: stop })).rejects.toThrow('stopping');
  });
});
