import type { FastifySchema } from 'fastify';
import type { ApiExample } from './v1/api-route.ts';

/**
 * A route's schemas, already as JSON Schema, with its examples in them: whole bodies by name, for each parameter the
 * values it has in them, and under `x-requests` every request as it is run by a test.
 *
 * @param examples those that are refused on purpose stand under `x-requests` alone, as nobody should copy them
 */
export function showExamples(schema: FastifySchema, examples: readonly ApiExample[]): FastifySchema {
  const good = examples.filter(({ status }) => status === undefined || status < 400);
  const bodies = good.flatMap(({ name, body }) => (body === undefined ? [] : [[name, { value: body }] as const]));
  const requests = { 'x-requests': examples };
  return {
    ...schema,
    ...requests,
    ...(isRecord(schema.body) && bodies.length > 0
      ? { body: { ...schema.body, 'x-examples': Object.fromEntries(bodies) } }
      : {}),
    ...(isRecord(schema.params) ? { params: withValues(schema.params, valuesOf(good, 'params')) } : {}),
    ...(isRecord(schema.querystring) ? { querystring: withValues(schema.querystring, valuesOf(good, 'query')) } : {}),
  };
}

type Values = ReadonlyMap<string, readonly unknown[]>;

function valuesOf(examples: readonly ApiExample[], part: 'params' | 'query'): Values {
  const pairs = examples.flatMap((example) => Object.entries(example[part] ?? {}));
  const byName = Map.groupBy(pairs, ([name]) => name);
  return new Map([...byName].map(([name, values]) => [name, [...new Set(values.map(([, value]) => value))]]));
}

function withValues(schema: Record<string, unknown>, values: Values): Record<string, unknown> {
  if (!isRecord(schema['properties'])) return schema;
  const properties = Object.entries(schema['properties']).map(([name, property]) => {
    const examples = values.get(name);
    return [name, isRecord(property) && examples !== undefined ? { ...property, examples } : property];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
