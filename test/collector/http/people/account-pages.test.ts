import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { PASSWORD } from '../../people/people-rig.ts';
import { Browser } from './browser.ts';
import { peopleCollector } from './people-collector.ts';

const NEXT_PASSWORD = 'năm con trâu lội đồng';

describe('/account/second-factor', () => {
  it('shows the key as QR code and text, takes a code of it, and shows recovery codes once', async () => {
    const { server, account, clock, people } = await peopleCollector();
    const { loginName, id } = await account('viewer');
    const browser = new Browser(server);
    await browser.send('/login', { method: 'POST', form: { loginName, password: PASSWORD } });
    const page = await browser.send('/account/second-factor');
    expect(page.body).toContain('<svg');
    const secret = (/<code>([A-Z2-7 ]+)<\/code>/.exec(page.body)?.[1] ?? '').replaceAll(' ', '');
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const wrong = await browser.submit('/account/second-factor', '/account/second-factor', { code: '000000' });
    expect([wrong.statusCode, wrong.body.includes(secret.slice(0, 4))]).toEqual([401, true]);
    expect(wrong.body).toContain('Mã không đúng hoặc đã dùng rồi');
    const code = new TOTP({ secret }).generate({ timestamp: clock.nowMs });
    const done = await browser.submit('/account/second-factor', '/account/second-factor', { code });
    expect([...done.body.matchAll(/<li>([a-z0-9-]{19})<\/li>/g)]).toHaveLength(10);
    expect((await people.accounts.find(id)).hasSecondFactor).toBe(true);
    expect((await browser.send('/account')).body).toContain('Mã khôi phục còn lại:\n10'.replace('\n', ' '));
    expect((await browser.send('/account/second-factor')).headers.location).toBe('/account');
  });
});

describe('/account', () => {
  it('shows who one is and no secret', async () => {
    const { server, account } = await peopleCollector();
    const admin = await account('admin');
    const browser = new Browser(server);
    await browser.signIn(admin);
    const { body } = await browser.send('/account');
    expect(body).toContain(admin.loginName);
    expect(body).toContain('Quản trị');
    expect(body).toContain('(phiên này)');
    expect(body).not.toMatch(/argon2|[A-Z2-7]{32}/);
  });

  it('changes the password for whoever knows the old one, and ends the other sessions', async () => {
    const { server, account } = await peopleCollector();
    const viewer = await account('viewer');
    const [browser, other] = [new Browser(server), new Browser(server)];
    await browser.signIn(viewer);
    await other.signIn(viewer);
    const change = (currentPassword: string, password: string) =>
      browser.submit('/account', '/account/password', { currentPassword, password });
    const wrong = await change('wrong', NEXT_PASSWORD);
    expect([wrong.statusCode, wrong.body.includes('Mật khẩu hiện tại không đúng.')]).toEqual([401, true]);
    expect((await change(PASSWORD, 'short')).body).toContain('ngắn hơn 12 ký tự');
    expect((await other.send('/account')).statusCode).toBe(200);
    expect((await change(PASSWORD, NEXT_PASSWORD)).body).toContain('Đã đổi mật khẩu');
    expect([(await other.send('/account')).statusCode, (await browser.send('/account')).statusCode]).toEqual([
      303, 200,
    ]);
  });

  it('ends the other sessions on demand', async () => {
    const { server, account } = await peopleCollector();
    const viewer = await account('viewer');
    const [browser, other] = [new Browser(server), new Browser(server)];
    await browser.signIn(viewer);
    await other.signIn(viewer);
    await browser.submit('/account', '/account/sessions/end', {});
    expect([(await other.send('/account')).statusCode, (await browser.send('/account')).statusCode]).toEqual([
      303, 200,
    ]);
  });

  it.each(['/account/password', '/account/sessions/end', '/logout'])(
    'takes no %s without the token of the page',
    async (url) => {
      const { server, account } = await peopleCollector();
      const browser = new Browser(server);
      await browser.signIn(await account('viewer'));
      const form = { currentPassword: PASSWORD, password: NEXT_PASSWORD };
      const without = await browser.send(url, { method: 'POST', form });
      const wrong = await browser.send(url, { method: 'POST', form: { ...form, _csrf: 'x' } });
      expect([without.statusCode, wrong.statusCode]).toEqual([403, 403]);
      expect((await browser.send('/account')).statusCode).toBe(200);
    },
  );
});

describe('POST /logout', () => {
  it('ends the session on the collector, not only in the browser', async () => {
    const { server, account, store } = await peopleCollector();
    const viewer = await account('viewer');
    const browser = new Browser(server);
    await browser.signIn(viewer);
    const kept = new Map(browser.cookies);
    const answer = await browser.submit('/account', '/logout', {});
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/login?notice=signed-out']);
    expect(browser.cookies.size).toBe(0);
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.send('/account')).statusCode).toBe(303);
    expect((await store.audit.list({ limit: 1 }))[0]).toMatchObject({ action: 'session.stop', target: viewer.id });
  });
});
