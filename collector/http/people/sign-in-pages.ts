import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { ACCOUNT_TEXTS } from '../../console/account-texts.ts';
import { renderSetUp } from '../../console/set-up-page.ts';
import { renderCodeForm, renderSignIn } from '../../console/sign-in-page.ts';
import { pageLanguage, withLanguage } from '../page-language.ts';
import type { PeopleAuthParts } from '../people-auth.ts';
import { SIGN_IN_LIMIT } from '../rate-limits.ts';
import { clientAddress } from './client-address.ts';
import { CSRF_FIELD, formText, pageQuery, refusalOf, safeNext, sendPage, sendRefused, servePages } from './page-kit.ts';
import { sessionOf } from './session-of.ts';

const signInForm = z.strictObject({ loginName: formText, password: formText });
const codeForm = z.strictObject({ ...CSRF_FIELD, code: formText });
const setUpForm = z.strictObject({
  password: formText,
  loginName: formText.optional(),
  displayName: formText.optional(),
});
const setUpParams = z.strictObject({ secret: z.string().max(64) });

/**
 * `/login`: name and password. `/login/code`: the second factor. `/set-up/SECRET`: a password for whoever was invited.
 */
export async function signInPages(server: FastifyInstance, parts: PeopleAuthParts): Promise<void> {
  await servePages(server);
  addSignIn(server, parts);
  addCode(server, parts);
  addSetUp(server, parts);
}

const PUBLIC = { access: { kind: 'public' }, rateLimit: SIGN_IN_LIMIT } as const;

function addSignIn(server: FastifyInstance, { people, isSecure }: PeopleAuthParts): void {
  const pages = server.withTypeProvider<ZodTypeProvider>();
  pages.route({
    method: 'GET',
    url: '/login',
    config: { access: { kind: 'public' } },
    schema: { querystring: pageQuery },
    handler: async (request, reply) => {
      const { next, notice } = request.query;
      const language = pageLanguage(request.url);
      const texts = { 'password-set': ACCOUNT_TEXTS.passwordSet, 'signed-out': ACCOUNT_TEXTS.signedOut };
      const known = notice === 'password-set' || notice === 'signed-out' ? texts[notice][language] : undefined;
      return sendPage(reply, renderSignIn({ language, action: signInAction(request.url, next), notice: known }));
    },
  });
  pages.route({
    method: 'POST',
    url: '/login',
    config: PUBLIC,
    schema: { querystring: pageQuery, body: signInForm },
    handler: async (request, reply) => {
      refuseMisdeclaredProxy(request, isSecure);
      const language = pageLanguage(request.url);
      const { password } = request.body;
      const loginName = request.body.loginName.trim().toLowerCase();
      const next = safeNext(request.query.next);
      const way = { to: next };
      const refusal = await refusalOf(request, async () => {
        const account = await people.signIn.checkPassword({ loginName, password, address: clientAddress(request.ip) });
        // A new id: whoever planted the old one in this browser must not share the session.
        await request.session.regenerate();
        request.session.accountId = account.id;
        if (account.hasSecondFactor) way.to = `/login/code?next=${encodeURIComponent(next)}`;
        else if (account.role === 'admin') way.to = '/account/second-factor';
      });
      if (refusal === undefined) return reply.redirect(withLanguage(way.to, language), 303);
      const action = signInAction(request.url, request.query.next);
      return sendRefused(reply, refusal, renderSignIn({ language, action, refusal, loginName }));
    },
  });
}

function addCode(server: FastifyInstance, { people }: PeopleAuthParts): void {
  const pages = server.withTypeProvider<ZodTypeProvider>();
  const config = { access: { kind: 'session' } } as const;
  const codePage = (request: FastifyRequest, reply: FastifyReply, next: string | undefined, refusal?: TramdoError) => {
    const language = pageLanguage(request.url);
    const action = withLanguage(`/login/code?next=${encodeURIComponent(safeNext(next))}`, language);
    const page = renderCodeForm({ language, action, csrf: reply.generateCsrf(), refusal });
    return refusal === undefined ? sendPage(reply, page) : sendRefused(reply, refusal, page);
  };
  pages.route({
    method: 'GET',
    url: '/login/code',
    config,
    schema: { querystring: pageQuery },
    handler: async (request, reply) => {
      const { next } = request.query;
      return sessionOf(request).lacks === 'code' ? codePage(request, reply, next) : reply.redirect(safeNext(next), 303);
    },
  });
  pages.route({
    method: 'POST',
    url: '/login/code',
    config: { ...config, rateLimit: SIGN_IN_LIMIT },
    schema: { querystring: pageQuery, body: codeForm },
    handler: async (request, reply) => {
      const { account, lacks } = sessionOf(request);
      const next = safeNext(request.query.next);
      if (lacks !== 'code') return reply.redirect(next, 303);
      const refusal = await refusalOf(request, async () => {
        await people.signIn.checkCode(account, request.body.code, clientAddress(request.ip));
        await request.session.regenerate();
        request.session.accountId = account.id;
        request.session.hasPassedCode = true;
      });
      if (refusal !== undefined) return codePage(request, reply, next, refusal);
      return reply.redirect(withLanguage(next, pageLanguage(request.url)), 303);
    },
  });
}

function addSetUp(server: FastifyInstance, { people }: PeopleAuthParts): void {
  const pages = server.withTypeProvider<ZodTypeProvider>();
  pages.route({
    method: 'GET',
    url: '/set-up/:secret',
    config: PUBLIC,
    schema: { params: setUpParams, querystring: pageQuery },
    handler: async (request, reply) => {
      const account = await people.ownAccount.ownerOfLink(request.params.secret);
      const language = pageLanguage(request.url);
      return sendPage(
        reply,
        renderSetUp({ language, action: setUpAction(request.params.secret, request.url), account }),
      );
    },
  });
  pages.route({
    method: 'POST',
    url: '/set-up/:secret',
    config: PUBLIC,
    schema: { params: setUpParams, querystring: pageQuery, body: setUpForm },
    handler: async (request, reply) => {
      const { secret } = request.params;
      const language = pageLanguage(request.url);
      const account = await people.ownAccount.ownerOfLink(secret);
      const { password, displayName } = request.body;
      const loginName = request.body.loginName?.trim().toLowerCase();
      const names = { ...(loginName ? { loginName } : {}), ...(displayName ? { displayName } : {}) };
      const refusal = await refusalOf(request, async () => {
        await people.ownAccount.setUp(secret, { password, ...names });
      });
      if (refusal === undefined) return reply.redirect(withLanguage('/login?notice=password-set', language), 303);
      const view = { language, action: setUpAction(secret, request.url), refusal, account, ...names };
      return sendRefused(reply, refusal, renderSetUp(view));
    },
  });
}

function signInAction(url: string, next: string | undefined): string {
  const path = next === undefined ? '/login' : `/login?next=${encodeURIComponent(safeNext(next))}`;
  return withLanguage(path, pageLanguage(url));
}

function setUpAction(secret: string, url: string): string {
  return withLanguage(`/set-up/${encodeURIComponent(secret)}`, pageLanguage(url));
}

/** The cookie is for TLS alone, and would be left out without a word. */
function refuseMisdeclaredProxy({ protocol }: FastifyRequest, isSecure: boolean): void {
  if (!isSecure || protocol === 'https') return;
  throw new TramdoError(
    'CONFIG_INVALID',
    'Cannot sign anybody in: with "behindProxy" the proxy must send the header X-Forwarded-Proto, current value is "http"',
  );
}
