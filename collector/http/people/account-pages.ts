import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { TramdoError } from '#shared/errors.ts';
import { renderAccount } from '../../console/account-page.ts';
import { ACCOUNT_TEXTS } from '../../console/account-texts.ts';
import { renderRecoveryCodes, renderSecondFactor } from '../../console/second-factor-page.ts';
import { totpAddress } from '../../people/one-time-codes.ts';
import { pageLanguage, withLanguage } from '../page-language.ts';
import { type PeopleAuthParts, sessionCookieName } from '../people-auth.ts';
import { SIGN_IN_LIMIT } from '../rate-limits.ts';
import { clientAddress } from './client-address.ts';
import { CSRF_FIELD, formText, pageQuery, refusalOf, sendPage, sendRefused, servePages } from './page-kit.ts';
import { sessionOf } from './session-of.ts';

const emptyForm = z.strictObject(CSRF_FIELD);
const passwordForm = z.strictObject({ ...CSRF_FIELD, currentPassword: formText, password: formText });
const codeForm = z.strictObject({ ...CSRF_FIELD, code: formText });

const SESSION = { access: { kind: 'session' } } as const;

/** `/account`: who one is, password and sessions. `/account/second-factor`: set it up. `/logout`. */
export async function accountPages(server: FastifyInstance, parts: PeopleAuthParts): Promise<void> {
  await servePages(server);
  addAccount(server, parts);
  addPassword(server, parts);
  addSecondFactor(server, parts);
  addSignOut(server, parts);
}

/** Sends the page of the account of whoever asks. */
type ShowAccount = (
  exchange: Exchange,
  outcome?: { readonly notice?: string; readonly refusal?: TramdoError | undefined },
) => Promise<FastifyReply>;

function accountShower({ people, store }: PeopleAuthParts): ShowAccount {
  return async ({ request, reply }, { notice, refusal } = {}) => {
    const { account, sessionIdHash } = sessionOf(request);
    const page = renderAccount({
      language: pageLanguage(request.url),
      account,
      sessionIdHash,
      sessions: await people.ownAccount.sessions(account),
      recoveryCodeCount: await store.accounts.recoveryCodeCount(account.id),
      csrf: reply.generateCsrf(),
      notice,
      refusal,
    });
    return refusal === undefined ? sendPage(reply, page) : sendRefused(reply, refusal, page);
  };
}

function addAccount(server: FastifyInstance, parts: PeopleAuthParts): void {
  const show = accountShower(parts);
  server.withTypeProvider<ZodTypeProvider>().route({
    method: 'GET',
    url: '/account',
    config: SESSION,
    schema: { querystring: pageQuery },
    handler: async (request, reply) => goOnSigningIn(request, reply) ?? show({ request, reply }),
  });
  server.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/account/sessions/end',
    config: SESSION,
    schema: { querystring: pageQuery, body: emptyForm },
    handler: async (request, reply) => {
      const waiting = goOnSigningIn(request, reply);
      if (waiting !== undefined) return waiting;
      const { account, sessionIdHash } = sessionOf(request);
      await parts.people.ownAccount.endOtherSessions(account, sessionIdHash);
      return reply.redirect(withLanguage('/account', pageLanguage(request.url)), 303);
    },
  });
}

function addPassword(server: FastifyInstance, parts: PeopleAuthParts): void {
  const { signIn, ownAccount } = parts.people;
  const show = accountShower(parts);
  server.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/account/password',
    config: { ...SESSION, rateLimit: SIGN_IN_LIMIT },
    schema: { querystring: pageQuery, body: passwordForm },
    handler: async (request, reply) => {
      const waiting = goOnSigningIn(request, reply);
      if (waiting !== undefined) return waiting;
      const { account, sessionIdHash } = sessionOf(request);
      const { currentPassword, password } = request.body;
      const refusal = await refusalOf(request, async () => {
        await signIn.confirmPassword(account, currentPassword, clientAddress(request.ip));
        await ownAccount.changePassword(account, password, sessionIdHash);
      });
      const done = { notice: ACCOUNT_TEXTS.passwordChanged[pageLanguage(request.url)] };
      return show({ request, reply }, refusal === undefined ? done : { refusal });
    },
  });
}

function secondFactorShower({ people }: PeopleAuthParts) {
  return ({ request, reply }: Exchange, sealed: string, refusal?: TramdoError) => {
    const { account, lacks } = sessionOf(request);
    const language = pageLanguage(request.url);
    const secret = people.ownAccount.readTotp(account, sealed);
    const page = renderSecondFactor({
      language,
      action: withLanguage('/account/second-factor', language),
      csrf: reply.generateCsrf(),
      secret,
      address: totpAddress(secret, account.loginName),
      isNeeded: lacks === 'second-factor',
      refusal,
    });
    return refusal === undefined ? sendPage(reply, page) : sendRefused(reply, refusal, page);
  };
}

function addSecondFactor(server: FastifyInstance, parts: PeopleAuthParts): void {
  const { people } = parts;
  const show = secondFactorShower(parts);
  const pages = server.withTypeProvider<ZodTypeProvider>();
  pages.route({
    method: 'GET',
    url: '/account/second-factor',
    config: SESSION,
    schema: { querystring: pageQuery },
    handler: async (request, reply) => {
      const { account } = sessionOf(request);
      if (account.hasSecondFactor) return reply.redirect('/account', 303);
      const sealed = request.session.pendingTotp ?? people.ownAccount.startTotp(account);
      request.session.pendingTotp = sealed;
      return show({ request, reply }, sealed);
    },
  });
  pages.route({
    method: 'POST',
    url: '/account/second-factor',
    config: { ...SESSION, rateLimit: SIGN_IN_LIMIT },
    schema: { querystring: pageQuery, body: codeForm },
    handler: async (request, reply) => {
      const { account, sessionIdHash: keptSession } = sessionOf(request);
      const sealed = request.session.pendingTotp;
      if (account.hasSecondFactor || sealed === undefined) return reply.redirect('/account/second-factor', 303);
      const codes: string[] = [];
      const refusal = await refusalOf(request, async () => {
        codes.push(...(await people.ownAccount.confirmTotp(account, { sealed, code: request.body.code, keptSession })));
        await request.session.regenerate();
        request.session.accountId = account.id;
        request.session.hasPassedCode = true;
      });
      if (refusal !== undefined) return show({ request, reply }, sealed, refusal);
      return sendPage(reply, renderRecoveryCodes(codes, pageLanguage(request.url)));
    },
  });
}

function addSignOut(server: FastifyInstance, { people, isSecure }: PeopleAuthParts): void {
  server.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/logout',
    config: SESSION,
    schema: { querystring: pageQuery, body: emptyForm },
    handler: async (request, reply) => {
      await people.signIn.noteEnd(sessionOf(request).account);
      await request.session.destroy();
      reply.clearCookie(sessionCookieName(isSecure), { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure });
      return reply.redirect(withLanguage('/login?notice=signed-out', pageLanguage(request.url)), 303);
    },
  });
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Sends whoever has not given the second factor yet to the page that asks for it. */
function goOnSigningIn(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  const { lacks } = sessionOf(request);
  if (lacks === undefined) return undefined;
  return reply.redirect(lacks === 'code' ? '/login/code' : '/account/second-factor', 303);
}
