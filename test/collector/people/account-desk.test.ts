import { describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { AGENCY } from '../ingest/reporting-machine.ts';
import { PASSWORD, peopleRig } from './people-rig.ts';

const DAY_MS = 86_400_000;
const VIEWER = { loginName: 'viewer-1', displayName: 'Viewer 1', role: 'viewer' } as const;

describe('AccountDesk.invite()', () => {
  it('makes an account that cannot sign in before its link was used', async () => {
    const { accounts, store } = await peopleRig();
    const { account, secret } = await accounts.invite(COMMAND_LINE, VIEWER);
    expect(account).toMatchObject({ ...VIEWER, isDisabled: false, hasSecondFactor: false });
    expect(await store.accounts.secrets(account.id)).toEqual({});
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it.each([
    [{ ...VIEWER, loginName: 'Viewer 1' }, 'ACCOUNT_INVALID'],
    [{ ...VIEWER, loginName: 'x' }, 'ACCOUNT_INVALID'],
    [{ ...VIEWER, role: 'root' }, 'ACCOUNT_INVALID'],
    [{ ...VIEWER, role: 'agency' }, 'ACCOUNT_INVALID'],
    [{ ...VIEWER, role: 'admin', agencyCode: AGENCY }, 'ACCOUNT_INVALID'],
    [{ ...VIEWER, password: 'x' }, 'ACCOUNT_INVALID'],
    [{ ...VIEWER, role: 'agency', agencyCode: 'H47.99' }, 'AGENCY_UNKNOWN'],
  ])('refuses %j with %s', async (fields, code) => {
    const { accounts } = await peopleRig();
    await expect(accounts.invite(COMMAND_LINE, fields)).rejects.toMatchObject({ code });
    expect(await accounts.list()).toEqual([]);
  });

  it('refuses a name that is taken', async () => {
    const { accounts } = await peopleRig();
    await accounts.invite(COMMAND_LINE, VIEWER);
    await expect(accounts.invite(COMMAND_LINE, VIEWER)).rejects.toMatchObject({ code: 'ACCOUNT_EXISTS' });
  });
});

describe('set-up links', () => {
  it('are good once', async () => {
    const { accounts, ownAccount } = await peopleRig();
    const { secret } = await accounts.invite(COMMAND_LINE, VIEWER);
    await ownAccount.setUp(secret, { password: PASSWORD });
    await expect(ownAccount.setUp(secret, { password: PASSWORD })).rejects.toMatchObject({
      code: 'SET_UP_LINK_INVALID',
    });
  });

  it('end after 24 hours, when a new one is made, and with the account', async () => {
    const { accounts, ownAccount, clock } = await peopleRig();
    const invalid = { code: 'SET_UP_LINK_INVALID' };
    const { account, secret: first } = await accounts.invite(COMMAND_LINE, VIEWER);
    const { secret: second } = await accounts.renewLink(COMMAND_LINE, account.id);
    await expect(ownAccount.ownerOfLink(first)).rejects.toMatchObject(invalid);
    clock.nowMs += DAY_MS - 1;
    expect((await ownAccount.ownerOfLink(second))?.id).toBe(account.id);
    clock.nowMs += 1;
    await expect(ownAccount.ownerOfLink(second)).rejects.toMatchObject(invalid);
    const { secret: third } = await accounts.renewLink(COMMAND_LINE, account.id);
    const { secret } = await accounts.invite(COMMAND_LINE, { ...VIEWER, loginName: 'admin-1', role: 'admin' });
    await ownAccount.setUp(secret, { password: PASSWORD });
    await accounts.disable(COMMAND_LINE, account.id);
    await expect(ownAccount.ownerOfLink(third)).rejects.toMatchObject(invalid);
  });

  it('are kept only as a hash', async () => {
    const { accounts, store, clock } = await peopleRig();
    const { secret } = await accounts.invite(COMMAND_LINE, VIEWER);
    expect(await store.setUpLinks.find(secret, clock.nowMs)).toBeUndefined();
  });
});

describe('AccountDesk.firstLink()', () => {
  it('is there as long as there is no account, and makes an administrator', async () => {
    const { accounts, ownAccount } = await peopleRig();
    const old = await accounts.firstLink();
    const link = await accounts.firstLink();
    await expect(ownAccount.ownerOfLink(old?.secret ?? '')).rejects.toMatchObject({ code: 'SET_UP_LINK_INVALID' });
    expect(await ownAccount.ownerOfLink(link?.secret ?? '')).toBeUndefined();
    const form = { password: PASSWORD, loginName: 'admin-1', displayName: 'Admin 1' };
    expect(await ownAccount.setUp(link?.secret ?? '', form)).toMatchObject({ loginName: 'admin-1', role: 'admin' });
    expect(await accounts.firstLink()).toBeUndefined();
  });

  it('makes nobody an administrator once an account was made by command', async () => {
    const { accounts, ownAccount } = await peopleRig();
    const { secret = '' } = (await accounts.firstLink()) ?? {};
    await accounts.invite(COMMAND_LINE, VIEWER);
    const refused = { code: 'SET_UP_LINK_INVALID' };
    await expect(ownAccount.ownerOfLink(secret)).rejects.toMatchObject(refused);
    const form = { password: PASSWORD, loginName: 'admin-1' };
    await expect(ownAccount.setUp(secret, form)).rejects.toMatchObject(refused);
  });
});

describe('AccountDesk changes', () => {
  it('end every session of a disabled account at once', async () => {
    const rig = await peopleRig();
    await rig.account('admin');
    const { id } = await rig.account('viewer');
    await rig.store.sessions.save({ idHash: 'h', accountId: id, startedAtMs: 1, seenAtMs: 1, data: '{}' });
    await rig.accounts.disable(COMMAND_LINE, id);
    expect(await rig.store.sessions.find('h')).toBeUndefined();
    expect((await rig.accounts.find(id)).isDisabled).toBe(true);
    await rig.accounts.enable(COMMAND_LINE, id);
    expect((await rig.accounts.find(id)).isDisabled).toBe(false);
  });

  it('never leave the collector without an administrator', async () => {
    const rig = await peopleRig();
    const { id } = await rig.account('admin');
    const refused = { code: 'ACCOUNT_INVALID' };
    await expect(rig.accounts.disable(COMMAND_LINE, id)).rejects.toMatchObject(refused);
    await expect(rig.accounts.set(COMMAND_LINE, id, { role: 'viewer' })).rejects.toMatchObject(refused);
    expect(await rig.accounts.find(id)).toMatchObject({ role: 'admin', isDisabled: false });
  });

  it('change role and agency together and write it down', async () => {
    const rig = await peopleRig();
    const { id } = await rig.account('viewer');
    await rig.accounts.set(COMMAND_LINE, id, { role: 'agency', agencyCode: AGENCY });
    expect(await rig.accounts.find(id)).toMatchObject({ role: 'agency', agencyCode: AGENCY });
    await rig.accounts.set(COMMAND_LINE, id, { role: 'viewer', agencyCode: undefined });
    expect((await rig.accounts.find(id)).agencyCode).toBeUndefined();
    await rig.accounts.set(COMMAND_LINE, id, { displayName: 'Khác' });
    const lines = (await rig.store.audit.list({ limit: 3 })).toReversed();
    expect(lines.map(({ action, target }) => [action, target])).toEqual(lines.map(() => ['account.set', id]));
    const loginName = 'viewer-1';
    expect(lines.map(({ detail }) => detail)).toEqual([
      { loginName, role: 'agency', roleBefore: 'viewer', agencyAfter: AGENCY, isDisplayNameChanged: false },
      { loginName, role: 'viewer', roleBefore: 'agency', agencyBefore: AGENCY, isDisplayNameChanged: false },
      { loginName, role: 'viewer', roleBefore: 'viewer', isDisplayNameChanged: true },
    ]);
  });

  it('are not for a token where they concern an administrator, whom it would outlive', async () => {
    const rig = await peopleRig();
    const by = { kind: 'token', id: 't', name: 't', role: 'admin' } as const;
    const { id } = await rig.account('admin');
    const viewer = await rig.account('viewer');
    const refused = { code: 'ACCESS_FORBIDDEN' };
    await expect(rig.accounts.invite(by, { ...VIEWER, role: 'admin' })).rejects.toMatchObject(refused);
    await expect(rig.accounts.renewLink(by, id)).rejects.toMatchObject(refused);
    await expect(rig.accounts.resetTotp(by, id)).rejects.toMatchObject(refused);
    await expect(rig.accounts.set(by, viewer.id, { role: 'admin' })).rejects.toMatchObject(refused);
    expect(await rig.accounts.set(by, viewer.id, { displayName: 'V' })).toMatchObject({ displayName: 'V' });
    expect((await rig.accounts.find(viewer.id)).role).toBe('viewer');
  });

  it('name an account that is not there', async () => {
    const { accounts } = await peopleRig();
    await expect(accounts.disable(COMMAND_LINE, 'x')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
    await expect(accounts.findByLoginName('x')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
  });
});
