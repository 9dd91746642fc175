import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Exposition } from '../../metrics/expose.ts';
import type { MachineDetail } from '../../metrics/metric-family.ts';

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
  server.get('/metrics', async (request, reply) => {
    const { contentType, body } = await exposition.render(request.headers.accept);
    return reply.type(contentType).send(body);
  });
  server.withTypeProvider<ZodTypeProvider>().route({
    method: 'GET',
    url: '/metrics/agencies/:code',
    schema: { params: agencyParams },
    handler: async (request, reply) => {
      const details = await machinesOf(request.params.code);
      const { contentType, body } = await exposition.renderAgency(details, request.headers.accept);
      return reply.type(contentType).send(body);
    },
  });
  // Prometheus reaches the pages of the agencies where it has reached this list.
  server.get('/sd/agencies', async (request) =>
    (await agencyCodes()).map((code) => ({
      targets: [request.host],
      labels: { __metrics_path__: `/metrics/agencies/${code}`, __scheme__: request.protocol, agency: code },
    })),
  );
}
