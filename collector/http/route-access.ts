import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import type { TramdoError } from '#shared/errors.ts';
import type { AgencyScope, Principal, Role } from '../people/principal.ts';

/**
 * Who may call a route. `public`: anyone. `agent`: the handler verifies the agent's own credential. `metrics`: anyone
 * when the setting `metricsAccess` is `open`, else every account, token and the `metrics-token`. `session`: whoever has
 * signed in with a password, though the second factor may still be missing. `people`: accounts and tokens of the roles.
 */
export type RouteAccess =
  | { readonly kind: 'public' }
  | { readonly kind: 'agent' }
  | { readonly kind: 'metrics' }
  | { readonly kind: 'session' }
  | { readonly kind: 'people'; readonly roles: readonly Role[] };

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; the server does not start with a route that says nothing. */
    access?: RouteAccess;
  }
  interface FastifyInstance {
    /** Every route and who may call it, filled while the server becomes ready. */
    declaredRoutes: readonly DeclaredRoute[];
  }
  interface FastifyRequest {
    /** Who asks; undefined where nobody needed to say. Read it by {@link principalOf}. */
    principal: Principal | undefined;
    /** Which agencies whoever asks may see. Read it by {@link scopedAgencies}. */
    agencyScope: AgencyScope | undefined;
    /** Writes down that something of another agency was asked for; see {@link requireInScope}. */
    noteRefusal: ((target: string, agencyCode: string) => Promise<void>) | undefined;
  }
}

/** A route as it is declared. */
export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly access: RouteAccess;
}

/** Something that was asked for by its name. */
export interface AskedThing {
  readonly agencyCode: string;
  /** Id for the audit log: a machine id, an agency code … */
  readonly target: string;
  /** What is answered when there is no such thing, and likewise when it belongs to another agency. */
  readonly unknown: TramdoError;
}

/**
 * Makes the server refuse to become ready while a route does not say who may call it.
 */
export function requireRouteAccess(server: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  const declared: DeclaredRoute[] = [];
  server.decorate('declaredRoutes', declared);
  server.decorateRequest('principal', undefined);
  server.decorateRequest('agencyScope', undefined);
  server.decorateRequest('noteRefusal', undefined);
  server.addHook('onRoute', (route) => void routes.push(route));
  // Not at once: a plugin may give access to all routes of its context by an onRoute hook of its own.
  server.addHook('onReady', async () => {
    for (const { method, url, config } of routes) {
      const access = config?.access;
      if (access === undefined) {
        throw new TypeError(`The route ${String(method)} ${url} does not say who may call it: add config.access`);
      }
      declared.push(...[method].flat().map((one) => ({ method: one, url, access })));
    }
  });
}

/** Whoever asks on a route of kind `people` or `session`; never nobody there. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (principal === undefined) throw new TypeError('The route lets people in who did not say who they are');
  return principal;
}

/** Which agencies the answer may speak of, in today's tree; every one where no account or token was needed. */
export function scopedAgencies({ agencyScope }: FastifyRequest): AgencyScope {
  return agencyScope ?? { codes: undefined, covers: () => true };
}

/**
 * Lets a request go on only when the thing belongs to an agency that whoever asks may see; otherwise it is as if the
 * thing did not exist, and the audit log gets a line.
 *
 * @throws {TramdoError} what is answered for a thing that is not there
 */
export async function requireInScope(
  request: FastifyRequest,
  { agencyCode, target, unknown }: AskedThing,
): Promise<void> {
  if (scopedAgencies(request).covers(agencyCode)) return;
  await request.noteRefusal?.(target, agencyCode);
  throw unknown;
}
