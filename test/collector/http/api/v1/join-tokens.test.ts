import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseJoinString } from '#shared/join-string.ts';
import { generateKeyPair } from '#shared/signature.ts';
import { enrolmentOf, temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from '../example-register.ts';

const created = z.object({ id: z.string(), joinString: z.string(), state: z.string() });

async function asking() {
  const register = await fillExampleRegister(temporaryFolder());
  const { server } = await exampleCollector(register, false);
  const ask = (who: keyof typeof register.tokens, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) =>
    server.inject({
      method,
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${register.tokens[who]}` },
      ...(payload === undefined ? {} : { payload }),
    });
  return { server, ask };
}

describe('/api/v1/join-tokens', () => {
  it('makes a token that lets a machine join, lists it without its secret, and revokes it', async () => {
    const { server, ask } = await asking();
    const order = { agencyCode: 'H47.12.01', maxUseCount: 1 };
    const { id, joinString, state } = created.parse((await ask('agency', 'POST', '/join-tokens', order)).json());
    const { host, port, token } = parseJoinString(joinString);
    expect([host, port, state]).toEqual(['collector.example.org', 8640, 'usable']);
    const { publicKey } = await generateKeyPair();
    const joined = await server.inject({
      method: 'POST',
      url: '/agent/v1/enroll',
      payload: enrolmentOf(token, publicKey, 'z'),
    });
    expect(joined.json()).toMatchObject({ agencyCode: 'H47.12.01' });
    const listed = await ask('agency', 'GET', '/join-tokens?agency=H47.12.01');
    expect(listed.json()).toMatchObject({ items: [{ id, useCount: 1, state: 'used_up' }] });
    expect(listed.body).not.toContain(token);
    expect((await ask('agency', 'DELETE', `/join-tokens/${id}`)).statusCode).toBe(204);
    expect((await ask('agency', 'GET', '/join-tokens?state=revoked')).json()).toMatchObject({ items: [{ id }] });
    const lines = (await ask('admin', 'GET', '/audit?limit=2')).json<{ items: { action: string; target: string }[] }>();
    expect(lines.items.map(({ action, target }) => [action, target])).toEqual([
      ['join-token.revoke', id],
      ['join-token.create', id],
    ]);
  });

  it('is as if tokens of other agencies were not there', async () => {
    const { ask } = await asking();
    const [own] = (await ask('admin', 'GET', '/join-tokens')).json<{ items: { id: string }[] }>().items;
    const answers = [
      await ask('stranger', 'GET', '/join-tokens'),
      await ask('stranger', 'POST', '/join-tokens', { agencyCode: 'H47.12' }),
      await ask('stranger', 'DELETE', `/join-tokens/${own?.id}`),
      await ask('viewer', 'POST', '/join-tokens', { agencyCode: 'H47.12' }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 404, 404, 403]);
    expect(answers[0]?.json()).toEqual({ items: [] });
  });
});
