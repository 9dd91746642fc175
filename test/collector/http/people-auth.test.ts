import { fastify } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { requireGuard, sessionCookieName } from '#collector/http/people-auth.ts';
import { AGENCY } from '../ingest/reporting-machine.ts';
import { Browser } from './people/browser.ts';
import { OTHER_AGENCY, peopleCollector } from './people/people-collector.ts';

describe('guardPeople()', () => {
  it('leaves metrics and the overview open on loopback, and nothing else', async () => {
    const { server } = await peopleCollector({ TRAMDO_METRICS_ACCESS: 'open' });
    const urls = ['/', '/metrics', '/sd/agencies', `/metrics/agencies/${AGENCY}`, '/api/v1/agencies', '/api/v1/about'];
    const answers = await Promise.all(urls.map((url) => server.inject(url)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 401, 401]);
  });

  it('shows an account of an agency its own part of an open overview', async () => {
    const { server, account } = await peopleCollector({ TRAMDO_METRICS_ACCESS: 'open' });
    const browser = new Browser(server);
    expect((await browser.send('/')).body).toContain('Sở Y tế');
    await browser.signIn(await account('agency', AGENCY));
    const { body } = await browser.send('/');
    expect([body.includes('Sở Tài chính'), body.includes('Sở Y tế')]).toEqual([true, false]);
    const list = await browser.send('/sd/agencies');
    expect(list.json<{ labels: { agency: string } }[]>().map(({ labels }) => labels.agency)).toEqual([AGENCY]);
    expect((await browser.send(`/metrics/agencies/${OTHER_AGENCY}`)).statusCode).toBe(404);
  });

  it('believes the token and not the cookie of a program that sends both', async () => {
    const { server, account, token } = await peopleCollector();
    const browser = new Browser(server);
    await browser.signIn(await account('admin'));
    const authorization = `Bearer ${await token('viewer')}`;
    const headers = { authorization, accept: 'application/json' };
    expect((await browser.send('/api/v1/session', { headers })).json()).toEqual({
      kind: 'token',
      name: 'test',
      role: 'viewer',
    });
    expect((await browser.send('/api/v1/accounts', { headers })).statusCode).toBe(403);
  });

  it('takes no change from another site that a browser sends with a token of its Basic dialogue', async () => {
    const { server, token } = await peopleCollector();
    const authorization = `Basic ${Buffer.from(`x:${await token('admin')}`).toString('base64')}`;
    const send = async (headers: Readonly<Record<string, string>>) => {
      const url = '/api/v1/join-tokens/nothing';
      return (await server.inject({ method: 'DELETE', url, headers: { authorization, ...headers } })).statusCode;
    };
    expect([
      await send({ 'sec-fetch-site': 'cross-site' }),
      await send({ origin: 'https://example.org' }),
      await send({ 'sec-fetch-site': 'same-origin' }),
      await send({}),
    ]).toEqual([403, 403, 404, 404]);
  });

  it('shows the metrics of every agency to nobody who may see one agency alone', async () => {
    const { server, token } = await peopleCollector();
    const status = async (url: string, secret: string) =>
      (await server.inject({ url, headers: { authorization: `Bearer ${secret}` } })).statusCode;
    const own = await token('agency', AGENCY);
    expect([
      await status('/metrics', own),
      await status('/metrics', await token('viewer', AGENCY)),
      await status('/metrics', await token('viewer')),
      await status(`/metrics/agencies/${AGENCY}`, own),
    ]).toEqual([403, 403, 200, 200]);
  });

  it('believes the proxy alone where a client is, and not what the client wrote before', async () => {
    const { server, store } = await peopleCollector({ TRAMDO_BEHIND_PROXY: 'true' });
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-for': '127.0.0.1, 203.0.113.9' };
    const form = { loginName: 'nobody', password: 'wrong' };
    await new Browser(server).send('/login', { method: 'POST', form, headers });
    const [newest] = await store.audit.list({ limit: 1 });
    expect(newest?.detail).toEqual({ step: 'password', address: '203.0.113.9' });
  });

  it('lets a change of role hold at once', async () => {
    const { server, account, people, store } = await peopleCollector();
    await account('admin');
    const operator = await account('operator');
    const browser = new Browser(server);
    await browser.signIn(operator);
    const headers = { accept: 'application/json' };
    expect((await browser.send('/api/v1/imports', { headers })).statusCode).toBe(200);
    await store.accounts.save({ ...(await people.accounts.find(operator.id)), role: 'viewer' });
    expect((await browser.send('/api/v1/imports', { headers })).statusCode).toBe(403);
  });
});

describe('requireGuard()', () => {
  it('does not let a server start whose route for people nobody guards', async () => {
    const server = fastify();
    onTestFinished(() => server.close());
    requireGuard(server);
    server.get('/secret', { config: { access: { kind: 'people', roles: ['admin'] } } }, async () => '');
    await expect(server.ready()).rejects.toThrow('The route GET /secret is not guarded');
  });
});

describe('sessionCookieName()', () => {
  it('has the prefix that browsers hold to where there is TLS', () => {
    expect([sessionCookieName(true), sessionCookieName(false)]).toEqual(['__Host-tramdo', 'tramdo']);
  });
});
