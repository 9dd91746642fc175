import { describe, expect, it } from 'vitest';
import { PasswordHasher } from '#collector/people/password-hasher.ts';
import { CHEAP_HASHER, PASSWORD } from './people-rig.ts';

describe('PasswordHasher', () => {
  it('keeps argon2id with 19 MiB and two passes, salted anew each time', async () => {
    const hasher = new PasswordHasher();
    const [one, other] = await Promise.all([hasher.hash(PASSWORD), hasher.hash(PASSWORD)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await hasher.verify(PASSWORD, one)).toBe(true);
    expect(await hasher.verify(`${PASSWORD} `, one)).toBe(false);
  });

  it('reads hashes of the reference implementation', async () => {
    // A row of src/test.c of the reference implementation of Argon2 (version 0x13, t=2, m=65536, p=1).
    const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await CHEAP_HASHER.verify('password', reference)).toBe(true);
    expect(await CHEAP_HASHER.verify('Password', reference)).toBe(false);
  });

  it('reads letters with marks alike, however the keyboard made them', async () => {
    const hash = await CHEAP_HASHER.hash('mật khẩu'.normalize('NFD'));
    expect(await CHEAP_HASHER.verify('mật khẩu'.normalize('NFC'), hash)).toBe(true);
  });

  it('is never true without a hash or with one that does not parse', async () => {
    expect(await CHEAP_HASHER.verify(PASSWORD, undefined)).toBe(false);
    await expect(CHEAP_HASHER.verify(PASSWORD, '$2b$10$not-argon2')).rejects.toThrow();
  });

  it('tells hashes of another cost apart', async () => {
    const hash = await CHEAP_HASHER.hash(PASSWORD);
    expect([CHEAP_HASHER.isOutdated(hash), new PasswordHasher().isOutdated(hash)]).toEqual([false, true]);
  });

  it('lets a few wait and refuses the rest, so that reports go on', async () => {
    const all = await Promise.allSettled(Array.from({ length: 100 }, () => CHEAP_HASHER.hash(PASSWORD)));
    const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toHaveLength(100 - 2 - 64);
    expect(refused[0]).toMatchObject({ code: 'COLLECTOR_BUSY', retryAfterSeconds: 5 });
    expect(await CHEAP_HASHER.hash(PASSWORD)).toMatch(/^\$argon2id/);
  });
});
