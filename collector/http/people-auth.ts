import { createHash, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import session from '@fastify/session';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { TramdoError } from '#shared/errors.ts';
import { type Account, principalOfAccount } from '../people/account.ts';
import type { PeopleDesk } from '../people/people-desk.ts';
import { type AgencyScope, type Principal, scopeOf } from '../people/principal.ts';
import { createSecret, secretHash } from '../people/secret.ts';
import type { RegisterState } from '../register/register-state.ts';
import type { Store } from '../store/store.ts';
import { pageLanguage, withLanguage } from './page-language.ts';
import { isUnsafe, refuseOtherSites } from './people/same-site.ts';
import { sessionAdapter } from './people/session-adapter.ts';
import type { RouteAccess } from './route-access.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Stands behind {@link guardPeople}, which alone looks at who asks. */
    isGuarded?: boolean;
  }
  interface FastifyRequest {
    /** Who is signed in in this browser; undefined without a session. */
    signedIn: SignedIn | undefined;
  }
}

/** Somebody who gave a password in this browser. */
export interface SignedIn {
  readonly account: Account;
  /** Hash of the id of the session. */
  readonly sessionIdHash: string;
  /** Nothing but setting the second factor up, or giving its code, is let through. */
  readonly lacks: 'code' | 'second-factor' | undefined;
}

/** What letting people in needs. */
export interface PeopleAuthParts {
  readonly people: PeopleDesk;
  readonly store: Pick<Store, 'accounts' | 'sessions'>;
  readonly registerState: () => Promise<RegisterState>;
  /** Signs session cookies. */
  readonly sessionSecret: string;
  /** Token of the file `metrics-token`; absent when everyone may read metrics and the overview. */
  readonly metricsToken?: string;
  /** Browsers reach the collector by TLS, its own or that of the proxy in front. */
  readonly isSecure: boolean;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

interface Caller {
  readonly principal: Principal;
  readonly scope: () => Promise<AgencyScope>;
}

/** Whoever scrapes with the token of the file. */
const METRICS_READER: Principal = { kind: 'token', id: 'metrics-token', name: 'metrics-token', role: 'viewer' };

/** Name of the session cookie; the prefix makes browsers refuse one that was not set by this host over TLS. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-tramdo' : 'tramdo';
}

/**
 * Decides for every route of this context who is let in, by the route's own `config.access`: a bearer token, the
 * password of a browser's Basic dialogue, or a session cookie. Changes by cookie need the token of the session besides.
 */
export async function guardPeople(server: FastifyInstance, parts: PeopleAuthParts): Promise<void> {
  await server.register(cookie);
  await server.register(session, {
    secret: parts.sessionSecret,
    cookieName: sessionCookieName(parts.isSecure),
    // Without an expiry of its own the browser drops the cookie when it ends; the store knows when a session is over.
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: parts.isSecure },
    store: sessionAdapter(parts.store.sessions, parts.nowMs),
    idGenerator: createSecret,
    saveUninitialized: false,
    rolling: false,
  });
  await server.register(csrf, { sessionPlugin: '@fastify/session', getToken: csrfTokenOf });
  server.decorateRequest('signedIn', undefined);
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, isGuarded: true };
  });
  server.addHook('onRequest', async (request, reply) => {
    const { access } = request.routeOptions.config;
    if (request.is404 || access === undefined || access.kind === 'public' || access.kind === 'agent') return;
    request.signedIn = await signedInBy(request, parts);
    const caller = await callerOf(request, access, parts);
    if (caller === undefined) return letNobodyIn(request, reply, { access, isOpen: parts.metricsToken === undefined });
    if (access.kind === 'people' && !access.roles.includes(caller.principal.role)) {
      throw new TramdoError('ACCESS_FORBIDDEN', `Cannot do this with the role "${caller.principal.role}"`);
    }
    request.principal = caller.principal;
    request.agencyScope = await caller.scope();
    request.noteRefusal = (target, agencyCode) => parts.people.refusals.note(caller.principal, target, agencyCode);
  });
  server.addHook('preValidation', (request, reply, done) => {
    if (!isUnsafe(request)) return done();
    // Also with a token: a browser sends what its Basic dialogue was given along with the forms of any site.
    refuseOtherSites(request);
    if (request.headers.authorization !== undefined) return done();
    return request.signedIn === undefined ? done() : server.csrfProtection(request, reply, done);
  });
}

