import { expect, it } from 'vitest';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import type { Store } from '#collector/store/store.ts';

const ACCOUNT = {
  id: 'a-1',
  loginName: 'admin-1',
  displayName: 'Admin 1',
  role: 'admin',
  createdAtMs: 1,
  isDisabled: false,
  hasSecondFactor: false,
} as const;
const ENTRY = {
  atMs: 5,
  actor: COMMAND_LINE,
  action: 'agency.add',
  target: 'H47.12',
  detail: { b: 1, a: 'x' },
} as const;
const TOKEN = { id: 't-1', name: 'Grafana', role: 'viewer', createdAtMs: 1, expiresAtMs: 9 } as const;

/** What every store must do for people. */
export function describePeople(open: () => Promise<Store>): void {
  describeAccounts(open);
  describeSecrets(open);
  describeSessions(open);
  describeTokens(open);
}

function describeAccounts(open: () => Promise<Store>): void {
  it('gives accounts back as they were saved, by id, by name and sorted', async () => {
    const { accounts } = await open();
    const agency = { ...ACCOUNT, id: 'a-2', loginName: 'agency-1', role: 'agency', agencyCode: 'H47.12' } as const;
    await accounts.add(agency);
    await accounts.add(ACCOUNT);
    await expect(accounts.add({ ...ACCOUNT, id: 'a-3' })).rejects.toMatchObject({ code: 'ACCOUNT_EXISTS' });
    const { agencyCode: _, ...rest } = agency;
    const changed = { ...rest, displayName: 'x', role: 'viewer', isDisabled: true } as const;
    await accounts.save(changed);
    expect(await accounts.find('a-2')).toEqual(changed);
    expect(await accounts.findByLoginName('admin-1')).toEqual(ACCOUNT);
    expect((await accounts.list()).map(({ id }) => id)).toEqual(['a-1', 'a-2']);
    expect([await accounts.find('x'), await accounts.findByLoginName('x')]).toEqual([undefined, undefined]);
  });

  it('uses a set-up link once, before it expires, and the newest alone', async () => {
    const { accounts, setUpLinks } = await open();
    await accounts.add(ACCOUNT);
    const link = { accountId: 'a-1', expiresAtMs: 10 };
    await setUpLinks.replace(link, 'old');
    await setUpLinks.replace(link, 'new');
    await setUpLinks.replace({ expiresAtMs: 10 }, 'first');
    expect([await setUpLinks.find('old', 1), await setUpLinks.find('new', 10)]).toEqual([undefined, undefined]);
    expect([await setUpLinks.find('new', 9), await setUpLinks.find('first', 9)]).toEqual([link, { expiresAtMs: 10 }]);
    expect([await setUpLinks.use('new', 9), await setUpLinks.use('new', 9)]).toEqual([link, undefined]);
    await setUpLinks.forgetBefore(10);
    expect(await setUpLinks.find('first', 9)).toBeUndefined();
  });
}

function describeSecrets(open: () => Promise<Store>): void {
  it('keeps what an account signs in with apart from the account', async () => {
    const { accounts } = await open();
    await accounts.add(ACCOUNT);
    expect(await accounts.secrets('a-1')).toEqual({});
    await accounts.keepPassword('a-1', 'phc', 7);
    await accounts.keepTotp('a-1', { secret: 'sealed', codeHashes: ['c1', 'c2'] });
    expect(await accounts.secrets('a-1')).toEqual({ passwordHash: 'phc', totpSecret: 'sealed' });
    expect(await accounts.find('a-1')).toEqual({ ...ACCOUNT, hasSecondFactor: true, passwordSetAtMs: 7 });
    expect([await accounts.useRecoveryCode('a-1', 'c1'), await accounts.useRecoveryCode('a-1', 'c1')]).toEqual([
      true,
      false,
    ]);
    expect(await accounts.recoveryCodeCount('a-1')).toBe(1);
    await accounts.keepTotp('a-1', undefined);
    expect([await accounts.recoveryCodeCount('a-1'), (await accounts.find('a-1'))?.hasSecondFactor]).toEqual([
      0,
      false,
    ]);
  });

  it('takes a step of the second factor only when it is later than every one before', async () => {
    const { accounts } = await open();
    await accounts.add(ACCOUNT);
    const uses = [];
    for (const step of [5, 5, 4, 6]) uses.push(await accounts.useTotpStep('a-1', step));
    expect(uses).toEqual([true, false, false, true]);
  });

  it('counts failures to sign in by subject', async () => {
    const { signInFailures } = await open();
    const failures = { failureCount: 1, newestAtMs: 5, lockedUntilMs: 0 };
    await signInFailures.save('x', failures);
    await signInFailures.save('x', { ...failures, failureCount: 2 });
    await signInFailures.save('y', failures);
    expect(await signInFailures.find('x')).toEqual({ ...failures, failureCount: 2 });
    await signInFailures.clear('x');
    await signInFailures.forgetBefore(5);
    expect([await signInFailures.find('x'), await signInFailures.find('y')]).toEqual([undefined, failures]);
  });
}

