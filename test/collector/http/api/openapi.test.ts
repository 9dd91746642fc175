import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { testCollector } from '../running-collector.ts';
import { documentedOperations } from './documented-operations.ts';

describe('GET /openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    const { whole } = await documentedOperations(await testCollector());
    const { valid, errors } = await new Validator().validate(whole);
    expect({ version: whole['openapi'], valid, errors }).toEqual({ version: '3.1.0', valid: true, errors: undefined });
  });

  it('names every operation once and never otherwise than before', async () => {
    const { operations } = await documentedOperations(await testCollector());
    const lines = operations.map(({ operationId, method, path }) => `${operationId} ${method} ${path}`).toSorted();
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../../golden/api-operations.txt');
  });

  it('gives every operation a known subject, a text in both languages and its refusals', async () => {
    const { operations, tags } = await documentedOperations(await testCollector());
    const poor = operations.filter(
      ({ tags: own, summary, description, responses }) =>
        !own.every((tag) => tags.includes(tag)) ||
        summary === '' ||
        !/^[A-Z].*\./.test(description) ||
        ['400', '401', '403', '429', '500', '503'].some(
          (status) => responses[status]?.content?.['application/problem+json'] === undefined,
        ),
    );
    expect(poor.map(({ operationId }) => operationId)).toEqual([]);
    expect(tags.filter((tag) => !operations.some((operation) => operation.tags.includes(tag)))).toEqual([]);
  });

  it('describes every parameter', async () => {
    const { operations } = await documentedOperations(await testCollector());
    const poor = operations.flatMap(({ operationId, parameters }) =>
      parameters.filter(({ description }) => description === undefined).map(({ name }) => `${operationId} ${name}`),
    );
    expect(poor).toEqual([]);
  });
});

describe('GET /api/docs', () => {
  it('shows the document by scripts of its own files alone', async () => {
    const { server } = await testCollector();
    const page = await server.inject('/api/docs/');
    const policy = String(page.headers['content-security-policy']);
    expect([page.statusCode, policy.match(/unsafe|https?:/g)]).toEqual([200, null]);
    expect(page.body).not.toMatch(/<script(?![^>]*\bsrc="\.\/static\/)|<style|https?:/);
    const files = [...page.body.matchAll(/(?:src|href)="\.(\/static\/[^"]+)"/g)].map(([, path]) => path);
    const answers = await Promise.all(files.map((path) => server.inject(`/api/docs${path}`)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(files.map(() => 200));
  });
});
