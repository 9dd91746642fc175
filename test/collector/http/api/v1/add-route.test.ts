import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addDownload, addRoute } from '#collector/http/api/v1/add-route.ts';
import { NO_CONTENT } from '#collector/http/api/v1/api-route.ts';
import { tagAnswers, weakTag } from '#collector/http/api/v1/etag.ts';
import { PAGE_QUERY, pageFromList, pageOf } from '#collector/http/api/v1/paging.ts';
import { kitServer } from '../kit-server.ts';

const common = {
  tag: 'about',
  summary: { vi: 'Thử', en: 'A trial.' },
  access: { kind: 'public' },
  problems: [],
  examples: [],
} as const;

const NUMBERS = [1, 2, 3, 4, 5];

function addReads(server: FastifyInstance): void {
  addRoute(server, {
    ...common,
    method: 'GET',
    path: '/numbers',
    id: 'listNumbers',
    takes: { query: z.strictObject({ ...PAGE_QUERY, kind: z.enum(['odd', 'even']).optional() }) },
    answer: pageOf(z.object({ number: z.int() })),
    revalidates: true,
    handler: async ({ query }) => {
      const page = pageFromList(NUMBERS, query, (number) => [number]);
      return { ...page, items: page.items.map((number) => ({ number, secret: 'never sent' })) };
    },
  });
  addDownload(server, {
    ...common,
    method: 'GET',
    path: '/file',
    id: 'getFile',
    takes: {},
    gives: ['text/csv'],
    handler: async () => ({
      fileName: 'bảng "1".csv',
      mediaType: 'text/csv; charset=utf-8',
      content: Buffer.from('a;b'),
      version: 'v1',
    }),
  });
}

function addChanges(server: FastifyInstance): void {
  addRoute(server, {
    ...common,
    method: 'POST',
    path: '/numbers/:name',
    id: 'addNumber',
    takes: {
      params: z.strictObject({ name: z.string().max(3) }),
      body: z.strictObject({ value: z.int().max(9), password: z.string().min(12) }),
    },
    status: 201,
    answer: z.object({ name: z.string(), value: z.int() }),
    handler: async ({ params, body }) => ({ name: params.name, value: body.value }),
  });
  addRoute(server, {
    ...common,
    method: 'DELETE',
    path: '/numbers',
    id: 'deleteNumbers',
    takes: {},
    status: 204,
    answer: NO_CONTENT,
    handler: async () => undefined,
  });
}

async function trialServer() {
  return kitServer((server) => {
    tagAnswers(server);
    addReads(server);
    addChanges(server);
  });
}

describe('addRoute()', () => {
  it('answers what the schema names, and a link to the next page', async () => {
    const server = await trialServer();
    const answer = await server.inject('/numbers?limit=2&kind=odd');
    expect(answer.json()).toEqual({ items: [{ number: 1 }, { number: 2 }], next: expect.any(String) });
    expect(answer.headers['link']).toBe(`</numbers?limit=2&kind=odd&cursor=${answer.json().next}>; rel="next"`);
  });

  it('names every field that is wrong, with its value and what is allowed', async () => {
    const server = await trialServer();
    const answer = await server.inject('/numbers?limit=0&kind=odd&colour=red');
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.json()).toMatchObject({
      code: 'REQUEST_INVALID',
      errors: [
        { in: 'query', pointer: '#/limit', value: '"0"', detail: expect.stringContaining('>=1') },
        {
          in: 'query',
          pointer: '#/colour',
          value: '"red"',
          detail: 'There is no such field, allowed are limit, cursor, kind',
        },
      ],
    });
  });

  it('never repeats a secret, and refuses parts a route does not take', async () => {
    const server = await trialServer();
    const payload = { value: 10, password: 'short' };
    const answers = [
      await server.inject({ method: 'POST', url: '/numbers/long-name', payload }),
      await server.inject({
        method: 'POST',
        url: '/numbers/a?dryRun=true',
        payload: { value: 1, password: 'x'.repeat(12) },
      }),
      await server.inject({ method: 'POST', url: '/numbers/a' }),
      await server.inject({ method: 'DELETE', url: '/numbers', payload: { all: true } }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([400, 400, 400, 400]);
    expect(answers[0]?.json().errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/name',
      '#/value',
      '#/password',
    ]);
    expect(answers.map(({ body }) => body).join('')).not.toContain('short');
    expect(answers[1]?.json().errors[0]).toMatchObject({ in: 'query', pointer: '#/dryRun' });
    expect(answers[2]?.json().errors[0]).toMatchObject({ in: 'body', pointer: '#' });
    expect(answers[3]?.json().errors[0]).toMatchObject({ in: 'body', pointer: '#/all' });
  });

  it('answers 201 and 204, and keeps nothing in caches', async () => {
    const server = await trialServer();
    const made = await server.inject({
      method: 'POST',
      url: '/numbers/a',
      payload: { value: 1, password: 'x'.repeat(12) },
    });
    const gone = await server.inject({ method: 'DELETE', url: '/numbers' });
    expect([made.statusCode, made.json(), made.headers['cache-control']]).toEqual([
      201,
      { name: 'a', value: 1 },
      'no-store',
    ]);
    expect([gone.statusCode, gone.body]).toEqual([204, '']);
  });

  it('answers HEAD as GET without a body', async () => {
    const server = await trialServer();
    const answer = await server.inject({ method: 'HEAD', url: '/numbers' });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
  });
});

describe('tagAnswers()', () => {
  it('answers 304 while the bytes are the same', async () => {
    const server = await trialServer();
    const first = await server.inject('/numbers?limit=2');
    const etag = String(first.headers.etag);
    const ask = (url: string) => server.inject({ url, headers: { 'if-none-match': `"other", W/${etag}` } });
    const [same, other] = [await ask('/numbers?limit=2'), await ask('/numbers?limit=3')];
    expect([same.statusCode, same.body, same.headers.etag]).toEqual([304, '', etag]);
    expect([other.statusCode, first.headers['cache-control']]).toEqual([200, 'private, no-cache']);
  });
});

describe('weakTag()', () => {
  it('stays while only the named fields change, at any depth', () => {
    const tagOf = (at: string, a: number) => weakTag({ at, items: [{ a, at }] }, ['at']);
    expect(tagOf('09:00', 1)).toMatch(/^W\/"[\w-]{27}"$/);
    expect(tagOf('09:00', 1)).toBe(tagOf('10:00', 1));
    expect(tagOf('09:00', 1)).not.toBe(tagOf('09:00', 2));
  });
});

describe('addDownload()', () => {
  it('gives the file a name that any system takes, and 304 for the version a client has', async () => {
    const server = await trialServer();
    const answer = await server.inject('/file');
    expect([answer.body, answer.headers['content-disposition'], answer.headers['content-type']]).toEqual([
      'a;b',
      'attachment; filename="b_ng__1_.csv"',
      'text/csv; charset=utf-8',
    ]);
    const again = await server.inject({ url: '/file', headers: { 'if-none-match': '"v1"' } });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});
