import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { PASSWORD, type PeopleRig, peopleRig } from './people-rig.ts';

const NEXT = 'năm con trâu lội đồng';

async function sessions(rig: PeopleRig, accountId: string): Promise<void> {
  const { nowMs } = rig.clock;
  for (const idHash of ['one', 'two']) {
    await rig.store.sessions.save({ idHash, accountId, startedAtMs: nowMs, seenAtMs: nowMs, data: '{}' });
  }
}

describe('OwnAccountDesk', () => {
  it('changes the password and ends the other sessions', async () => {
    const rig = await peopleRig();
    const account = await rig.account('viewer');
    await sessions(rig, account.id);
    await rig.ownAccount.changePassword(account, NEXT, 'one');
    expect((await rig.ownAccount.sessions(account)).map(({ idHash }) => idHash)).toEqual(['one']);
    const attempt = { loginName: 'viewer-1', address: '192.0.2.1' };
    await expect(rig.signIn.checkPassword({ ...attempt, password: PASSWORD })).rejects.toThrow();
    await expect(rig.signIn.checkPassword({ ...attempt, password: NEXT })).resolves.toBeDefined();
    expect(await rig.actions()).toContain('password.set');
  });

  it('keeps the old password when the new one is refused', async () => {
    const rig = await peopleRig();
    const account = await rig.account('viewer');
    const refused = { code: 'PASSWORD_REFUSED' };
    await expect(rig.ownAccount.changePassword(account, 'short', 'one')).rejects.toMatchObject(refused);
    await expect(rig.signIn.confirmPassword(account, PASSWORD, '192.0.2.1')).resolves.toBeUndefined();
  });

  it('shows only sessions that still hold', async () => {
    const rig = await peopleRig();
    const account = await rig.account('viewer');
    await sessions(rig, account.id);
    rig.clock.nowMs += 30 * 60_000;
    expect(await rig.ownAccount.sessions(account)).toEqual([]);
  });

  it('puts a second factor into force by a code of it, and ends the other sessions', async () => {
    const rig = await peopleRig();
    const account = await rig.account('admin');
    await sessions(rig, account.id);
    const sealed = rig.ownAccount.startTotp(account);
    const secret = rig.ownAccount.readTotp(account, sealed);
    const proof = { sealed, keptSession: 'two' };
    await expect(rig.ownAccount.confirmTotp(account, { ...proof, code: '000000' })).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    });
    expect((await rig.accounts.find(account.id)).hasSecondFactor).toBe(false);
    const code = new TOTP({ secret }).generate({ timestamp: rig.clock.nowMs });
    expect(await rig.ownAccount.confirmTotp(account, { ...proof, code })).toHaveLength(10);
    expect((await rig.accounts.find(account.id)).hasSecondFactor).toBe(true);
    expect((await rig.ownAccount.sessions(account)).map(({ idHash }) => idHash)).toEqual(['two']);
    const { totpSecret } = await rig.store.accounts.secrets(account.id);
    expect(totpSecret).not.toContain(secret);
  });

  it('ends the other sessions on demand and writes it down', async () => {
    const rig = await peopleRig();
    const account = await rig.account('viewer');
    await sessions(rig, account.id);
    await rig.ownAccount.endOtherSessions(account, 'two');
    expect((await rig.ownAccount.sessions(account)).map(({ idHash }) => idHash)).toEqual(['two']);
    expect((await rig.actions()).at(-1)).toBe('session.stop');
  });
});
