import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addRoute } from '#collector/http/api/v1/add-route.ts';
import { limitPrincipals, PRINCIPAL_LIMITS } from '#collector/http/rate-limits.ts';
import { kitServer } from './api/kit-server.ts';

const LIMITS = { ...PRINCIPAL_LIMITS, read: { max: 2, timeWindow: 60_000 }, heavy: { max: 1, timeWindow: 60_000 } };

async function limitedServer() {
  return kitServer(
    async (server) => {
      await server.register(async (scope) => {
        limitPrincipals(scope, LIMITS);
        for (const cost of ['read', 'heavy'] as const) {
          addRoute(scope, {
            method: 'GET',
            path: `/${cost}`,
            id: cost,
            tag: 'about',
            summary: { vi: 'Thử', en: 'A trial.' },
            access: { kind: 'public' },
            takes: {},
            answer: z.object({ cost: z.string() }),
            problems: [],
            examples: [],
            cost,
            handler: async () => ({ cost }),
          });
        }
      });
    },
    ({ authorization }) => ({ kind: 'token', id: String(authorization), name: 'export', role: 'viewer' }),
  );
}

describe('limitPrincipals()', () => {
  it('counts by token wherever it is used, apart for each cost', async () => {
    const server = await limitedServer();
    const ask = async (url: string, authorization: string, remoteAddress: string) =>
      (await server.inject({ url, headers: { authorization }, remoteAddress })).statusCode;
    expect([
      await ask('/read', 'one', '192.0.2.1'),
      await ask('/read', 'one', '192.0.2.2'),
      await ask('/read', 'one', '127.0.0.1'),
      await ask('/heavy', 'one', '192.0.2.1'),
      await ask('/heavy', 'one', '192.0.2.1'),
      await ask('/read', 'two', '192.0.2.1'),
    ]).toEqual([200, 200, 429, 200, 429, 200]);
  });

  it('says when to come back', async () => {
    const server = await limitedServer();
    await server.inject('/heavy');
    const answer = await server.inject('/heavy');
    expect(answer.json()).toMatchObject({ code: 'RATE_LIMITED', status: 429 });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(60);
  });
});
