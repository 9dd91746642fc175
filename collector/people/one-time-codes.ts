import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** Length of a step, in seconds; RFC 6238 section 5.2. */
const PERIOD_SECONDS = 30;

/** Steps to either side of now that are taken, for clocks that are a little off. */
const WINDOW = 1;

const RECOVERY_CODE_COUNT = 10;

/** Letters and digits that cannot be mistaken for one another, 32 of them. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz023456789';

/** Makes the shared secret of a second factor: 160 random bits, base32 as authenticator apps take it. */
export function createTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The `otpauth:` address that a QR code holds. */
export function totpAddress(secret: string, loginName: string): string {
  return totpOf(secret, loginName).toString();
}

/**
 * The step a code belongs to; undefined when it is wrong. A code is good once: the caller keeps the step and takes
 * none that is not later.
 */
export function totpStepOf(secret: string, code: string, atMs: number): number | undefined {
  const token = code.replaceAll(/\s/g, '');
  if (!/^[0-9]{6}$/.test(token)) return undefined;
  const delta = totpOf(secret, '').validate({ token, timestamp: atMs, window: WINDOW });
  return delta === null ? undefined : Math.floor(atMs / 1_000 / PERIOD_SECONDS) + delta;
}

/** Makes the codes that stand in for a lost telephone: 80 random bits each, in groups of four. */
export function createRecoveryCodes(): readonly string[] {
  return Array.from({ length: RECOVERY_CODE_COUNT }, () => {
    const letters = [...randomBytes(16)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '');
    return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-');
  });
}

/** A recovery code without the spaces and signs people type; undefined when it is none. */
export function readRecoveryCode(text: string): string | undefined {
  const letters = text.toLowerCase().replaceAll(/[\s-]/g, '');
  if (letters.length !== 16) return undefined;
  return [0, 4, 8, 12].map((from) => letters.slice(from, from + 4)).join('-');
}

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'tramdo', label, secret, digits: 6, period: PERIOD_SECONDS, algorithm: 'SHA1' });
}
