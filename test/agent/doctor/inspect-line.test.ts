import { describe, expect, it } from 'vitest';
import { inspectLine } from '#agent/doctor/inspect-line.ts';
import { startConnectProxy } from '../../e2e/connect-proxy.ts';
import { startMiddleBox } from '../../e2e/middle-box.ts';

const NAME = 'collector.example.org';
const CLOCK = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
const OK = { ok: true, value: undefined, tookMs: expect.any(Number) };

describe('inspectLine()', () => {
  it('walks through a proxy to the answer of a server that is trusted', async () => {
    const server = await startMiddleBox([NAME]);
    const way = await startConnectProxy(server.port);
    const proxy = { host: '127.0.0.1', port: way.port };
    const facts = await inspectLine({ origin: `https://${NAME}:8640`, pins: [server.pin], proxy }, CLOCK);
    expect(facts).toEqual({
      next: proxy,
      connection: OK,
      tunnel: OK,
      tls: { ok: true, tookMs: expect.any(Number), value: expect.objectContaining({ pin: server.pin, subject: NAME }) },
      isTrusted: true,
      answer: { ok: true, tookMs: expect.any(Number), value: { status: 200 } },
    });
    way.close();
    server.close();
  });

  it('asks a server nothing that is not trusted', async () => {
    const server = await startMiddleBox([NAME]);
    const way = await startConnectProxy(server.port);
    const proxy = { host: '127.0.0.1', port: way.port };
    const facts = await inspectLine({ origin: `https://${NAME}:8640`, pins: ['T'.repeat(43)], proxy }, CLOCK);
    expect(facts).toMatchObject({ isTrusted: false, tls: { ok: true, value: { issuer: 'Tường lửa kiểm tra TLS' } } });
    expect(facts).not.toHaveProperty('answer');
    expect(server.heardBytes()).toBe(0);
    way.close();
    server.close();
  });

  it('stops where nobody listens', async () => {
    const facts = await inspectLine({ origin: 'https://127.0.0.1:1', pins: [] }, CLOCK);
    expect(facts).toEqual({
      next: { host: '127.0.0.1', port: 1 },
      isTrusted: false,
      connection: {
        ok: false,
        reason: 'ECONNREFUSED',
        error: expect.objectContaining({ code: 'COLLECTOR_UNREACHABLE' }),
      },
    });
  });

  it('names the failure of a name that nobody knows', async () => {
    const facts = await inspectLine({ origin: 'https://collector.invalid:8640', pins: [] }, CLOCK);
    expect(facts).toMatchObject({ name: { ok: false, reason: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/) } });
    expect(facts).not.toHaveProperty('connection');
  });
});
