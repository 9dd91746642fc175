import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { contentHash } from '#shared/content-hash.ts';
import { sessionCookieName } from '../people-auth.ts';
import { showExamples } from './show-examples.ts';
import { API_TAGS } from './v1/api-tags.ts';
import { entityTag, isUnchanged } from './v1/etag.ts';

/** Where the document of the API lies. */
const OPENAPI_PATH = '/openapi.json';

/** Where people read it. */
const API_PAGES = '/api/docs';

/** The pages are made by a script of ours in the browser: scripts and styles from here alone, none inline. */
const PAGES_POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
} as const;

const toJsonSchema = createJsonSchemaTransform({});

/**
 * Collects what routes say of themselves; called before any of them is added.
 *
 * @param isSecure whether people come by TLS, which gives the cookie of a session its name
 */
export async function describeRoutes(server: FastifyInstance, isSecure: boolean): Promise<void> {
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'tramdo',
        version: '1',
        description:
          'API của bộ thu thập tramdo: cơ quan, máy tính, chỉ tiêu, kỳ báo cáo.\n\n' +
          'The API of the tramdo collector: agencies, machines, indicators, reporting periods.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      tags: Object.entries(API_TAGS).map(([name, { vi, en }]) => ({ name, description: `${vi} · ${en}` })),
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'Mã truy cập `tramdo_…` · An API token' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: sessionCookieName(isSecure),
            description:
              'Phiên đăng nhập; thay đổi cần thêm `X-CSRF-Token` của `GET /api/v1/session` · ' +
              'A session; changes need the `X-CSRF-Token` of `GET /api/v1/session` as well',
          },
        },
      },
    },
    // Only what declares an operation is part of the API: pages, agents and Prometheus have contracts of their own.
    transform: (document) => {
      const { schema, url, route } = document;
      if (schema?.operationId === undefined) return { schema: { hide: true }, url };
      const transformed = toJsonSchema(document);
      return { ...transformed, schema: showExamples(transformed.schema, route.config?.examples ?? []) };
    },
    transformObject: (document) => usedSchemasOnly(jsonSchemaTransformObject(document)),
  });
}

/** `GET /openapi.json`, and pages at `/api/docs` that show it without fetching anything from elsewhere. */
export async function openapiRoutes(server: FastifyInstance): Promise<void> {
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: { kind: 'public' } };
  });
  let document: { readonly text: string; readonly etag: string } | undefined;
  server.get(OPENAPI_PATH, { schema: { hide: true } }, async (request, reply) => {
    document ??= tagged(JSON.stringify(server.swagger()));
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8');
    return reply.send(isUnchanged(request, reply, document.etag) ? '' : document.text);
  });
  await server.register(swaggerUi, {
    routePrefix: API_PAGES,
    staticCSP: PAGES_POLICY,
    theme: { title: 'tramdo API' },
    // A logo would be one of another project.
    logo: { type: 'image/svg+xml', content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
    // Without the bar that would load another document.
    uiConfig: { layout: 'BaseLayout', docExpansion: 'none', deepLinking: true, persistAuthorization: false },
  });
}

/** Leaves out shared schemas that nothing refers to: each is made in two forms, as it is sent and as it is answered. */
function usedSchemasOnly(document: ReturnType<typeof jsonSchemaTransformObject>): typeof document {
  const schemas = 'components' in document ? document.components?.schemas : undefined;
  if (schemas === undefined) return document;
  const text = JSON.stringify(document);
  for (const name of Object.keys(schemas)) {
    if (!text.includes(`"#/components/schemas/${name}"`)) delete schemas[name];
  }
  return document;
}

/** Routes are all there before the first request, so that the document never changes. */
function tagged(text: string) {
  return { text, etag: entityTag(contentHash(text)) };
}
