import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DeclaredRoute } from '#collector/http/route-access.ts';
import { tokenHash } from '#collector/ingest/token-secret.ts';
import { ROLES, type Role } from '#collector/people/principal.ts';
import { generateKeyPair } from '#shared/signature.ts';
import { AGENCY } from '../ingest/reporting-machine.ts';
import { Browser } from './people/browser.ts';
import { OTHER_AGENCY, type PeopleCollector, peopleCollector } from './people/people-collector.ts';
import { type Expected, FOREIGN_REQUESTS, NEEDED_QUERIES, ROLE_TABLE } from './role-table.ts';

/** What may not be found in an answer to somebody of another agency. */
const FOREIGN = /H47\.13|Sở Y tế|strange-pc/;

/** Speaks of every agency at once, and so to nobody who may see some of them alone. */
const WHOLE = 'GET /metrics';

type Outcome = 'in' | 'nobody' | 'forbidden' | 'cross-site' | 'sign-in';

function outcomeOf(statusCode: number, code: unknown, location: unknown): Outcome {
  if (statusCode === 303 && String(location).startsWith('/login')) return 'sign-in';
  if (code === 'AUTHENTICATION_REQUIRED' || code === 'SECOND_FACTOR_NEEDED') return 'nobody';
  if (code === 'CROSS_SITE_REQUEST') return 'cross-site';
  return code === 'ACCESS_FORBIDDEN' ? 'forbidden' : 'in';
}

/** Asks every route of the table, path parameters filled with what is not there, and gives what came out otherwise. */
async function mismatches(
  { server }: PeopleCollector,
  headers: Readonly<Record<string, string>>,
  want: (expected: Expected, route: string) => Outcome,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { method, url } of routesOf(server.declaredRoutes)) {
    const route = `${method} ${url}`;
    const expected = ROLE_TABLE[route];
    if (expected === undefined) continue;
    const path = url.replace(':code', 'H47.99').replaceAll(/:\w+|\*/g, 'nothing') + (NEEDED_QUERIES[route] ?? '');
    const answer = await server.inject({ method, url: path, headers });
    const isProblem = String(answer.headers['content-type']).includes('problem+json');
    const outcome = outcomeOf(answer.statusCode, isProblem ? answer.json().code : undefined, answer.headers.location);
    const wanted = want(expected, route);
    if (outcome !== wanted) found.push(`${route} ${answer.statusCode}: ${outcome} instead of ${wanted}`);
  }
  return found;
}

function routesOf(declared: readonly DeclaredRoute[]) {
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
  return declared.flatMap(({ method, url }) =>
    methods.filter((one) => one === method).map((one) => ({ method: one, url })),
  );
}

const isOpen = (expected: Expected) => expected === 'public' || expected === 'agent';

const forNobody = (expected: Expected): Outcome => (isOpen(expected) ? 'in' : 'nobody');

function forToken(role: Role): (expected: Expected, route: string) => Outcome {
  return (expected, route) => {
    if (route === WHOLE && role === 'agency') return 'forbidden';
    if (isOpen(expected) || expected === 'metrics') return 'in';
    if (typeof expected === 'string') return 'nobody';
    return expected.includes(role) ? 'in' : 'forbidden';
  };
}

describe('role walk', () => {
  it('knows every route of the server, and who may call it as the route itself says', async () => {
    const { server } = await peopleCollector();
    await server.ready();
    const declared = server.declaredRoutes.filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS');
    const said = declared.map(({ method, url, access }) => [
      `${method} ${url}`,
      access.kind === 'people' ? [...access.roles].toSorted() : access.kind,
    ]);
    const table = Object.entries(ROLE_TABLE).map(([route, expected]) => [
      route,
      typeof expected === 'string' ? expected : [...expected].toSorted(),
    ]);
    expect(
      Object.fromEntries(said),
      'A route that no table names is walked by nobody.\nFix: say in role-table.ts who may call it',
    ).toEqual(Object.fromEntries(table));
  });

  it('lets nobody in who has nothing, or nothing that holds', async () => {
    const collector = await peopleCollector();
    await collector.server.ready();
    const credentials: readonly Readonly<Record<string, string>>[] = [
      {},
      { authorization: 'Bearer wrong' },
      { authorization: `Bearer tramdo_${'x'.repeat(43)}` },
      { authorization: 'Basic ???' },
      { cookie: 'tramdo=made.up' },
    ];
    for (const headers of credentials) expect(await mismatches(collector, headers, forNobody)).toEqual([]);
  });

  it.each(ROLES)('lets a token of %s in where the table says so', async (role) => {
    const collector = await peopleCollector();
    await collector.server.ready();
    const token = await collector.token(role, role === 'agency' ? AGENCY : undefined);
    expect(await mismatches(collector, { authorization: `Bearer ${token}` }, forToken(role))).toEqual([]);
  });

  it('lets a token that expired or was revoked in nowhere', async () => {
    const collector = await peopleCollector();
    await collector.server.ready();
    const authorization = `Bearer ${await collector.token('admin')}`;
    collector.clock.nowMs += 90 * 86_400_000;
    expect(await mismatches(collector, { authorization }, forNobody)).toEqual([]);
  });

  it('lets the token of the file read metrics and the overview alone', async () => {
    const collector = await peopleCollector();
    await collector.server.ready();
    const token = readFileSync(join(collector.data, 'metrics-token'), 'utf8').trim();
    const reader = (expected: Expected) => (expected === 'metrics' ? 'in' : forNobody(expected));
    expect(await mismatches(collector, { authorization: `Bearer ${token}` }, reader)).toEqual([]);
  });
});

