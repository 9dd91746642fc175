import { readFileSync, statSync } from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { enrolmentAnswer } from '#shared/enrolment.ts';
import { plan } from '#shared/plan.ts';
import { generateKeyPair, importPublicKey, readSigner, verifyDetached } from '#shared/signature.ts';
import { AGENCY, enrolmentOf } from '../ingest/reporting-machine.ts';
import { JOIN_TOKEN, joinOverHttp, testCollector } from './running-collector.ts';

describe('POST /agent/v1/enroll', () => {
  it('answers 201 with the id, the agency, the key and the plan', async () => {
    const { server } = await testCollector();
    const { publicKey } = await generateKeyPair();
    const payload = enrolmentOf(JOIN_TOKEN, publicKey);
    const answer = await server.inject({ method: 'POST', url: '/agent/v1/enroll', payload });
    expect([answer.statusCode, enrolmentAnswer.parse(answer.json()).agencyCode]).toEqual([201, AGENCY]);
  });

  it('answers 401 to a wrong token and 400 to a missing field, and logs neither token', async () => {
    const { server, logLines } = await testCollector();
    const { publicKey } = await generateKeyPair();
    const wrong = { ...enrolmentOf('wrong-token-of-nobody', publicKey) };
    const answers = [
      await server.inject({ method: 'POST', url: '/agent/v1/enroll', payload: wrong }),
      await server.inject({ method: 'POST', url: '/agent/v1/enroll', payload: { token: JOIN_TOKEN } }),
      await server.inject({
        method: 'POST',
        url: '/agent/v1/enroll',
        payload: 'x',
        headers: { 'content-type': 'application/json' },
      }),
    ];
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
      [401, 'TOKEN_INVALID'],
      [400, 'REQUEST_INVALID'],
      [400, 'REQUEST_INVALID'],
    ]);
    expect(logLines.join('')).not.toMatch(/wrong-token-of-nobody|join-token/);
  });
});

describe('GET /agent/v1/plan', () => {
  it('gives a machine the plan, signed by the collector, and only when it changed', async () => {
    const collector = await testCollector();
    const machine = await joinOverHttp(collector);
    const { signature } = await machine.sign(Buffer.from('GET /agent/v1/plan'));
    const headers = { 'tramdo-signature': signature };
    const answer = await collector.server.inject({ url: '/agent/v1/plan', headers });
    const again = await collector.server.inject({
      url: '/agent/v1/plan',
      headers: { ...headers, 'if-none-match': String(answer.headers.etag) },
    });
    const { publicKey } = await generateKeyPair();
    const joined = await collector.server.inject({
      method: 'POST',
      url: '/agent/v1/enroll',
      payload: enrolmentOf(JOIN_TOKEN, publicKey),
    });
    const { collectorKey } = enrolmentAnswer.parse(joined.json());
    const signed = String(answer.headers['tramdo-signature']);
    await verifyDetached(answer.rawPayload, signed, await importPublicKey(collectorKey));
    expect(readSigner(signed)).toBe('collector');
    expect(answer.headers.etag).toBe(`"${plan.parse(answer.json()).version}"`);
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  it('answers 401 to a stranger', async () => {
    const { server } = await testCollector();
    expect((await server.inject('/agent/v1/plan')).statusCode).toBe(401);
  });
});

describe('the pages for people and Prometheus', () => {
  it('are open on loopback', async () => {
    const { server } = await testCollector();
    const urls = [
      '/',
      '/?lang=en',
      '/style.css',
      '/metrics',
      `/metrics/agencies/${AGENCY}`,
      '/sd/agencies',
      '/healthz',
      '/readyz',
    ];
    const answers = await Promise.all(urls.map((url) => server.inject(url)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(urls.map(() => 200));
  });

  it('lists one target an agency', async () => {
    const { server } = await testCollector();
    const answer = await server.inject({ url: '/sd/agencies', headers: { host: 'collector.example.org:8640' } });
    expect(answer.json()).toEqual([
      {
        targets: ['collector.example.org:8640'],
        labels: { __metrics_path__: `/metrics/agencies/${AGENCY}`, __scheme__: 'http', agency: AGENCY },
      },
    ]);
  });

  it('answer 404 where nothing is', async () => {
    const { server } = await testCollector();
    const urls = ['/nowhere', '/metrics/agencies/H99', '/metrics/agencies/H47.99'];
    const answers = await Promise.all(urls.map((url) => server.inject(url)));
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
      [404, 'NOT_FOUND'],
      [404, 'AGENCY_UNKNOWN'],
      [404, 'AGENCY_UNKNOWN'],
    ]);
  });

  it('want the token as a bearer or as a password when access is by token', async () => {
    const { server, accessTokenFile = '' } = await testCollector({ TRAMDO_METRICS_ACCESS: 'token' });
    const token = readFileSync(accessTokenFile, 'utf8').trim();
    const basic = `Basic ${Buffer.from(`anyone:${token}`).toString('base64')}`;
    const credentials = [undefined, 'Bearer wrong', 'Basic ???', `Bearer ${token}`, basic];
    const answers = await Promise.all(
      credentials.map((authorization) =>
        server.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } }),
      ),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 200, 200]);
    expect(answers[0]?.headers['www-authenticate']).toBe('Basic realm="tramdo", Bearer');
    expect(statSync(accessTokenFile).mode & 0o777).toBe(0o600);
    const urls = ['/', `/metrics/agencies/${AGENCY}`, '/sd/agencies', '/healthz', '/readyz', '/nowhere'];
    const open = await Promise.all(urls.map((url) => server.inject(url)));
    expect(open.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 200, 200, 404]);
  });

  it('allow neither scripts nor frames', async () => {
    const { server } = await testCollector();
    const policy = String((await server.inject('/')).headers['content-security-policy']);
    expect(policy.split(';')).toEqual(expect.arrayContaining(["default-src 'none'", "frame-ancestors 'none'"]));
  });
});

describe('listen()', () => {
  it('speaks TLS with its own certificate, whose key the pin names', async () => {
    const collector = await testCollector({ TRAMDO_TLS: 'always' });
    const url = await collector.listen();
    const found = await new Promise<string | undefined>((resolve, reject) => {
      const asking = request(new URL('healthz', url), { rejectUnauthorized: false, agent: false }, (response) => {
        response.resume();
        response.once('end', () => resolve(spki));
      });
      let spki: string | undefined;
      asking.once('socket', (socket: TLSSocket) => {
        socket.once('secureConnect', () => {
          spki = socket.getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
        });
      });
      asking.once('error', reject);
      asking.end();
    });
    const digest = await crypto.subtle.digest('SHA-256', Buffer.from(found ?? '', 'base64'));
    expect(Buffer.from(digest).toString('base64url')).toBe(collector.pin);
  });

  it('says that the address is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => new Promise((resolve) => other.close(() => resolve())));
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const collector = await testCollector({ TRAMDO_LISTEN: `127.0.0.1:${port}` });
    await expect(collector.listen()).rejects.toMatchObject({ code: 'ADDRESS_IN_USE' });
  });
});
