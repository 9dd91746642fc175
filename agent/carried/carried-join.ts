import * as z from 'zod';
import { instant } from '#shared/instant.ts';
import { parseJson } from '#shared/parse-json.ts';
import { privateJwk } from '#shared/signature.ts';
import { readOwnFile, writeDurably } from '../host/durable-file.ts';

/** A request to join that was written to be carried: the key pair, and whom to trust; never the token. */
const carriedJoin = z.object({
  origin: z.url(),
  pins: z.array(z.string()),
  caFile: z.string().optional(),
  proxy: z.string().optional(),
  privateKey: privateJwk,
  fingerprint: z.string(),
  requestedAt: instant,
});

/** See {@link carriedJoin}. */
export type CarriedJoin = z.infer<typeof carriedJoin>;

/** Reads it; undefined when none waits or the file is damaged (a new request mends it). */
export function readCarriedJoin(path: string): CarriedJoin | undefined {
  const parsed = carriedJoin.safeParse(parseJson(readOwnFile(path) ?? ''));
  return parsed.success ? parsed.data : undefined;
}

/** Keeps it, durably, readable by the agent's account alone. */
export function writeCarriedJoin(path: string, value: CarriedJoin): void {
  writeDurably(path, `${JSON.stringify(value)}\n`);
}
