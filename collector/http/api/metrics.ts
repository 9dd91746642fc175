import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import type { Exposition } from '../../metrics/expose.ts';
import type { MachineDetail } from '../../metrics/metric-family.ts';
import { parseAgencyCode } from '../../register/agency-code.ts';
import { requireInScope, scopedAgencies } from '../route-access.ts';

/** What the routes need. */
export interface MetricRouteParts {
  readonly exposition: Exposition;
  /**
   * The machines of an agency.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_INVALID
   */
  readonly machinesOf: (agencyCode: string) => Promise<readonly MachineDetail[]>;
  /** Codes of the agencies, sorted. */
  readonly agencyCodes: () => Promise<readonly string[]>;
}

const agencyParams = z.strictObject({ code: z.string().max(64) });

/** `GET /metrics`, `GET /metrics/agencies/:code` and `GET /sd/agencies` for Prometheus. */
export async function metricRoutes(server: FastifyInstance, parts: MetricRouteParts): Promise<void> {
  const { exposition, machinesOf, agencyCodes } = parts;
  server.get('/metrics', { config: { access: { kind: 'metrics' } } }, async (request, reply) => {
    requireWhole(request);
    const { contentType, body } = await exposition.render(request.headers.accept);
    return reply.type(contentType).send(body);
  });
  server.withTypeProvider<ZodTypeProvider>().route({
    method: 'GET',
    url: '/metrics/agencies/:code',
    config: { access: { kind: 'metrics' } },
    schema: { params: agencyParams },
    handler: async (request, reply) => {
      const agencyCode = parseAgencyCode(request.params.code);
      const unknown = new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}"`);
      await requireInScope(request, { agencyCode, target: agencyCode, unknown });
      const details = await machinesOf(agencyCode);
      const { contentType, body } = await exposition.renderAgency(details, request.headers.accept);
      return reply.type(contentType).send(body);
    },
  });
  // Prometheus reaches the pages of the agencies where it has reached this list.
  server.get('/sd/agencies', { config: { access: { kind: 'metrics' } } }, async (request) =>
    (await agencyCodes()).filter(scopedAgencies(request).covers).map((code) => ({
      targets: [request.host],
      labels: { __metrics_path__: `/metrics/agencies/${code}`, __scheme__: request.protocol, agency: code },
    })),
  );
}

/** @throws {TramdoError} ACCESS_FORBIDDEN when somebody with a scope asks for the figures of every agency */
function requireWhole(request: FastifyRequest): void {
  if (scopedAgencies(request).codes === undefined) return;
  throw new TramdoError(
    'ACCESS_FORBIDDEN',
    'Cannot show the figures of every agency: use /metrics/agencies/{code} with an agency of your own',
  );
}
