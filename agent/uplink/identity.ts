import * as z from 'zod';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { instant } from '#shared/instant.ts';
import { machineId } from '#shared/report.ts';
import { privateJwk, publicJwk } from '#shared/signature.ts';
import { readOwnFile, writeDurably } from '../host/durable-file.ts';

/** Who this machine is and whom it trusts; the private key never leaves the machine. */
export const identity = z.object({
  machineId,
  agencyCode: z.string(),
  origin: z.url().describe('http(s)://host:port of the collector'),
  pins: z.array(z.string()).describe('Certificate keys that are trusted; empty: the system decides by its CAs'),
  isRelayed: z
    .boolean()
    .optional()
    .describe('Joined through a relay: the pins are its own, and those of plans are of a collector it never talks to'),
  caFile: z.string().optional().describe('PEM file with further CAs'),
  proxy: z.string().optional().describe('URL of a proxy, or `none`; absent: environment and system decide'),
  privateKey: privateJwk,
  collectorKey: publicJwk,
  fingerprint: z.string(),
  joinedAt: instant,
});

/** See {@link identity}. */
export type Identity = z.infer<typeof identity>;

/**
 * Reads the identity; undefined when the agent has not joined.
 *
 * @throws {TramdoError} IDENTITY_INVALID when the file is damaged: the agent then stops rather than become another
 * machine, and `join` with a new join string makes it the same machine again by its fingerprint
 */
export function readIdentity(path: string): Identity | undefined {
  const text = readOwnFile(path);
  if (text === undefined) return undefined;
  try {
    return identity.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? 'a field is missing or wrong' : messageOf(error);
    throw new TramdoError(
      'IDENTITY_INVALID',
      `Cannot use the key file "${path}": ${why}. Run "tramdo-agent join" with a new join string`,
      { cause: error },
    );
  }
}

/**
 * The fingerprint in a key file, also where the rest of it is damaged: hardware without ids is known again by the random
 * one it joined with and by nothing else. Undefined when it cannot be read.
 */
export function savedFingerprint(path: string): string | undefined {
  return /"fingerprint":"([A-Za-z0-9_-]{43})"/.exec(readOwnFile(path) ?? '')?.[1];
}

/** Keeps the identity, readable by the agent's account alone. */
export function writeIdentity(path: string, value: Identity): void {
  writeDurably(path, `${JSON.stringify(value)}\n`);
}
