import { createHash, randomBytes } from 'node:crypto';

/** Makes the secret of a join token: 144 random bits, base64url. */
export function createTokenSecret(): string {
  return randomBytes(18).toString('base64url');
}

/** What is kept of a secret. Plain SHA-256 is enough for 144 random bits: there is nothing to guess. */
export function tokenHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
