import type { FastifyInstance } from 'fastify';
import { type MetricRouteParts, metricRoutes } from './api/metrics.ts';
import { openapiRoutes } from './api/openapi.ts';
import { type OverviewRouteParts, overviewRoutes } from './api/overview.ts';
import type { ApiParts } from './api/v1/api-parts.ts';
import { apiPlugin } from './api/v1/api-plugin.ts';
import { accountPages } from './people/account-pages.ts';
import { signInPages } from './people/sign-in-pages.ts';
import { guardPeople, type PeopleAuthParts } from './people-auth.ts';

/** What the routes of this context need. */
export interface PeopleRouteParts extends MetricRouteParts, OverviewRouteParts {
  /** The desks of the API. */
  readonly api: ApiParts;
  readonly peopleAuth: PeopleAuthParts;
}

/**
 * Everything that people, their programs and scrapers ask for, behind the guard. Agents are outside of this context:
 * looking for a session would cost every report.
 */
export async function peopleRoutes(server: FastifyInstance, parts: PeopleRouteParts): Promise<void> {
  const { exposition, machinesOf, agencyCodes, overview, api, peopleAuth } = parts;
  await guardPeople(server, peopleAuth);
  await server.register(metricRoutes, { exposition, machinesOf, agencyCodes });
  await server.register(overviewRoutes, { overview });
  await server.register(openapiRoutes);
  await server.register(signInPages, peopleAuth);
  await server.register(accountPages, peopleAuth);
  await server.register(async (scope) => apiPlugin(scope, api), { prefix: '/api/v1' });
}
