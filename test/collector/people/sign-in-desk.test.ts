import { TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import type { Account } from '#collector/people/account.ts';
import { PASSWORD, type PeopleRig, peopleRig } from './people-rig.ts';

const ADDRESS = '192.0.2.7';
const SECOND_MS = 1_000;

function attempt(loginName: string, password = PASSWORD, address = ADDRESS) {
  return { loginName, password, address };
}

async function failures(rig: PeopleRig, count: number, loginName: string, address = ADDRESS): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    await expect(rig.signIn.checkPassword(attempt(loginName, 'wrong', address))).rejects.toMatchObject({
      code: 'SIGN_IN_FAILED',
    });
  }
}

/** Sets a second factor up and gives what makes its codes. */
async function withSecondFactor(rig: PeopleRig, account: Account) {
  const sealed = rig.ownAccount.startTotp(account);
  const secret = rig.ownAccount.readTotp(account, sealed);
  const code = () => new TOTP({ secret }).generate({ timestamp: rig.clock.nowMs });
  const recoveryCodes = await rig.ownAccount.confirmTotp(account, { sealed, code: code(), keptSession: '' });
  rig.clock.nowMs += 30 * SECOND_MS;
  return { account: await rig.accounts.find(account.id), code, recoveryCodes };
}

describe('SignInDesk.checkPassword()', () => {
  it('gives the account and writes it down', async () => {
    const rig = await peopleRig();
    const account = await rig.account('operator');
    expect(await rig.signIn.checkPassword(attempt('operator-1'))).toEqual(account);
    const [newest] = await rig.store.audit.list({ limit: 1 });
    expect(newest).toMatchObject({
      action: 'session.start',
      detail: { address: ADDRESS, secondFactor: 'none' },
    });
  });

  it('answers alike for a wrong password, a name nobody has, and accounts that are disabled or invited', async () => {
    const rig = await peopleRig();
    await rig.account('admin');
    const { id } = await rig.account('viewer');
    const by = { kind: 'command', id: '', name: 'command line', role: 'admin' } as const;
    await rig.accounts.disable(by, id);
    await rig.accounts.invite(by, { loginName: 'invited', displayName: 'x', role: 'viewer' });
    const answers = await Promise.allSettled([
      rig.signIn.checkPassword(attempt('admin-1', 'wrong')),
      rig.signIn.checkPassword(attempt('nobody')),
      rig.signIn.checkPassword(attempt('viewer-1')),
      rig.signIn.checkPassword(attempt('invited')),
    ]);
    const messages = answers.map((answer) => (answer.status === 'rejected' ? String(answer.reason) : 'let in'));
    expect(new Set(messages)).toEqual(
      new Set(['TramdoError: Cannot sign in as name or password is wrong, or the account may not']),
    );
  });

  it('lets an account wait after five failures, a name nobody has likewise, and writes it down', async () => {
    const rig = await peopleRig();
    await rig.account('viewer');
    for (const name of ['viewer-1', 'nobody']) {
      await failures(rig, 5, name, name);
      await expect(rig.signIn.checkPassword(attempt(name, PASSWORD, name))).rejects.toMatchObject({
        code: 'SIGN_IN_LOCKED',
        retryAfterSeconds: 30,
      });
    }
    const lines = await rig.store.audit.list({ limit: 12 });
    const [lock, fail] = lines;
    expect(lines.filter(({ action }) => action === 'session.fail')).toHaveLength(10);
    expect(lines.filter(({ action }) => action === 'account.lock')).toHaveLength(2);
    // The name itself is not kept: it may be a password in the wrong field.
    expect([lock, fail].map((line) => [line?.target, line?.detail])).toEqual([
      ['', { address: 'nobody', lockedSeconds: 30 }],
      ['', { address: 'nobody', step: 'password' }],
    ]);
  });

  it('lets nobody lock an account out elsewhere, and bounds guesses from everywhere together', async () => {
    const rig = await peopleRig();
    await rig.account('viewer');
    for (let index = 0; index < 9; index += 1) await failures(rig, 5, 'viewer-1', `192.0.2.${index}`);
    await failures(rig, 4, 'viewer-1', '192.0.2.9');
    await expect(rig.signIn.checkPassword(attempt('viewer-1', PASSWORD, '192.0.2.10'))).resolves.toBeDefined();
    for (let index = 0; index < 10; index += 1) {
      rig.clock.nowMs += 3_600_000;
      await failures(rig, 5, 'viewer-1', `198.51.100.${index}`);
    }
    await expect(rig.signIn.checkPassword(attempt('viewer-1', PASSWORD, '192.0.2.10'))).rejects.toMatchObject({
      code: 'SIGN_IN_LOCKED',
    });
  });

  it('lets it try again when the time is over, and a success forgets the failures', async () => {
    const rig = await peopleRig();
    const account = await rig.account('viewer');
    await failures(rig, 5, 'viewer-1');
    rig.clock.nowMs += 30 * SECOND_MS;
    await failures(rig, 1, 'viewer-1');
    await expect(rig.signIn.checkPassword(attempt('viewer-1'))).rejects.toMatchObject({ retryAfterSeconds: 60 });
    rig.clock.nowMs += 60 * SECOND_MS;
    expect(await rig.signIn.checkPassword(attempt('viewer-1'))).toEqual(account);
    await failures(rig, 4, 'viewer-1');
    expect(await rig.signIn.checkPassword(attempt('viewer-1'))).toEqual(account);
  });

  it('lets an address wait that tries many names', async () => {
    const rig = await peopleRig();
    await rig.account('viewer');
    for (let index = 0; index < 20; index += 1) await failures(rig, 1, `name-${index}`);
    await expect(rig.signIn.checkPassword(attempt('viewer-1'))).rejects.toMatchObject({ code: 'SIGN_IN_LOCKED' });
    await expect(rig.signIn.checkPassword(attempt('viewer-1', PASSWORD, '192.0.2.8'))).resolves.toBeDefined();
  });

  it('counts guesses that arrive all at once', async () => {
    const rig = await peopleRig();
    await rig.account('viewer');
    const guesses = await Promise.allSettled(
      Array.from({ length: 30 }, () => rig.signIn.checkPassword(attempt('viewer-1', 'wrong'))),
    );
    const codes = guesses.map((guess) => (guess.status === 'rejected' ? guess.reason.code : ''));
    expect(codes.filter((code) => code === 'SIGN_IN_FAILED')).toHaveLength(5);
    expect(codes.filter((code) => code === 'SIGN_IN_LOCKED')).toHaveLength(25);
  });

  it('hashes anew what was hashed at another cost', async () => {
    const rig = await peopleRig();
    const { id } = await rig.account('viewer');
    const { passwordHash = '' } = await rig.store.accounts.secrets(id);
    await rig.store.accounts.keepPassword(id, passwordHash.replace('m=8,', 'm=08,'), 5);
    await rig.signIn.checkPassword(attempt('viewer-1'));
    expect((await rig.store.accounts.secrets(id)).passwordHash).toMatch(/\$m=8,t=1,p=1\$/);
  });
});

