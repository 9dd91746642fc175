import { describe, expect, it } from 'vitest';
import { terminal } from './terminal.ts';

const SETTINGS = 'listen: 127.0.0.1:8640\n';

describe('account commands', () => {
  it('invite somebody by a link, and list whom they invited', async () => {
    const { run } = terminal(SETTINGS);
    const [, link] = await run('account', 'invite', 'admin-1', '--role', 'admin', '--display-name', 'Admin 1');
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:8640\/set-up\/[A-Za-z0-9_-]{43}$/);
    expect(await run('account', 'list')).toEqual(['admin-1\tadmin\t-\tinvited\tpassword only\tAdmin 1']);
    const [, again] = await run('account', 'invite', 'admin-1');
    expect(again).not.toBe(link);
  });

  it('want an agency for the role agency, and an agency that is there', async () => {
    const { run } = terminal(SETTINGS);
    const invite = (...rest: string[]) => run('account', 'invite', 'agency-1', '--role', 'agency', ...rest);
    await expect(invite()).rejects.toMatchObject({ code: 'ACCOUNT_INVALID' });
    await expect(invite('--agency', 'H47.12')).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
    await run('agency', 'add', 'H47.12', '--name', 'Sở Tài chính', '--level', 'department');
    await expect(invite('--agency', 'H47.12')).resolves.toHaveLength(2);
  });

  it('do not change the role of an account by inviting it again', async () => {
    const { run } = terminal(SETTINGS);
    await run('account', 'invite', 'viewer-1', '--role', 'viewer');
    const again = run('account', 'invite', 'viewer-1', '--role', 'admin');
    await expect(again).rejects.toMatchObject({ code: 'ACCOUNT_EXISTS' });
  });

  it('make nothing when the settings name no port that a link could hold', async () => {
    const { run } = terminal('listen: 127.0.0.1:0\n');
    const invite = run('account', 'invite', 'viewer-1', '--role', 'viewer');
    await expect(invite).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    expect(await run('account', 'list')).toEqual([]);
  });

  it('disable, enable and take a second factor away, and write it down', async () => {
    const { run } = terminal(SETTINGS);
    await run('account', 'invite', 'viewer-1', '--role', 'viewer');
    await run('account', 'reset-totp', 'viewer-1');
    expect(await run('account', 'disable', 'viewer-1')).toEqual([
      'Đã khóa tài khoản viewer-1; mọi phiên làm việc của tài khoản này đã kết thúc.',
    ]);
    expect((await run('account', 'list'))[0]).toContain('\tdisabled\t');
    expect(await run('account', 'enable', 'viewer-1', '--lang', 'en')).toEqual(['Enabled the account viewer-1.']);
    await expect(run('account', 'enable', 'nobody')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    const actions = (await run('audit', 'list')).map((line) => line.split('\t')[3]);
    expect(actions).toEqual(['account.enable', 'account.disable', 'totp.set', 'account.create']);
    expect(await run('audit', 'verify')).toEqual([
      expect.stringMatching(/^Chuỗi nhật ký nguyên vẹn, số dòng: 4\. Mã băm mới nhất: \S{43}\.$/),
    ]);
  });
});

describe('access-token commands', () => {
  it('make, list and revoke tokens, and tell the secret once', async () => {
    const { run } = terminal(SETTINGS);
    const [said, secret = ''] = await run(
      'access-token',
      'create',
      'Grafana',
      '--role',
      'viewer',
      '--expires-days',
      '30',
    );
    const id = /^Mã truy cập (\S+), vai trò viewer,/.exec(said ?? '')?.[1] ?? '';
    expect(secret).toMatch(/^tramdo_/);
    expect(await run('access-token', 'list')).toEqual([`${id}\tviewer\t-\tvalid\t-\t09:00 01/04/2026\tGrafana`]);
    await run('access-token', 'revoke', id);
    expect((await run('access-token', 'list'))[0]).toContain('\trevoked\t');
    expect((await run('audit', 'list', '--limit', '1'))[0]).toMatch(/token\.revoke/);
    await expect(run('access-token', 'revoke', 'x')).rejects.toMatchObject({ code: 'ACCESS_TOKEN_UNKNOWN' });
  });
});

describe('audit commands', () => {
  it('say that an empty log is empty', async () => {
    const { run } = terminal(SETTINGS);
    expect(await run('audit', 'verify')).toEqual(['Nhật ký kiểm toán chưa có dòng nào.']);
    expect(await run('audit', 'verify', '--lang', 'en')).toEqual(['The audit log is empty.']);
    expect(await run('audit', 'list')).toEqual([]);
  });

  it('hold releases that were stopped', async () => {
    const { run } = terminal(SETTINGS);
    await run('release', 'stop');
    expect((await run('audit', 'list'))[0]).toMatch(/command command line\trelease\.stop/);
  });
});
