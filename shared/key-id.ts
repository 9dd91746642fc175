import { createHash } from 'node:crypto';
import type { PublicJwk } from './signature.ts';

/**
 * The id of a beacon's key: the thumbprint of its public part (RFC 7638, SHA-256) cut to 96 bits, base64url, 16
 * characters. It picks a key among the few of a network and proves nothing, so that a longer one would only be paid for
 * in every report.
 */
export function keyIdOf({ crv, kty, x, y }: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url').slice(0, 16);
}
