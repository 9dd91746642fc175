import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from './api/example-register.ts';

describe('replyWithProblems()', () => {
  it('refuses whatever cannot be read as a problem with a code, and keeps no refusal in caches', async () => {
    const { folder, tokens, ids } = await fillExampleRegister(temporaryFolder());
    const { server } = await exampleCollector({ folder, tokens, ids }, false);
    const post = (payload: string, mediaType: string) =>
      server.inject({
        method: 'POST',
        url: '/api/v1/join-tokens',
        headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': mediaType },
        payload,
      });
    const answers = [
      await server.inject('/api/v1/agencies/%ZZ'),
      await server.inject(`/api/v1/agencies/${'a'.repeat(300)}`),
      await post('{"agencyCode":', 'application/json'),
      await post('x', 'text/plain'),
      await post(JSON.stringify({ agencyCode: 'x'.repeat(20_000) }), 'application/json'),
      await server.inject('/api/v1/agencies'),
    ];
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
      [400, 'REQUEST_INVALID'],
      [400, 'REQUEST_INVALID'],
      [400, 'REQUEST_INVALID'],
      [415, 'MEDIA_TYPE_UNSUPPORTED'],
      [413, 'BODY_TOO_LARGE'],
      [401, 'AUTHENTICATION_REQUIRED'],
    ]);
    const kinds = answers.map(({ headers }) => `${headers['content-type']} ${headers['cache-control']}`);
    expect(new Set(kinds)).toEqual(new Set(['application/problem+json no-store']));
  });
});
