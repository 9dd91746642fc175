import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { attempt } from '#agent/host/attempts/attempt.ts';
import { closedPort, withServer } from './loopback-server.ts';

const OPTIONS = { timeoutMs: 5_000, signal: new AbortController().signal };

describe('attempt()', () => {
  it('tries tcp:// by connecting', async () => {
    const result = await withServer(createServer(), (port) => attempt(`tcp://127.0.0.1:${port}`, OPTIONS));
    expect(result).toEqual({ rttMs: expect.any(Number) });
  });

  it('takes the brackets from an IPv6 address', async () => {
    const result = await withServer(createServer(), (port) => attempt(`tcp://[::1]:${port}`, OPTIONS), '::1');
    expect(result).toEqual({ rttMs: expect.any(Number) });
  });

  it('tries https:// by asking', async () => {
    expect(await attempt(`https://127.0.0.1:${await closedPort()}/`, OPTIONS)).toEqual({ failure: 'REFUSED' });
  });

  it.each(['gopher://192.0.2.1', 'not a target'])('cannot try %j, which says nothing of it', async (target) => {
    expect(await attempt(target, OPTIONS)).toEqual({ failure: 'NOT_PERMITTED' });
  });
});
