import { z } from 'zod';
import type { Collector } from '#collector/compose.ts';

const jsonObject = z.record(z.string(), z.unknown());

const answerContent = z.record(z.string(), z.object({ schema: jsonObject }));

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), description: z.string().optional() })).default([]),
  responses: z.record(z.string(), z.object({ description: z.string(), content: answerContent.optional() })),
  'x-requests': z.array(
    z.object({
      name: z.string().regex(/^[a-z0-9-]+$/),
      params: z.record(z.string(), z.string()).default({}),
      query: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
      headers: z.record(z.string(), z.string()).default({}),
      body: z.unknown().optional(),
      status: z.int().optional(),
    }),
  ),
});

const document = z.object({
  components: z.object({ schemas: jsonObject }),
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), operation)),
});

/** One operation of the document with where it is. */
export type DocumentedOperation = z.infer<typeof operation> & { readonly method: string; readonly path: string };

/** The document of a collector: as it is, its shared schemas, its tags, and its operations in its own order. */
export async function documentedOperations({ server }: Pick<Collector, 'server'>) {
  const whole: unknown = (await server.inject('/openapi.json')).json();
  const { components, tags, paths } = document.parse(whole);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, one]): DocumentedOperation => ({ ...one, method: method.toUpperCase(), path }),
    ),
  );
  return {
    whole: jsonObject.parse(whole),
    schemas: components.schemas,
    tags: tags.map(({ name }) => name),
    operations,
  };
}
