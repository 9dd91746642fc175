import type { FastifyInstance } from 'fastify';

/** What the route needs. */
export interface OverviewRouteParts {
  /** @param acceptLanguage header Accept-Language */
  readonly renderOverview: (query: OverviewQuery, acceptLanguage: string | undefined) => Promise<string>;
}

/** What the address of the page may say. */
export interface OverviewQuery {
  readonly language?: string;
}

/** `GET /`: the overview page. */
export async function overviewRoutes(server: FastifyInstance, { renderOverview }: OverviewRouteParts): Promise<void> {
  server.get('/', async (request, reply) => {
    const language = new URL(request.url, 'http://localhost').searchParams.get('lang');
    const page = await renderOverview(language === null ? {} : { language }, request.headers['accept-language']);
    return reply.type('text/html; charset=utf-8').send(page);
  });
}
