import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from './api/example-register.ts';

describe('replyWithProblems()', () => {
  it('refuses whatever cannot be read as a problem with a code, and keeps no refusal in caches', async () => {
    const register = await fillExampleRegister(temporaryFolder());
    const { tokens } = register;
    const { server } = await exampleCollector(register, false);
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

  it('shows a browser a page where there is none or it may not be seen, and programs a problem', async () => {
    const register = await fillExampleRegister(temporaryFolder());
    const { tokens } = register;
    const { server } = await exampleCollector(register, false);
    const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const ask = async (url: string, headers: Record<string, string>) => {
      const answer = await server.inject({ url, headers });
      return [answer.statusCode, `${answer.headers['content-type']}`, answer.body] as const;
    };
    const page = 'text/html; charset=utf-8';
    const missing = await ask('/khong-co', browser);
    expect(missing.slice(0, 2)).toEqual([404, page]);
    expect(missing[2]).toMatch(/<h1>tramdo – Không có trang này<\/h1>[\s\S]*<a href="\/">Về trang tổng quan<\/a>/);
    expect((await ask('/khong-co?lang=en', browser))[2]).toContain('<a href="/?lang=en">Back to the overview</a>');
    expect((await ask('//', browser)).slice(0, 2)).toEqual([404, page]);
    const agency = { authorization: `Bearer ${tokens.agency}` };
    expect((await ask('/metrics', { ...agency, ...browser })).slice(0, 2)).toEqual([403, page]);
    const problem = 'application/problem+json';
    expect([
      (await ask('/khong-co', { accept: '*/*' })).slice(0, 2),
      (await ask('/api/v1/khong-co', browser)).slice(0, 2),
      (await ask('/agent/v1/khong-co', browser)).slice(0, 2),
      (await ask('/metrics', agency)).slice(0, 2),
    ]).toEqual([
      [404, problem],
      [404, problem],
      [404, problem],
      [403, problem],
    ]);
  });
});
