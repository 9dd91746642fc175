import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showExamples } from '#collector/http/api/show-examples.ts';
import { type DocumentedOperation, documentedOperations } from './documented-operations.ts';
import { type ExampleRegister, exampleCollector, fillExampleRegister } from './example-register.ts';

const root = mkdtempSync(join(tmpdir(), 'tramdo-examples-'));
const held: { register?: ExampleRegister } = {};

beforeAll(async () => {
  held.register = await fillExampleRegister(join(root, 'data'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

function example(): ExampleRegister {
  if (held.register === undefined) throw new Error('The register was not filled');
  return held.register;
}

/** The request of an example with the true ids. */
function requestOf(
  { method, path }: DocumentedOperation,
  request: DocumentedOperation['x-requests'][number],
  who: keyof ExampleRegister['tokens'] = 'admin',
) {
  const { ids, tokens } = example();
  const trueText = (text: string) =>
    Object.entries(ids).reduce((made, [id, found]) => made.replaceAll(id, found), text);
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(trueText(request.params[name] ?? '')),
  );
  const query = Object.entries(request.query).map(([name, value]) => [name, trueText(String(value))]);
  const search = new URLSearchParams(query).toString();
  const { body } = request;
  const isText = typeof body === 'string';
  const payload = body === undefined ? undefined : trueText(isText ? body : JSON.stringify(body));
  return {
    method: methodOf(method),
    url: search === '' ? url : `${url}?${search}`,
    headers: {
      authorization: `Bearer ${tokens[who]}`,
      ...(payload === undefined || isText ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(payload === undefined ? {} : { payload }),
  } satisfies InjectOptions;
}

function methodOf(text: string): 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  const found = (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const).find((method) => method === text);
  if (found === undefined) throw new Error(`The method ${text} is not one of the API`);
  return found;
}

/** What keeps an answer from being one the document promises; empty when it is one. */
function breaches(
  { responses }: DocumentedOperation,
  answer: { readonly statusCode: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: string },
  schemas: Readonly<Record<string, unknown>>,
): string[] {
  const documented = responses[String(answer.statusCode)];
  if (documented === undefined)
    return [`answered ${answer.statusCode}, which is not documented: ${answer.body.slice(0, 300)}`];
  if (documented.content === undefined) return answer.body === '' ? [] : ['answered with a body'];
  const [mediaType = ''] = String(answer.headers['content-type']).split(';');
  const content = documented.content[mediaType];
  if (content === undefined)
    return [`answered ${mediaType}, documented are ${Object.keys(documented.content).join(', ')}`];
  if (!/json$/.test(mediaType)) return [];
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile({ ...content.schema, components: { schemas } });
  return validate(JSON.parse(answer.body)) ? [] : [ajv.errorsText(validate.errors).slice(0, 500)];
}

describe('the examples of the API', () => {
  it('are answered as the document says', async () => {
    const shared = await exampleCollector(example());
    const { operations, schemas } = await documentedOperations(shared);
    const found: string[] = [];
    for (const operation of operations) {
      for (const request of operation['x-requests']) {
        const changes = operation.method !== 'GET' && (request.status ?? 200) < 300;
        const collector = changes ? await exampleCollector(example()) : shared;
        const answer = await collector.server.inject(requestOf(operation, request));
        if (changes) await collector.close();
        const good = Number(Object.keys(operation.responses).find((status) => status.startsWith('2')));
        const wants = request.status ?? good;
        const name = `${operation.operationId} ${request.name}`;
        if (answer.statusCode !== wants)
          found.push(`${name} answered ${answer.statusCode} and not ${wants}: ${answer.body.slice(0, 400)}`);
        found.push(...breaches(operation, answer, schemas).map((text) => `${name}: ${text}`));
      }
    }
    expect(found).toEqual([]);
  });

  it('are there for every operation, under names of their own', async () => {
    const { operations } = await documentedOperations(await exampleCollector(example()));
    const without = operations.filter((operation) => {
      const names = operation['x-requests'].map(({ name }) => name);
      return names.length === 0 || new Set(names).size < names.length;
    });
    expect(without.map(({ operationId }) => operationId)).toEqual([]);
  });

  it('tell somebody of another agency nothing of this one', async () => {
    const { server } = await exampleCollector(example());
    const operations = (await documentedOperations({ server })).operations.filter(
      ({ operationId }) => !SHIPPED.includes(operationId),
    );
    const told: string[] = [];
    for (const operation of operations) {
      for (const request of operation['x-requests']) {
        const asked = requestOf(operation, request, 'stranger');
        const { statusCode, body } = await server.inject(asked);
        if (statusCode < 300 && TELLING.test(body))
          told.push(`${operation.operationId} ${request.name}: ${body.slice(0, 300)}`);
      }
    }
    expect(told).toEqual([]);
  });
});

/** Operations that answer with samples of ours, the same for everyone. */
const SHIPPED = ['getImportTemplate'];

/** What only belongs to the agencies of the examples and not to H47.151. */
const TELLING = /H47\.12\b|Sở Tài chính|Trung tâm Tư vấn|pc-mat-01|\bpc-1\b/;

describe('showExamples()', () => {
  it('lays good examples into the schemas, and every one beside them', () => {
    const schema = {
      body: { type: 'object' },
      querystring: { type: 'object', properties: { limit: { type: 'integer' }, level: { type: 'string' } } },
    };
    const examples = [
      { name: 'good', body: { a: 1 }, query: { limit: 2 } },
      { name: 'bad', body: { a: 'x' }, query: { level: 'moon' }, status: 400 },
    ];
    expect(showExamples(schema, examples)).toEqual({
      'x-requests': examples,
      body: { type: 'object', 'x-examples': { good: { value: { a: 1 } } } },
      querystring: {
        type: 'object',
        properties: { limit: { type: 'integer', examples: [2] }, level: { type: 'string' } },
      },
    });
  });
});
