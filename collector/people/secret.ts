import { createHash, randomBytes } from 'node:crypto';

/** Makes a secret that nobody guesses: 256 random bits, base64url. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret of at least 80 random bits; plain SHA-256, as there is nothing to guess. Base64url. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
