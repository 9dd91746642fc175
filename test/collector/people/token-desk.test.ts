import { describe, expect, it } from 'vitest';
import { principalOfAccount } from '#collector/people/account.ts';
import { COMMAND_LINE, type Principal, type Role } from '#collector/people/principal.ts';
import { AGENCY } from '../ingest/reporting-machine.ts';
import { peopleRig } from './people-rig.ts';

const DAY_MS = 86_400_000;

describe('TokenDesk.create()', () => {
  it('tells the secret once and keeps a hash; 90 days unless told', async () => {
    const { tokens, clock, store } = await peopleRig();
    const { token, secret } = await tokens.create(COMMAND_LINE, { name: 'Grafana', role: 'viewer' });
    expect(secret).toMatch(/^tramdo_[A-Za-z0-9_-]{43}$/);
    expect(token).toMatchObject({ name: 'Grafana', role: 'viewer', expiresAtMs: clock.nowMs + 90 * DAY_MS });
    expect(await store.accessTokens.findBySecret(secret)).toBeUndefined();
    expect((await store.audit.list({ limit: 1 }))[0]).toMatchObject({
      action: 'token.create',
      target: token.id,
      detail: { name: 'Grafana', role: 'viewer' },
    });
  });

  it.each([
    [{ name: '', role: 'viewer' }, 'ACCESS_TOKEN_INVALID'],
    [{ name: 'x', role: 'viewer', expiresInDays: 366 }, 'ACCESS_TOKEN_INVALID'],
    [{ name: 'x', role: 'viewer', expiresInDays: 0 }, 'ACCESS_TOKEN_INVALID'],
    [{ name: 'x', role: 'agency' }, 'ACCESS_TOKEN_INVALID'],
    [{ name: 'x', role: 'admin', agencyCode: AGENCY }, 'ACCESS_TOKEN_INVALID'],
    [{ name: 'x', role: 'viewer', agencyCode: 'H47.99' }, 'AGENCY_UNKNOWN'],
  ])('refuses %j with %s', async (fields, code) => {
    const { tokens } = await peopleRig();
    await expect(tokens.create(COMMAND_LINE, fields)).rejects.toMatchObject({ code });
  });

  it.each([
    ['operator', 'admin'],
    ['agency', 'operator'],
    ['viewer', 'agency'],
    ['viewer', 'admin'],
  ] as const)('lets %s not make a token of %s', async (role, wanted) => {
    const rig = await peopleRig();
    const by = principalOfAccount(await rig.account(role, 'maker', role === 'agency' ? AGENCY : undefined));
    const fields = { name: 'x', role: wanted, ...(wanted === 'agency' ? { agencyCode: AGENCY } : {}) };
    await expect(rig.tokens.create(by, fields)).rejects.toMatchObject({ code: 'ACCESS_FORBIDDEN' });
  });

  it('keeps to the subtree of its maker', async () => {
    const rig = await peopleRig();
    const by = principalOfAccount(await rig.account('agency', 'agency-1', AGENCY));
    const viewer = { name: 'x', role: 'viewer' } as const;
    expect((await rig.tokens.create(by, viewer)).token.agencyCode).toBe(AGENCY);
    const { token } = await rig.tokens.create(by, { ...viewer, agencyCode: `${AGENCY}.01` });
    expect(token.agencyCode).toBe(`${AGENCY}.01`);
    const elsewhere = rig.tokens.create(by, { ...viewer, agencyCode: 'H47.13' });
    await expect(elsewhere).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
  });

  it('makes no token for a token', async () => {
    const { tokens } = await peopleRig();
    const by: Principal = { kind: 'token', id: 't', name: 't', role: 'admin' };
    await expect(tokens.create(by, { name: 'x', role: 'viewer' })).rejects.toMatchObject({ code: 'ACCESS_FORBIDDEN' });
  });
});

