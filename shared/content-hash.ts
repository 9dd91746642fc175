import { hash } from 'node:crypto';

/**
 * Hashes what a probe saw, so that an unchanged observation needs no body on the wire.
 *
 * SHA-256 over the JSON text, cut to 96 bits, base64url (16 characters). The text is `JSON.stringify` in the order
 * of the schema's keys; both sides run V8, which prints numbers and strings alike, and `JSON.parse` keeps the order.
 */
export function contentHash(content: unknown): string {
  return hash('sha256', JSON.stringify(content), 'base64url').slice(0, 16);
}
