import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { attempt } from '#agent/host/attempts/attempt.ts';
import { closedPort, withServer } from './loopback-server.ts';

const OPTIONS = { timeoutMs: 5_000, signal: new AbortController().signal };
const WAY = { source: '127.0.0.1', towards: '127.0.0.1' };

describe('attempt()', () => {
  it('tries tcp:// by connecting', async () => {
    const result = await withServer(createServer(), (port) => attempt(`tcp://127.0.0.1:${port}`, OPTIONS));
    expect(result).toEqual({ rttMs: expect.any(Number), ...WAY });
  });

  it('takes the brackets from an IPv6 address', async () => {
    const result = await withServer(createServer(), (port) => attempt(`tcp://[::1]:${port}`, OPTIONS), '::1');
    expect(result).toEqual({ rttMs: expect.any(Number), source: '::1', towards: '::1' });
  });

  it('tries https:// by asking', async () => {
    const result = await attempt(`https://127.0.0.1:${await closedPort()}/`, OPTIONS);
    expect(result).toEqual({ failure: 'REFUSED', towards: '127.0.0.1' });
  });

  it('tries a beacon by asking', async () => {
    const nonceParts = { machineId: '019a0000-0000-7000-8000-000000000001', network: 'wan', slot: 5_940_000 };
    const result = await attempt(`beacon+https://127.0.0.1:${await closedPort()}/`, { ...OPTIONS, nonceParts });
    expect(result).toEqual({ failure: 'REFUSED', towards: '127.0.0.1' });
  });

  it.each([
    { target: (port: number) => `tcp://127.0.0.1:${port}`, cidrs: ['192.0.2.0/24', '127.0.0.0/8'], isTaken: true },
    { target: (port: number) => `tcp://127.0.0.1:${port}`, cidrs: [], isTaken: true },
    { target: (port: number) => `tcp://127.0.0.1:${port}`, cidrs: ['192.0.2.0/24', '::1/128'], isTaken: false },
    { target: (port: number) => `tcp://localhost:${port}`, cidrs: ['192.0.2.0/24'], isTaken: false },
  ])('takes an answer from $cidrs alone when the network has these ranges', async ({ target, cidrs, isTaken }) => {
    const result = await withServer(createServer(), (port) => attempt(target(port), { ...OPTIONS, cidrs }));
    const want = isTaken ? { rttMs: expect.any(Number), ...WAY } : { failure: 'ADDRESS_UNEXPECTED', ...WAY };
    expect(result).toEqual(want);
  });

  it('leaves a failure what it is, whatever the ranges', async () => {
    const result = await attempt(`tcp://127.0.0.1:${await closedPort()}`, { ...OPTIONS, cidrs: ['192.0.2.0/24'] });
    expect(result).toEqual({ failure: 'REFUSED', towards: '127.0.0.1' });
  });

  it.each(['gopher://192.0.2.1', 'not a target', 'tcp://192.0.2.1', 'icmp://224.0.0.1', 'beacon+https://192.0.2.1/'])(
    'cannot try %j, which says nothing of it',
    async (target) => {
      expect(await attempt(target, OPTIONS)).toEqual({ failure: 'NOT_PERMITTED' });
    },
  );
});
