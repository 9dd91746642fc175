import { type FastifyInstance, fastify } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { principalOf, requireInScope, requireRouteAccess, scopedAgencies } from '#collector/http/route-access.ts';
import { TramdoError } from '#shared/errors.ts';

function server(): FastifyInstance {
  const made = fastify();
  onTestFinished(() => made.close());
  return made;
}

describe('requireRouteAccess()', () => {
  it('does not let a server start with a route that does not say who may call it', async () => {
    const made = server();
    requireRouteAccess(made);
    made.get('/open', { config: { access: { kind: 'public' } } }, async () => '');
    await made.register(async (scope) => {
      scope.get('/forgotten', async () => '');
    });
    await expect(made.ready()).rejects.toThrow('The route GET /forgotten does not say who may call it');
  });

  it('lists the routes, HEAD included, and takes access that a context gives', async () => {
    const made = server();
    requireRouteAccess(made);
    await made.register(async (scope) => {
      scope.addHook('onRoute', (route) => {
        route.config = { ...route.config, access: { kind: 'agent' } };
      });
      scope.get('/plan', async () => '');
    });
    await made.ready();
    const access = { kind: 'agent' };
    expect(made.declaredRoutes).toEqual([
      { method: 'GET', url: '/plan', access },
      { method: 'HEAD', url: '/plan', access },
    ]);
  });
});

describe('requireInScope()', () => {
  const unknown = new TramdoError('AGENCY_UNKNOWN', 'Cannot find it');

  it('lets everyone on where no account was needed', async () => {
    const made = server();
    requireRouteAccess(made);
    made.get('/', { config: { access: { kind: 'public' } } }, async (request) => {
      await requireInScope(request, { agencyCode: 'H47.12', target: 'm', unknown });
      expect(() => principalOf(request)).toThrow(TypeError);
      return [...(scopedAgencies(request).codes ?? ['all'])];
    });
    expect((await made.inject('/')).json()).toEqual(['all']);
  });

  it('answers as if there were nothing, and notes who asked', async () => {
    const made = server();
    requireRouteAccess(made);
    const noted: string[] = [];
    made.get('/', { config: { access: { kind: 'public' } } }, async (request) => {
      const codes = new Set(['H47.13']);
      request.agencyScope = { codes, covers: (code) => codes.has(code) };
      request.noteRefusal = async (target, agencyCode) => void noted.push(`${target} ${agencyCode}`);
      await requireInScope(request, { agencyCode: 'H47.13', target: 'own', unknown });
      await requireInScope(request, { agencyCode: 'H47.12', target: 'm', unknown });
      return '';
    });
    expect((await made.inject('/')).json().message).toBe('Cannot find it');
    expect(noted).toEqual(['m H47.12']);
  });
});
