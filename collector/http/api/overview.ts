import type { FastifyInstance } from 'fastify';
import type { OverviewModel } from '../../console/overview-model.ts';
import { renderOverview } from '../../console/overview-page.ts';
import { overviewWithin } from '../../console/overview-scope.ts';
import { STYLESHEET, STYLESHEET_PATH } from '../../console/style.ts';
import { pageLanguage } from '../page-language.ts';
import { scopedAgencies } from '../route-access.ts';

/** What the routes need. */
export interface OverviewRouteParts {
  readonly overview: () => Promise<OverviewModel>;
}

/** `GET /`: the overview page, in Vietnamese unless `?lang=en` asks for English; and the style of all pages. */
export async function overviewRoutes(server: FastifyInstance, { overview }: OverviewRouteParts): Promise<void> {
  server.get('/', { config: { access: { kind: 'metrics' } } }, async (request, reply) => {
    const model = overviewWithin(await overview(), scopedAgencies(request));
    const page = renderOverview(model, pageLanguage(request.url));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
  });
  server.get(STYLESHEET_PATH, { config: { access: { kind: 'public' } } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLESHEET),
  );
}
