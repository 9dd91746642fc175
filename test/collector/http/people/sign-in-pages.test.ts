import { describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { AGENCY } from '../../ingest/reporting-machine.ts';
import { PASSWORD } from '../../people/people-rig.ts';
import { Browser } from './browser.ts';
import { peopleCollector } from './people-collector.ts';

describe('GET /login', () => {
  it('is Vietnamese unless asked, has no script, and keeps no session', async () => {
    const { server } = await peopleCollector();
    const browser = new Browser(server);
    const answer = await browser.send('/login');
    expect(answer.body).toContain('<html lang="vi">');
    expect(answer.body).toContain('Tên đăng nhập');
    expect((await browser.send('/login?lang=en')).body).toContain('Login name');
    expect([answer.body.includes('<script'), answer.body.includes('style='), answer.cookies]).toEqual([
      false,
      false,
      [],
    ]);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('POST /login', () => {
  it('starts a session for a right password and goes on where one wanted to go', async () => {
    const { server, account } = await peopleCollector();
    const { loginName } = await account('viewer');
    const browser = new Browser(server);
    const wanted = await browser.send('/');
    expect([wanted.statusCode, wanted.headers.location]).toEqual([303, '/login?next=%2F']);
    const form = { loginName: ` ${loginName.toUpperCase()} `, password: PASSWORD };
    const answer = await browser.send('/login?next=%2F%3Flang%3Den', { method: 'POST', form });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/?lang=en']);
    expect((await browser.send('/')).statusCode).toBe(200);
  });

  it.each(['https://example.org/', '//example.org', '/\\example.org', 'javascript:alert(1)'])(
    'goes on to no other site: %s',
    async (next) => {
      const { server, account } = await peopleCollector();
      const { loginName } = await account('viewer');
      const url = `/login?next=${encodeURIComponent(next)}`;
      const answer = await new Browser(server).send(url, { method: 'POST', form: { loginName, password: PASSWORD } });
      expect(answer.headers.location).toBe('/');
    },
  );

  it('shows what was wrong, never the password, and logs neither it nor the link', async () => {
    const { server, account, logLines, people } = await peopleCollector();
    const { loginName, id } = await account('viewer');
    const { secret } = await people.accounts.renewLink(COMMAND_LINE, id);
    const browser = new Browser(server);
    const form = { loginName, password: 'not-the-right-one' };
    const answer = await browser.send('/login', { method: 'POST', form });
    expect(answer.statusCode).toBe(401);
    expect(answer.body).toContain('role="alert"');
    expect(answer.body).toContain(`value="${loginName}"`);
    expect(answer.body).not.toContain('not-the-right-one');
    await browser.send(`/set-up/${secret}`, { method: 'POST', form: { password: 'short-word' } });
    await browser.send(`/set-up/${secret}`, { method: 'POST', form: { password: PASSWORD } });
    const log = logLines.join('');
    expect([log.includes('not-the-right-one'), log.includes('short-word'), log.includes(PASSWORD)]).toEqual([
      false,
      false,
      false,
    ]);
    expect([log.includes(secret), log.length > 0]).toEqual([false, true]);
  });

  it('answers 429 with Retry-After after too many failures', async () => {
    const { server } = await peopleCollector();
    const browser = new Browser(server);
    const post = () => browser.send('/login', { method: 'POST', form: { loginName: 'nobody', password: 'x' } });
    for (let times = 0; times < 5; times += 1) expect((await post()).statusCode).toBe(401);
    const answer = await post();
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '30']);
    expect(answer.body).toContain('Hãy chờ 30 giây rồi thử lại.');
  });

  it('has a limit of its own for each address', async () => {
    const { server } = await peopleCollector();
    const browser = new Browser(server);
    const form = { loginName: 'nobody', password: 'x' };
    const answers: (string | undefined)[] = [];
    for (let times = 0; times < 31; times += 1) {
      const { body } = await browser.send('/login', { method: 'POST', form });
      answers.push(/Quá nhiều lần gửi trong một phút/.exec(body)?.[0]);
    }
    expect(answers).toEqual([...Array.from({ length: 30 }, () => undefined), 'Quá nhiều lần gửi trong một phút']);
  });

  it('takes no form from the page of another site', async () => {
    const { server, account } = await peopleCollector();
    const { loginName } = await account('viewer');
    const form = { loginName, password: PASSWORD };
    const from = async (headers: Readonly<Record<string, string>>) =>
      (await new Browser(server).send('/login', { method: 'POST', form, headers })).statusCode;
    expect([
      await from({ 'sec-fetch-site': 'cross-site' }),
      await from({ 'sec-fetch-site': 'same-site' }),
      await from({ origin: 'https://example.org' }),
      await from({ origin: 'null' }),
      await from({ origin: 'http://127.0.0.1:8640' }),
      await from({ 'sec-fetch-site': 'same-origin' }),
    ]).toEqual([403, 403, 403, 403, 303, 303]);
  });
});

describe('the session cookie', () => {
  it('is out of reach of scripts and of other sites', async () => {
    const { server, account } = await peopleCollector();
    const { loginName } = await account('viewer');
    const answer = await new Browser(server).send('/login', {
      method: 'POST',
      form: { loginName, password: PASSWORD },
    });
    const header = String(answer.headers['set-cookie']);
    expect(header.replace(/=[^;]+/, '=…')).toBe('tramdo=…; Path=/; HttpOnly; SameSite=Lax');
  });

  it('is for TLS and this host alone behind a proxy, which must say that it speaks TLS', async () => {
    const { server, account } = await peopleCollector({ TRAMDO_BEHIND_PROXY: 'true', TRAMDO_TLS: 'off' });
    const { loginName } = await account('viewer');
    const form = { loginName, password: PASSWORD };
    const browser = new Browser(server);
    const answer = await browser.send('/login', { method: 'POST', form, headers: { 'x-forwarded-proto': 'https' } });
    const header = String(answer.headers['set-cookie']);
    expect(header.replace(/=[^;]+/, '=…')).toBe('__Host-tramdo=…; Path=/; HttpOnly; Secure; SameSite=Lax');
    expect((await browser.send('/login', { method: 'POST', form })).statusCode).toBe(500);
  });

  it('has a new id after signing in, so that a planted one is worth nothing', async () => {
    const { server, account } = await peopleCollector();
    const victim = await account('operator');
    const attacker = new Browser(server);
    await attacker.signIn(await account('viewer'));
    const planted = new Map(attacker.cookies);
    const browser = new Browser(server);
    for (const [name, value] of planted) browser.cookies.set(name, value);
    await browser.signIn(victim);
    expect(browser.cookies.get('tramdo')).not.toBe(planted.get('tramdo'));
    expect((await attacker.send('/account')).statusCode).toBe(303);
  });

  it('is signed: another id is no session', async () => {
    const { server, account } = await peopleCollector();
    const browser = new Browser(server);
    await browser.signIn(await account('viewer'));
    browser.cookies.set('tramdo', `x${browser.cookies.get('tramdo')}`);
    expect((await browser.send('/account')).headers.location).toBe('/login?next=%2Faccount');
  });
});

describe('a session', () => {
  it('ends after 30 minutes without a request', async () => {
    const { server, account, clock } = await peopleCollector();
    const browser = new Browser(server);
    await browser.signIn(await account('viewer'));
    const statuses: number[] = [];
    for (const minutes of [29, 29, 30]) {
      clock.nowMs += minutes * 60_000;
      statuses.push((await browser.send('/account')).statusCode);
    }
    expect(statuses).toEqual([200, 200, 303]);
  });

  it('ends after 12 hours in any case', async () => {
    const { server, account, clock } = await peopleCollector();
    const browser = new Browser(server);
    await browser.signIn(await account('viewer'));
    const statuses = [];
    for (let quarters = 0; quarters < 48; quarters += 1) {
      clock.nowMs += 15 * 60_000;
      statuses.push((await browser.send('/account')).statusCode);
    }
    expect(statuses).toEqual([...Array.from({ length: 47 }, () => 200), 303]);
  });

  it('ends at once when the account is disabled', async () => {
    const { server, account, people } = await peopleCollector();
    await account('admin');
    const viewer = await account('viewer');
    const browser = new Browser(server);
    await browser.signIn(viewer);
    await people.accounts.disable(COMMAND_LINE, viewer.id);
    expect((await browser.send('/account')).statusCode).toBe(303);
  });
});

describe('/login/code', () => {
  it('is between an administrator and everything else', async () => {
    const { server, account } = await peopleCollector();
    const admin = await account('admin');
    const browser = new Browser(server);
    const form = { loginName: admin.loginName, password: PASSWORD };
    const answer = await browser.send('/login?next=%2Faccount', { method: 'POST', form });
    expect(answer.headers.location).toBe('/login/code?next=%2Faccount');
    const cookie = `tramdo=${browser.cookies.get('tramdo')}`;
    const before = [
      (await browser.send('/')).headers.location,
      (await browser.send('/account')).headers.location,
      (await browser.send('/account/second-factor')).headers.location,
      (await server.inject({ url: '/api/v1/session', headers: { cookie } })).json().code,
    ];
    expect(before).toEqual(['/login/code', '/login/code', '/account', 'SECOND_FACTOR_NEEDED']);
    const wrong = await browser.submit('/login/code', '/login/code', { code: '000000' });
    expect([wrong.statusCode, wrong.body.includes('role="alert"')]).toEqual([401, true]);
    const idBefore = browser.cookies.get('tramdo');
    const right = await browser.submit('/login/code', '/login/code?next=%2Faccount', { code: admin.code() });
    expect([right.statusCode, right.headers.location]).toEqual([303, '/account']);
    expect(browser.cookies.get('tramdo')).not.toBe(idBefore);
    expect((await browser.send('/account')).statusCode).toBe(200);
    expect((await browser.send('/login/code')).headers.location).toBe('/');
  });

  it('wants the token of its page', async () => {
    const { server, account } = await peopleCollector();
    const admin = await account('admin');
    const browser = new Browser(server);
    await browser.send('/login', { method: 'POST', form: { loginName: admin.loginName, password: PASSWORD } });
    await browser.send('/login/code');
    const answer = await browser.send('/login/code', { method: 'POST', form: { code: admin.code() } });
    expect([answer.statusCode, answer.body.includes('Trang đã quá hạn')]).toEqual([403, true]);
  });
});

describe('/set-up/SECRET', () => {
  it('makes the first administrator, who sets a second factor up before anything else', async () => {
    const { server, people } = await peopleCollector();
    const link = await people.accounts.firstLink();
    const url = `/set-up/${link?.secret}`;
    const browser = new Browser(server);
    expect((await browser.send(url)).body).toContain('Tạo tài khoản quản trị đầu tiên');
    const form = { loginName: 'admin-1', displayName: 'Admin 1', password: 'short' };
    const refused = await browser.send(url, { method: 'POST', form });
    expect([
      refused.statusCode,
      refused.body.includes('ngắn hơn 12 ký tự'),
      refused.body.includes('value="admin-1"'),
    ]).toEqual([400, true, true]);
    const done = await browser.send(url, { method: 'POST', form: { ...form, password: PASSWORD } });
    expect(done.headers.location).toBe('/login?notice=password-set');
    const again = await browser.send(url);
    expect([again.statusCode, again.body.includes('đã dùng')]).toEqual([404, true]);
    const signedIn = await browser.send('/login', {
      method: 'POST',
      form: { loginName: 'admin-1', password: PASSWORD },
    });
    expect(signedIn.headers.location).toBe('/account/second-factor');
    expect((await browser.send('/')).headers.location).toBe('/account/second-factor');
  });

  it('lets whoever was invited choose a password and no name', async () => {
    const { server, people } = await peopleCollector();
    const fields = { loginName: 'agency-1', displayName: 'Sở Tài chính', role: 'agency', agencyCode: AGENCY };
    const { secret } = await people.accounts.invite(COMMAND_LINE, fields);
    const browser = new Browser(server);
    expect((await browser.send(`/set-up/${secret}`)).body).not.toContain('name="loginName"');
    await browser.send(`/set-up/${secret}`, { method: 'POST', form: { password: PASSWORD, loginName: 'admin-9' } });
    expect((await people.accounts.list()).map(({ loginName, role }) => [loginName, role])).toEqual([
      ['agency-1', 'agency'],
    ]);
  });
});
