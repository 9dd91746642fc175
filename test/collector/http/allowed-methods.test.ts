import { describe, expect, it } from 'vitest';
import { testCollector } from './running-collector.ts';

describe('noteMethods()', () => {
  it('tells a wrong method from a wrong path', async () => {
    const { server } = await testCollector();
    const requests = [
      ['DELETE', '/api/v1/agencies'],
      ['GET', '/agent/v1/reports'],
      ['PUT', '/api/v1/agencies/H47.12'],
      ['DELETE', '/api/v1/nothing'],
      ['GET', '/api/docs/static/nothing.js'],
    ] as const;
    const answers = await Promise.all(requests.map(([method, url]) => server.inject({ method, url })));
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers['allow']])).toEqual([
      [405, 'GET, HEAD, OPTIONS, POST'],
      [405, 'OPTIONS, POST'],
      [405, 'GET, HEAD, OPTIONS'],
      [404, undefined],
      [404, undefined],
    ]);
    expect(answers[0]?.json()).toMatchObject({ code: 'METHOD_NOT_ALLOWED', status: 405 });
  });

  it('answers OPTIONS with the methods and nothing for other sites', async () => {
    const { server } = await testCollector();
    const headers = { origin: 'https://elsewhere.example.org', 'access-control-request-method': 'GET' };
    const answer = await server.inject({ method: 'OPTIONS', url: '/api/v1/about', headers });
    expect([answer.statusCode, answer.headers['allow'], answer.body]).toEqual([204, 'GET, HEAD, OPTIONS', '']);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