/** Makes the server refuse to become ready while a route that is for some people only stands before the guard. */
export function requireGuard(server: FastifyInstance): void {
  const routes: RouteOptions[] = [];
  server.addHook('onRoute', (route) => void routes.push(route));
  server.addHook('onReady', async () => {
    for (const { method, url, config } of routes) {
      const kind = config?.access?.kind;
      if (kind === 'public' || kind === 'agent' || config?.isGuarded === true) continue;
      throw new TypeError(`The route ${String(method)} ${url} is not guarded: declare it in people-routes.ts`);
    }
  });
}

async function signedInBy(request: FastifyRequest, { store }: PeopleAuthParts): Promise<SignedIn | undefined> {
  const { accountId, hasPassedCode, sessionId } = request.session;
  // Whoever sends a token means the token, whatever cookie the program kept.
  if (accountId === undefined || request.headers.authorization !== undefined) return undefined;
  const account = await store.accounts.find(accountId);
  if (account === undefined || account.isDisabled) return undefined;
  const sessionIdHash = secretHash(sessionId);
  if (account.hasSecondFactor) return { account, sessionIdHash, lacks: hasPassedCode === true ? undefined : 'code' };
  return { account, sessionIdHash, lacks: account.role === 'admin' ? 'second-factor' : undefined };
}

async function callerOf(
  request: FastifyRequest,
  access: RouteAccess,
  { people, registerState, metricsToken }: PeopleAuthParts,
): Promise<Caller | undefined> {
  const credential = credentialOf(request.headers.authorization);
  if (credential !== undefined && metricsToken !== undefined && access.kind === 'metrics') {
    if (isSame(credential, metricsToken)) return { principal: METRICS_READER, scope: async () => EVERYTHING };
  }
  const holder = credential === undefined ? undefined : await people.tokens.holderOf(credential);
  if (holder !== undefined && access.kind !== 'session') {
    return { principal: holder.principal, scope: () => people.tokens.scopeOf(holder) };
  }
  const { signedIn } = request;
  if (signedIn === undefined || (signedIn.lacks !== undefined && access.kind !== 'session')) return undefined;
  const principal = principalOfAccount(signedIn.account);
  return {
    principal,
    scope: async () => (principal.agencyCode === undefined ? EVERYTHING : scopeOf(principal, await registerState())),
  };
}

const EVERYTHING: AgencyScope = { codes: undefined, covers: () => true };

interface Door {
  readonly access: RouteAccess;
  /** Metrics and the overview need no account. */
  readonly isOpen: boolean;
}

function letNobodyIn(request: FastifyRequest, reply: FastifyReply, { access, isOpen }: Door): FastifyReply | undefined {
  if (access.kind === 'metrics' && isOpen) return undefined;
  const lacks = request.signedIn?.lacks;
  if (request.method === 'GET' && request.headers.accept?.includes('text/html') === true) {
    const pages = { code: '/login/code', 'second-factor': '/account/second-factor' } as const;
    const page = lacks === undefined ? `/login?next=${encodeURIComponent(request.url)}` : pages[lacks];
    return reply.redirect(withLanguage(page, pageLanguage(request.url)), 303);
  }
  if (lacks !== undefined) {
    throw new TramdoError('SECOND_FACTOR_NEEDED', 'Cannot answer before the second factor of the session was given');
  }
  const what = request.headers.authorization === undefined ? 'no token or session was sent' : 'the token does not hold';
  throw new TramdoError('AUTHENTICATION_REQUIRED', `Cannot answer as ${what}`);
}

/** Programs send the token of a session as a header, forms as a field. */
function csrfTokenOf({ headers, body }: FastifyRequest): string | undefined {
  const header = headers['x-csrf-token'];
  if (typeof header === 'string') return header;
  const field = typeof body === 'object' && body !== null && '_csrf' in body ? body._csrf : undefined;
  return typeof field === 'string' ? field : undefined;
}

function credentialOf(header: string | undefined): string | undefined {
  const [, scheme, value] = /^(bearer|basic) +(\S+)$/i.exec(header ?? '') ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() === 'bearer') return value;
  return Buffer.from(value, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
}

function isSame(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
