import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { attemptRound, CONCURRENT, TIMEOUT_MS } from '#agent/attempt-round.ts';
import { MOST_TARGETS } from '#shared/plan.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { closedPort, withServer } from './host/attempts/loopback-server.ts';

const PATH = { interface: 'eth0', source: '192.0.2.9/24' };
const OPTIONS = {
  machineId: '019a0000-0000-7000-8000-000000000001',
  atMs: 5_940_000 * SLOT_MS,
  findPath: async () => PATH,
  signal: new AbortController().signal,
};
const wan = (targets: readonly string[]) => ({ id: 'wan', kind: 'wan' as const, targets: [...targets] });

/** What answers everything with the same page, as a portal does that wants somebody to log in. */
function portal() {
  return createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end('HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n'));
  });
}

describe('attemptRound()', () => {
  it('gives one entry a target in the order of the plan, and each path once', async () => {
    const closed = await closedPort();
    const result = await withServer(createServer(), (port) =>
      attemptRound([wan([`tcp://127.0.0.1:${closed}`, `tcp://127.0.0.1:${port}`, 'gopher://192.0.2.1'])], OPTIONS),
    );
    expect(result).toEqual({
      entries: [
        { network: 'wan', target: `tcp://127.0.0.1:${closed}`, failure: 'REFUSED', path: 0 },
        { network: 'wan', target: expect.any(String), rttMs: expect.any(Number), path: 0 },
        { network: 'wan', target: 'gopher://192.0.2.1', failure: 'NOT_PERMITTED' },
      ],
      paths: [PATH],
    });
  });

  it('believes no open port of a network whose TLS is answered by a portal', async () => {
    const { entries } = await withServer(portal(), (port) =>
      attemptRound([wan([`tcp://127.0.0.1:${port}`, `https://127.0.0.1:${port}/`])], OPTIONS),
    );
    expect(entries.map(({ failure }) => failure)).toEqual(['INTERCEPTED', 'CAPTIVE_PORTAL']);
  });

  it('says of answers from outside of the ranges of a network that they are none of it', async () => {
    const { entries } = await withServer(createServer(), (port) =>
      attemptRound([{ ...wan([`tcp://127.0.0.1:${port}`]), cidrs: ['192.0.2.0/24'] }], OPTIONS),
    );
    expect(entries.map(({ failure }) => failure)).toEqual(['ADDRESS_UNEXPECTED']);
  });

  it('has no paths when there is no way out', async () => {
    const closed = await closedPort();
    const result = await attemptRound([wan([`tcp://127.0.0.1:${closed}`])], {
      ...OPTIONS,
      findPath: async () => undefined,
    });
    expect(result).toEqual({ entries: [{ network: 'wan', target: expect.any(String), failure: 'REFUSED' }] });
  });

  it('ends long before the next one begins, though every target may keep silent', async () => {
    const silent = createServer((socket) => socket.on('error', () => {}));
    const timeoutMs = 50;
    const startedAtMs = performance.now();
    const { entries } = await withServer(silent, (port) =>
      attemptRound([wan(Array.from({ length: MOST_TARGETS }, (_, index) => `https://127.0.0.1:${port}/${index}`))], {
        ...OPTIONS,
        timeoutMs,
      }),
    );
    expect(new Set(entries.map(({ failure }) => failure))).toEqual(new Set(['TIMED_OUT']));
    expect(entries).toHaveLength(MOST_TARGETS);
    // Turns of the real round at the real time-out, with the overhead that this one had.
    const turns = Math.ceil(MOST_TARGETS / CONCURRENT);
    const overheadMs = performance.now() - startedAtMs - turns * timeoutMs;
    expect(turns * TIMEOUT_MS + overheadMs).toBeLessThan(SLOT_MS / 4);
  });

  it('ends without a result when the agent stops', async () => {
    const signal = AbortSignal.abort(new Error('stopping'));
    expect(await attemptRound([wan(['tcp://127.0.0.1:1'])], { ...OPTIONS, signal })).toEqual({ entries: [] });
  });
});
