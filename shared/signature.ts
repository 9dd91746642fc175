import { FlattenedSign, flattenedVerify } from 'jose';
import * as z from 'zod';
import { TramdoError } from './errors.ts';
import { parseJson } from './parse-json.ts';

/** Public part of a P-256 key as JWK (RFC 7517, RFC 7518 section 6.2.1). */
export const publicJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string().length(43).describe('X coordinate, base64url'),
  y: z.string().length(43).describe('Y coordinate, base64url'),
});

/** Private P-256 key as JWK; it never leaves the machine that made it. */
export const privateJwk = publicJwk.extend({ d: z.string().length(43).describe('Private value, base64url') });

/** See {@link publicJwk}. */
export type PublicJwk = z.infer<typeof publicJwk>;

/** See {@link privateJwk}. */
export type PrivateJwk = z.infer<typeof privateJwk>;

const protectedHeader = z.strictObject({
  alg: z.literal('ES256'),
  kid: z.string().min(1).max(64),
  b64: z.literal(false),
  crit: z.tuple([z.literal('b64')]),
});

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const DETACHED = /^([A-Za-z0-9_-]{16,512})\.\.([A-Za-z0-9_-]{86})$/;

/** Makes a new P-256 key pair. */
export async function generateKeyPair(): Promise<{ publicKey: PublicJwk; privateKey: PrivateJwk }> {
  const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey);
  const privateKey = privateJwk.parse({ kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y, d: jwk.d });
  return { publicKey: publicPart(privateKey), privateKey };
}

/** The public part of a private key. */
export function publicPart({ kty, crv, x, y }: PrivateJwk): PublicJwk {
  return { kty, crv, x, y };
}

/** Imports a public key once, so that many signatures can be verified with it. */
export function importPublicKey(jwk: PublicJwk): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', jwk, ALGORITHM, false, ['verify']);
}

/** Imports a private key for signing. */
export function importPrivateKey(jwk: PrivateJwk): Promise<CryptoKey> {
  return crypto.subtle.importKey('jwk', jwk, ALGORITHM, false, ['sign']);
}

/**
 * Signs a body as a detached JWS (RFC 7515 appendix F) over the bytes as they are (RFC 7797, `b64:false`), ES256.
 *
 * @param kid who signs: the machine id, or the collector's key id
 * @returns `header..signature`, the value of the header {@link SIGNATURE_HEADER}
 */
export async function signDetached(body: Uint8Array, key: CryptoKey, kid: string): Promise<string> {
  const jws = await new FlattenedSign(body)
    .setProtectedHeader({ alg: 'ES256', kid, b64: false, crit: ['b64'] })
    .sign(key);
  return `${jws.protected}..${jws.signature}`;
}

/**
 * Says who claims to have signed, without verifying anything.
 *
 * @throws {TramdoError} SIGNATURE_INVALID when the text is not a detached ES256 JWS with `b64:false`.
 */
export function readSigner(signature: string): string {
  const header = DETACHED.exec(signature)?.[1];
  if (header === undefined) throw invalid('it is not of the form header..signature');
  const parsed = protectedHeader.safeParse(parseJson(Buffer.from(header, 'base64url').toString('utf8')));
  if (!parsed.success) throw invalid('its header is not {"alg":"ES256","kid":…,"b64":false,"crit":["b64"]}');
  return parsed.data.kid;
}

/**
 * Verifies a detached JWS made by {@link signDetached}.
 *
 * @throws {TramdoError} SIGNATURE_INVALID when the signature does not fit the body and the key.
 */
export async function verifyDetached(body: Uint8Array, signature: string, key: CryptoKey): Promise<void> {
  const [, header, value] = DETACHED.exec(signature) ?? [];
  if (header === undefined || value === undefined) throw invalid('it is not of the form header..signature');
  try {
    await flattenedVerify({ protected: header, payload: body, signature: value }, key, { algorithms: ['ES256'] });
  } catch (error) {
    throw invalid('it does not fit the body and the key', error);
  }
}

function invalid(why: string, cause?: unknown): TramdoError {
  return new TramdoError('SIGNATURE_INVALID', `Cannot accept the signature as ${why}`, { cause });
}
