import { fastify } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { replyWithProblems } from '#collector/http/error-reply.ts';
import { isUnsafe, refuseOtherSites } from '#collector/http/people/same-site.ts';

async function statusOf(headers: Readonly<Record<string, string>>): Promise<number> {
  const server = fastify();
  onTestFinished(() => server.close());
  replyWithProblems(server);
  server.post('/', async (request) => {
    refuseOtherSites(request);
    return isUnsafe(request);
  });
  const answer = await server.inject({ method: 'POST', url: '/', headers: { host: 'tramdo.example.org', ...headers } });
  return answer.statusCode;
}

describe('refuseOtherSites()', () => {
  it.each<[string, number, Record<string, string>]>([
    ['a program that sends neither header', 200, {}],
    ['the own page', 200, { origin: 'https://tramdo.example.org', 'sec-fetch-site': 'same-origin' }],
    ['what a person typed', 200, { 'sec-fetch-site': 'none' }],
    ['the own page in an old browser', 200, { origin: 'https://tramdo.example.org' }],
    ['another site', 403, { 'sec-fetch-site': 'cross-site' }],
    ['another host of the domain', 403, { 'sec-fetch-site': 'same-site' }],
    ['another site in an old browser', 403, { origin: 'https://example.org' }],
    ['a page without an origin', 403, { origin: 'null' }],
    ['another port', 403, { origin: 'https://tramdo.example.org:8443' }],
  ])('answers %s with %i', async (_who, status, headers) => {
    expect(await statusOf(headers)).toBe(status);
  });
});