function describeSessions(open: () => Promise<Store>): void {
  it('keeps when a session began, whatever is saved later', async () => {
    const { accounts, sessions } = await open();
    await accounts.add(ACCOUNT);
    const session = { idHash: 'h1', accountId: 'a-1', startedAtMs: 1, seenAtMs: 1, data: '{}' };
    await sessions.save(session);
    await sessions.save({ ...session, startedAtMs: 9, seenAtMs: 9, data: '{"a":1}' });
    await sessions.save({ ...session, idHash: 'h2' });
    expect(await sessions.find('h1')).toEqual({ ...session, seenAtMs: 9, data: '{"a":1}' });
    expect((await sessions.ofAccount('a-1')).map(({ idHash }) => idHash)).toEqual(['h1', 'h2']);
    await sessions.endAll('a-1', 'h2');
    expect([await sessions.find('h1'), (await sessions.find('h2'))?.idHash]).toEqual([undefined, 'h2']);
    await sessions.noteSeen('h2', 10);
    await sessions.noteSeen('h1', 10);
    expect([await sessions.find('h1'), (await sessions.find('h2'))?.seenAtMs]).toEqual([undefined, 10]);
    await sessions.end('h2');
    expect(await sessions.ofAccount('a-1')).toEqual([]);
  });
}

function describeTokens(open: () => Promise<Store>): void {
  it('finds a token by the hash of its secret and revokes it once', async () => {
    const { accessTokens } = await open();
    const own = { ...TOKEN, id: 't-2', agencyCode: 'H47.12', accountId: 'a-1', createdAtMs: 2 };
    await accessTokens.add(TOKEN, 'hash-1');
    await accessTokens.add(own, 'hash-2');
    await accessTokens.noteUse('t-1', '2026-03-02');
    expect(await accessTokens.findBySecret('hash-1')).toEqual({ ...TOKEN, usedDay: '2026-03-02' });
    expect((await accessTokens.list()).map(({ id }) => id)).toEqual(['t-2', 't-1']);
    expect(await accessTokens.list('a-1')).toEqual([own]);
    expect([await accessTokens.revoke('t-2', 8), await accessTokens.revoke('t-2', 9)]).toEqual([true, false]);
    expect(await accessTokens.find('t-2')).toEqual({ ...own, revokedAtMs: 8 });
  });
}

/** What the audit log of every store must do. */
export function describeAudit(open: () => Promise<Store>): void {
  it('numbers lines without a gap, chains them and lists them newest first', async () => {
    const { audit } = await open();
    await audit.append(ENTRY);
    await audit.append({ ...ENTRY, agencyCode: 'H47.12', atMs: 6 });
    await audit.append({ ...ENTRY, agencyCode: 'H47.13' });
    const { role: _, ...actor } = COMMAND_LINE;
    const [newest] = await audit.list({ limit: 1 });
    expect(newest).toEqual({ ...ENTRY, actor, agencyCode: 'H47.13', seq: 3, hash: newest?.hash });
    const list = async (query: Omit<Parameters<typeof audit.list>[0], 'limit'>) =>
      (await audit.list({ ...query, limit: 10 })).map(({ seq }) => seq);
    expect([
      await list({ beforeSeq: 3 }),
      await list({ agencyCodes: new Set(['H47.12']) }),
      await list({ agencyCodes: new Set() }),
    ]).toEqual([[2, 1], [2], []]);
    expect(await audit.firstBroken()).toBeUndefined();
  });

  it('takes lines at once without parting the chain, alone and in transactions', async () => {
    const store = await open();
    const append = (index: number) => {
      const entry = { ...ENTRY, target: String(index) };
      return index % 2 === 0 ? store.audit.append(entry) : store.transaction(({ audit }) => audit.append(entry));
    };
    await Promise.all(Array.from({ length: 20 }, (_, index) => append(index)));
    expect((await store.audit.list({ limit: 99 })).map(({ seq }) => seq)).toEqual(
      Array.from({ length: 20 }, (_, index) => 20 - index),
    );
    expect(await store.audit.firstBroken()).toBeUndefined();
  });

  it('keeps no line of a change that did not happen', async () => {
    const store = await open();
    const failing = store.transaction(async ({ audit }) => {
      await audit.append(ENTRY);
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store.audit.list({ limit: 1 })).toEqual([]);
  });
}
