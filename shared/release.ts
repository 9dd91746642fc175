import { CompactSign, calculateJwkThumbprint, compactVerify } from 'jose';
import * as z from 'zod';
import { messageOf, TramdoError } from './errors.ts';
import { instant } from './instant.ts';
import { parseJson } from './parse-json.ts';
import { importPrivateKey, importPublicKey, type PrivateJwk, type PublicJwk, publicPart } from './signature.ts';

/** Three numbers without leading zeros, such as `0.2.0`: what can be compared without a library. */
export const releaseVersion = z.string().regex(/^(0|[1-9][0-9]{0,5})(\.(0|[1-9][0-9]{0,5})){2}$/);

/** Largest file of a release, in bytes. */
export const MAX_RELEASE_FILE_BYTES = 1_000_000;

/** Largest signed manifest, in characters. */
const MAX_SIGNED_LENGTH = 16_384;

/** Files without which a release is none. */
const NEEDED_FILES = ['agent.mjs', 'agent-report.mjs'];

const releaseFile = z.object({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}\.mjs$/),
  sha256: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .describe('base64url'),
  bytes: z.int().min(1).max(MAX_RELEASE_FILE_BYTES),
});

/** What a release of the agent is, word for word what its maker signed. */
export const releaseManifest = z.object({
  format: z.literal(1),
  version: releaseVersion,
  minimumNode: releaseVersion.describe('Oldest Node that runs it'),
  builtAt: instant.describe('A manifest older than one that was taken is refused'),
  files: z
    .array(releaseFile)
    .max(8)
    .refine((files) => new Set(files.map(({ name }) => name)).size === files.length, 'names a file twice')
    .refine((files) => NEEDED_FILES.every((needed) => files.some(({ name }) => name === needed)), 'lacks a file'),
});

/** See {@link releaseManifest}. */
export type ReleaseManifest = z.infer<typeof releaseManifest>;

/** Keeps a signature that was made for something else from being taken for one of a release (RFC 8725 section 3.11). */
const TYPE = 'tramdo-release';

const protectedHeader = z.strictObject({ alg: z.literal('ES256'), kid: z.string().max(64), typ: z.literal(TYPE) });

/** Id of a release key: its thumbprint (RFC 7638), SHA-256, base64url. */
export function releaseKeyId(key: PublicJwk): Promise<string> {
  return calculateJwkThumbprint(key, 'sha256');
}

/** Signs a manifest as a JWS in compact form (RFC 7515 section 7.1), ES256. */
export async function signRelease(manifest: ReleaseManifest, key: PrivateJwk): Promise<string> {
  const kid = await releaseKeyId(publicPart(key));
  return new CompactSign(Buffer.from(JSON.stringify(manifest)))
    .setProtectedHeader({ alg: 'ES256', kid, typ: TYPE })
    .sign(await importPrivateKey(key));
}

/**
 * Reads a signed manifest and verifies that the owner of the release key has signed it.
 *
 * @throws {TramdoError} RELEASE_INVALID when it is signed by another key or not at all, or is no manifest
 */
export async function verifyRelease(signed: string, key: PublicJwk): Promise<ReleaseManifest> {
  if (signed.length > MAX_SIGNED_LENGTH) throw invalid(`its manifest is larger than ${MAX_SIGNED_LENGTH} characters`);
  const [header = ''] = signed.split('.');
  const parsed = protectedHeader.safeParse(parseJson(Buffer.from(header, 'base64url').toString('utf8')));
  if (!parsed.success) throw invalid('its manifest is not signed as a release');
  const kid = await releaseKeyId(key);
  if (parsed.data.kid !== kid) throw invalid(`it is signed with the key "${parsed.data.kid}", trusted is "${kid}"`);
  const manifest = releaseManifest.safeParse(parseJson(await verifiedText(signed, key)));
  if (manifest.success) return manifest.data;
  const [issue] = manifest.error.issues;
  throw invalid(`"${issue?.path.map(String).join('.') ?? ''}" of its manifest is not allowed: ${issue?.message ?? ''}`);
}

async function verifiedText(signed: string, key: PublicJwk): Promise<string> {
  try {
    const { payload } = await compactVerify(signed, await importPublicKey(key), { algorithms: ['ES256'] });
    return Buffer.from(payload).toString('utf8');
  } catch (error) {
    throw invalid(`its signature does not fit: ${messageOf(error)}`, error);
  }
}

function invalid(why: string, cause?: unknown): TramdoError {
  return new TramdoError('RELEASE_INVALID', `Refused the release as ${why}`, { cause });
}
