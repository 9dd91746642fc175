import type { FastifyInstance } from 'fastify';
import { isLanguage, type Language } from '../../catalogues/language.ts';
import type { OverviewModel } from '../../console/overview-model.ts';
import { renderOverview } from '../../console/overview-page.ts';
import { STYLESHEET, STYLESHEET_PATH } from '../../console/style.ts';

/** What the routes need. */
export interface OverviewRouteParts {
  readonly overview: () => Promise<OverviewModel>;
}

/** `GET /`: the overview page, in Vietnamese unless `?lang=en` asks for English; and the style of all pages. */
export async function overviewRoutes(server: FastifyInstance, { overview }: OverviewRouteParts): Promise<void> {
  server.get('/', async (request, reply) => {
    const page = renderOverview(await overview(), languageOf(request.url));
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page);
  });
  server.get(STYLESHEET_PATH, { config: { public: true } }, async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLESHEET),
  );
}

function languageOf(url: string): Language {
  const asked = new URL(url, 'http://localhost').searchParams.get('lang');
  return isLanguage(asked) ? asked : 'vi';
}