describe('TokenDesk.holderOf()', () => {
  it('knows a token until it expires, and notes the day of use once', async () => {
    const { tokens, clock, store } = await peopleRig();
    const { token, secret } = await tokens.create(COMMAND_LINE, { name: 'x', role: 'operator', expiresInDays: 1 });
    expect(await tokens.holderOf(secret)).toEqual({
      principal: { kind: 'token', id: token.id, name: 'x', role: 'operator' },
    });
    expect((await store.accessTokens.find(token.id))?.usedDay).toBe('2026-03-02');
    clock.nowMs += DAY_MS;
    expect(await tokens.holderOf(secret)).toBeUndefined();
  });

  it('knows none that was revoked, is made up, or lacks the prefix', async () => {
    const { tokens } = await peopleRig();
    const { token, secret } = await tokens.create(COMMAND_LINE, { name: 'x', role: 'viewer' });
    await tokens.revoke(COMMAND_LINE, token.id);
    const given = [secret, 'tramdo_nothing', secret.replace('tramdo_', '')];
    expect(await Promise.all(given.map((one) => tokens.holderOf(one)))).toEqual([undefined, undefined, undefined]);
  });

  it.each<[string, { role?: Role; agencyCode?: string; isDisabled?: boolean }]>([
    ['was disabled', { isDisabled: true }],
    ['has a smaller role now', { role: 'viewer' }],
  ])('knows none whose maker %s', async (_when, change) => {
    const rig = await peopleRig();
    const maker = await rig.account('operator');
    const { secret } = await rig.tokens.create(principalOfAccount(maker), { name: 'x', role: 'operator' });
    await rig.store.accounts.save({ ...maker, ...change });
    expect(await rig.tokens.holderOf(secret)).toBeUndefined();
  });

  it('sees no more than its maker sees today', async () => {
    const rig = await peopleRig();
    const maker = await rig.account('agency', 'agency-1', AGENCY);
    const { secret } = await rig.tokens.create(principalOfAccount(maker), { name: 'x', role: 'viewer' });
    const scopeNow = async () => {
      const holder = await rig.tokens.holderOf(secret);
      return holder === undefined ? undefined : [...((await rig.tokens.scopeOf(holder)).codes ?? [])].toSorted();
    };
    expect(await scopeNow()).toEqual([AGENCY, `${AGENCY}.01`]);
    await rig.store.accounts.save({ ...maker, agencyCode: `${AGENCY}.01` });
    expect(await scopeNow()).toEqual([`${AGENCY}.01`]);
    await rig.store.accounts.save({ ...maker, agencyCode: 'H47.13' });
    expect(await scopeNow()).toBeUndefined();
  });

  it('has no wider agency than its maker today, for what asks by agency', async () => {
    const rig = await peopleRig();
    const maker = await rig.account('viewer');
    const { secret } = await rig.tokens.create(principalOfAccount(maker), { name: 'x', role: 'viewer' });
    const agencyNow = async () => (await rig.tokens.holderOf(secret))?.principal.agencyCode;
    expect(await agencyNow()).toBeUndefined();
    await rig.store.accounts.save({ ...maker, agencyCode: AGENCY });
    expect(await agencyNow()).toBe(AGENCY);
  });
});

describe('TokenDesk.revoke()', () => {
  it('is for the maker and for administrators; others learn nothing', async () => {
    const rig = await peopleRig();
    const maker = principalOfAccount(await rig.account('viewer', 'maker'));
    const other = principalOfAccount(await rig.account('operator', 'other'));
    const admin = principalOfAccount(await rig.account('admin'));
    const { token } = await rig.tokens.create(maker, { name: 'x', role: 'viewer' });
    await expect(rig.tokens.revoke(other, token.id)).rejects.toMatchObject({ code: 'ACCESS_TOKEN_UNKNOWN' });
    expect([await rig.tokens.list(other), await rig.tokens.list(maker), await rig.tokens.list(admin)]).toEqual([
      [],
      [token],
      [token],
    ]);
    await rig.tokens.revoke(admin, token.id);
    await rig.tokens.revoke(admin, token.id);
    expect((await rig.actions()).filter((action) => action === 'token.revoke')).toHaveLength(1);
  });
});