describe('role walk with a session', () => {
  it.each(ROLES)(
    'lets %s in as a token would be, and changes nothing without the token of the session',
    async (role) => {
      const collector = await peopleCollector();
      await collector.server.ready();
      const browser = new Browser(collector.server);
      await browser.signIn(await collector.account(role, role === 'agency' ? AGENCY : undefined));
      const cookie = `tramdo=${browser.cookies.get('tramdo')}`;
      const wanted = (access: Expected, route: string): Outcome => {
        if (isOpen(access)) return 'in';
        if (route === WHOLE && role === 'agency') return 'forbidden';
        if (typeof access !== 'string' && !access.includes(role)) return 'forbidden';
        return route.startsWith('GET ') ? 'in' : 'cross-site';
      };
      expect(await mismatches(collector, { cookie }, wanted)).toEqual([]);
      const csrf = (await collector.server.inject({ url: '/api/v1/session', headers: { cookie } })).json().csrfToken;
      const headers = { cookie, 'x-csrf-token': csrf };
      const made = await collector.server.inject({
        method: 'POST',
        url: '/api/v1/tokens',
        headers,
        payload: { name: 'x', role: 'viewer' },
      });
      expect(made.statusCode).toBe(201);
      const foreign = { ...headers, 'sec-fetch-site': 'cross-site' };
      const refused = await collector.server.inject({
        method: 'POST',
        url: '/api/v1/tokens',
        headers: foreign,
        payload: {},
      });
      expect(refused.json().code).toBe('CROSS_SITE_REQUEST');
    },
  );

  it('lets nobody in with a session that has run out', async () => {
    const collector = await peopleCollector();
    await collector.server.ready();
    const browser = new Browser(collector.server);
    await browser.signIn(await collector.account('operator'));
    collector.clock.nowMs += 31 * 60_000;
    const cookie = `tramdo=${browser.cookies.get('tramdo')}`;
    expect(await mismatches(collector, { cookie }, forNobody)).toEqual([]);
  });
});

/** A collector whose other agency has a machine, declared numbers and a join token. */
async function withForeignThings(): Promise<PeopleCollector> {
  const collector = await peopleCollector();
  await collector.server.ready();
  const { store } = collector;
  const { publicKey } = await generateKeyPair();
  const common = { platform: 'linux', agentVersion: '0.1.0', enrolledAtMs: 1, publicKey } as const;
  for (const [agencyCode, hostname] of [
    [AGENCY, 'own-pc'],
    [OTHER_AGENCY, 'strange-pc'],
  ] as const) {
    await store.machines.save({
      ...common,
      agencyCode,
      hostname,
      machineId: hostname,
      fingerprint: hostname.padEnd(43, 'f'),
    });
    const token = { id: `join-${agencyCode}`, agencyCode, createdAtMs: 1, expiresAtMs: 1e15, useCount: 0 };
    await store.tokens.add(token, tokenHash(agencyCode));
  }
  return collector;
}

describe('another agency', () => {
  it.each(['agency', 'viewer'] as const)('is nowhere in what a token of %s within one agency is told', async (role) => {
    const collector = await withForeignThings();
    const authorization = `Bearer ${await collector.token(role, AGENCY)}`;
    const told: string[] = [];
    for (const { method, url } of routesOf(collector.server.declaredRoutes)) {
      if (method !== 'GET' || isOpen(ROLE_TABLE[`GET ${url}`] ?? 'public')) continue;
      const path = url.replace(':code', AGENCY).replaceAll(/:\w+/g, 'nothing');
      const { body } = await collector.server.inject({ url: path, headers: { authorization } });
      if (FOREIGN.test(body)) told.push(url);
    }
    expect(told).toEqual([]);
  });

  it.each(FOREIGN_REQUESTS)('answers $method $url as if nothing were there, and notes it once', async (asked) => {
    const { method, url, body } = asked;
    const collector = await withForeignThings();
    const authorization = `Bearer ${await collector.token('agency', AGENCY)}`;
    const ask = (agencyCode: string) =>
      collector.server.inject({
        method,
        url: url.replace(OTHER_AGENCY, agencyCode),
        headers: { authorization },
        ...(body === undefined ? {} : { payload: { ...body, agencyCode } }),
      });
    const there = await ask(OTHER_AGENCY);
    const absent = await ask('H47.99');
    await ask(OTHER_AGENCY);
    expect([there.statusCode, there.body]).toEqual([404, absent.body.replaceAll('H47.99', OTHER_AGENCY)]);
    const lines = await collector.store.audit.list({ limit: 50 });
    expect(lines.filter(({ action }) => action === 'access.refuse').map(({ agencyCode }) => agencyCode)).toEqual([
      OTHER_AGENCY,
    ]);
  });
});
