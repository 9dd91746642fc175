import helmet from '@fastify/helmet';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { type EnrolmentRouteParts, enrolmentRoutes } from './agent/enrolment.ts';
import { type LineTurnRouteParts, lineTurnRoutes } from './agent/line-sample-turn.ts';
import { type PlanRouteParts, planRoutes } from './agent/plan.ts';
import { type ReleaseRouteParts, releaseRoutes } from './agent/release.ts';
import { type ReportRouteParts, reportRoutes } from './agent/reports.ts';
import { noteMethods } from './allowed-methods.ts';
import { type HealthRouteParts, healthRoutes } from './api/health.ts';
import { describeRoutes } from './api/openapi.ts';
import { type InstallScriptRouteParts, installScriptRoutes } from './downloads/install-scripts.ts';
import { type PackageRouteParts, packageRoutes } from './downloads/packages.ts';
import { replyBadAddress, replyNotFound, replyWithProblems } from './error-reply.ts';
import type { TlsFiles } from './own-certificate.ts';
import { requireGuard } from './people-auth.ts';
import { type PeopleRouteParts, peopleRoutes } from './people-routes.ts';
import { limitRates, NOT_FOUND_LIMIT } from './rate-limits.ts';
import { requireRouteAccess } from './route-access.ts';

/** What the server is made of. */
export interface ServerParts
  extends EnrolmentRouteParts,
    ReportRouteParts,
    PlanRouteParts,
    ReleaseRouteParts,
    LineTurnRouteParts,
    HealthRouteParts,
    InstallScriptRouteParts,
    PackageRouteParts,
    PeopleRouteParts {
  readonly log: FastifyBaseLogger;
  /** Absent for plain HTTP. */
  readonly tls?: TlsFiles;
  /** A declared proxy says who asks. */
  readonly behindProxy: boolean;
}

/** How long a client may take, in milliseconds. */
const TIMEOUTS = { requestTimeout: 30_000, connectionTimeout: 60_000, keepAliveTimeout: 75_000 } as const;

/** Body limit of routes that do not state their own, in bytes. */
const DEFAULT_BODY_BYTES = 16_384;

/** Builds the server; it does not listen yet, and tests inject requests. */
export async function buildServer(parts: ServerParts): Promise<FastifyInstance> {
  const server = createServer(parts);
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  replyWithProblems(server);
  const allowed = noteMethods(server);
  requireRouteAccess(server);
  requireGuard(server);
  await server.register(helmet, {
    // Pages are whole in themselves: no script, nothing from elsewhere.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // With the own certificate a browser must stay able to ask its user.
    strictTransportSecurity: false,
  });
  await limitRates(server);
  server.setNotFoundHandler({ preHandler: server.rateLimit(NOT_FOUND_LIMIT) }, replyNotFound(allowed));
  await describeRoutes(server, parts.peopleAuth.isSecure);
  const { intake, counts, histogram, nowMs, monotonicMs } = parts;
  await server.register(reportRoutes, { intake, counts, histogram, nowMs, monotonicMs });
  await server.register(enrolmentRoutes, { enrol: parts.enrol });
  await server.register(planRoutes, { directory: parts.directory, plan: parts.plan });
  await server.register(releaseRoutes, { directory: parts.directory, releases: parts.releases });
  await server.register(lineTurnRoutes, { directory: parts.directory, lineTurns: parts.lineTurns });
  await server.register(healthRoutes, { checkStore: parts.checkStore });
  await server.register(installScriptRoutes, { packages: parts.packages });
  await server.register(packageRoutes, { packages: parts.packages });
  await server.register(async (scope) => peopleRoutes(scope, parts));
  return server;
}

function createServer({ log, tls, behindProxy }: ServerParts): FastifyInstance {
  const options = {
    ...TIMEOUTS,
    bodyLimit: DEFAULT_BODY_BYTES,
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    // The proxy alone: what stands in front of its own entry in X-Forwarded-For is whatever a client wrote.
    trustProxy: behindProxy && ((_address: string, hopCount: number) => hopCount === 0),
    forceCloseConnections: 'idle',
    frameworkErrors: replyBadAddress,
  } as const;
  if (tls === undefined) return fastify(options);
  return fastify({ ...options, https: { key: tls.key, cert: tls.certificate, minVersion: 'TLSv1.2' } });
}