describe('SignInDesk.checkCode()', () => {
  it('takes a code once', async () => {
    const rig = await peopleRig();
    const { account, code } = await withSecondFactor(rig, await rig.account('admin'));
    const now = code();
    await expect(rig.signIn.checkCode(account, now, ADDRESS)).resolves.toBeUndefined();
    await expect(rig.signIn.checkCode(account, now, ADDRESS)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    rig.clock.nowMs += 30 * SECOND_MS;
    await expect(rig.signIn.checkCode(account, code(), ADDRESS)).resolves.toBeUndefined();
  });

  it('does not take the code again that put the second factor into force', async () => {
    const rig = await peopleRig();
    const { account, code } = await withSecondFactor(rig, await rig.account('admin'));
    rig.clock.nowMs -= 30 * SECOND_MS;
    await expect(rig.signIn.checkCode(account, code(), ADDRESS)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
  });

  it('takes each recovery code once', async () => {
    const rig = await peopleRig();
    const { account, recoveryCodes, code } = await withSecondFactor(rig, await rig.account('admin'));
    const [first = '', second = ''] = recoveryCodes;
    await rig.signIn.checkCode(account, first, ADDRESS);
    await expect(rig.signIn.checkCode(account, first, ADDRESS)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    await rig.signIn.checkCode(account, second.toUpperCase(), ADDRESS);
    rig.clock.nowMs += 30 * SECOND_MS;
    await rig.signIn.checkCode(account, code(), ADDRESS);
    const starts = (await rig.store.audit.list({ limit: 9 })).filter(({ action }) => action === 'session.start');
    expect(starts.map(({ detail }) => detail['secondFactor'])).toEqual(['code', 'recovery-code', 'recovery-code']);
    expect(await rig.store.accounts.recoveryCodeCount(account.id)).toBe(8);
  });

  it('is not helped by the password: knowing it does not forget wrong codes', async () => {
    const rig = await peopleRig();
    const { account } = await withSecondFactor(rig, await rig.account('admin'));
    for (let round = 0; round < 5; round += 1) {
      await rig.signIn.checkPassword(attempt('admin-1'));
      await expect(rig.signIn.checkCode(account, '000000', ADDRESS)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    }
    await expect(rig.signIn.checkPassword(attempt('admin-1'))).rejects.toMatchObject({ code: 'SIGN_IN_LOCKED' });
  });

  it('does not forget codes that were tried while the password was checked', async () => {
    const rig = await peopleRig();
    const { account } = await withSecondFactor(rig, await rig.account('admin'));
    const checked = rig.signIn.checkPassword(attempt('admin-1'));
    const guesses = [1, 2, 3].map(() => rig.signIn.checkCode(account, '000000', ADDRESS));
    const outcomes = await Promise.allSettled([checked, ...guesses]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    await expect(rig.signIn.checkCode(account, '000000', ADDRESS)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    await expect(rig.signIn.checkCode(account, '000000', ADDRESS)).rejects.toMatchObject({ code: 'SIGN_IN_FAILED' });
    await expect(rig.signIn.checkPassword(attempt('admin-1'))).rejects.toMatchObject({ code: 'SIGN_IN_LOCKED' });
  });
});
