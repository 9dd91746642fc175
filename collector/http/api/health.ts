import type { FastifyInstance } from 'fastify';

/** What the routes need. */
export interface HealthRouteParts {
  /** @throws {TramdoError} when nothing can be written now */
  readonly checkStore: () => Promise<void>;
}

/** `GET /healthz`: the process answers. `GET /readyz`: it can also write. */
export async function healthRoutes(server: FastifyInstance, { checkStore }: HealthRouteParts): Promise<void> {
  server.get('/healthz', { config: { access: { kind: 'public' } } }, async () => ({ status: 'alive' }));
  server.get('/readyz', { config: { access: { kind: 'public' } } }, async () => {
    await checkStore();
    return { status: 'ready' };
  });
}
