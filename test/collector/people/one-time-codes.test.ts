import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import {
  createRecoveryCodes,
  createTotpSecret,
  readRecoveryCode,
  totpAddress,
  totpStepOf,
} from '#collector/people/one-time-codes.ts';

/** RFC 6238 appendix B, SHA-1: the secret is `12345678901234567890`, codes cut to six digits. */
const RFC_SECRET = Secret.fromLatin1('12345678901234567890').base32;

describe('totpStepOf()', () => {
  it.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('takes at second %i the code %s of RFC 6238', (second, code, step) => {
    expect(totpStepOf(RFC_SECRET, code, second * 1_000)).toBe(step);
  });

  it('takes the step before and after, says which one it was, and nothing further off', () => {
    const secret = createTotpSecret();
    const atMs = Date.parse('2026-03-02T02:00:00Z');
    const codeAt = (timestamp: number) => new TOTP({ secret }).generate({ timestamp });
    const step = Math.floor(atMs / 30_000);
    const steps = [-60_000, -30_000, 0, 30_000, 60_000].map((off) => totpStepOf(secret, codeAt(atMs + off), atMs));
    expect(steps).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])('says nothing of "%s"', (code) => {
    expect(totpStepOf(RFC_SECRET, code, 59_000)).toBeUndefined();
  });

  it('forgives the space that apps show', () => {
    expect(totpStepOf(RFC_SECRET, '287 082', 59_000)).toBe(1);
  });
});

describe('totpAddress()', () => {
  it('names issuer and account for the app', () => {
    expect(totpAddress(RFC_SECRET, 'admin-1')).toBe(
      `otpauth://totp/tramdo:admin-1?issuer=tramdo&secret=${RFC_SECRET}&algorithm=SHA1&digits=6&period=30`,
    );
  });
});

describe('recovery codes', () => {
  it('are ten of 16 letters each, all different, and are read however they are typed', () => {
    const codes = createRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    const [code = ''] = codes;
    expect(code).toMatch(/^([a-hjkmnp-z0-9]{4}-){3}[a-hjkmnp-z0-9]{4}$/);
    expect(readRecoveryCode(` ${code.toUpperCase().replaceAll('-', ' ')} `)).toBe(code);
    expect(readRecoveryCode('287082')).toBeUndefined();
  });
});
