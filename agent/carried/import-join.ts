import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import {
  CARRIED_LIMITS,
  type JoinAnswerFile,
  joinAnswerBody,
  keyWords,
  proofText,
  readCarriedFile,
} from '#shared/carried-file.ts';
import { TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { importPublicKey, type PublicJwk, verifyDetached } from '#shared/signature.ts';
import { readCarried } from '../host/carried-path.ts';
import { removePath } from '../host/durable-file.ts';
import { keepIdentity } from '../join-collector.ts';
import type { Identity } from '../uplink/identity.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import { type CarriedJoin, readCarriedJoin } from './carried-join.ts';

/** Where the answer is, and what the person compared. */
export interface JoinImport {
  readonly path: string;
  /** Key of the collector as `report import` printed it; needed when the join string had no pin. */
  readonly collectorKey: string | undefined;
  readonly nowMs: number;
}

/** Key types that hash by themselves (RFC 8032). */
const HASHING_KEYS = ['ed25519', 'ed448'];

/**
 * Finishes a join with the answer that was carried back.
 *
 * What vouches for the collector without a line: the key of the certificate whose pin is in the join string has signed
 * the answer, as it does in every TLS handshake. A join string without a pin leaves that to authorities which say
 * nothing off line, so that a person compares the key instead.
 *
 * @throws {TramdoError} USAGE, CARRIED_FILE_INVALID, PIN_MISMATCH, SIGNATURE_INVALID, DISK_FULL, DATA_FOLDER_UNUSABLE
 */
export async function importJoin(folder: StateFolder, { path, collectorKey, nowMs }: JoinImport): Promise<Identity> {
  const asked = readCarriedJoin(folder.carriedJoinFile);
  if (asked === undefined) {
    throw new TramdoError('USAGE', 'No request to join waits: run "tramdo-agent join STRING --export FILE" first');
  }
  const file = await readCarriedFile(readCarried(path, CARRIED_LIMITS.fileBytes));
  if (file.kind !== 'join-answer') throw invalid('it is no answer to a request to join');
  const parsed = joinAnswerBody.safeParse(parseJson(file.body));
  if (!parsed.success) throw invalid('a field of it is wrong: update the agent');
  const { publicKey, answer } = parsed.data;
  const { x, y } = asked.privateKey;
  if (publicKey.x !== x || publicKey.y !== y) throw invalid('it answers another request: carry the newest one');
  await verifyDetached(Buffer.from(file.body), file.signature, await importPublicKey(answer.collectorKey));
  requireTrust(asked, file, { expected: collectorKey, collectorKey: answer.collectorKey });
  const { requestedAt: _, ...trust } = asked;
  const { machineId, agencyCode, plan } = answer;
  const joinedAt = new Date(nowMs).toISOString();
  const identity = { ...trust, machineId, agencyCode, collectorKey: answer.collectorKey, joinedAt };
  keepIdentity(folder, { identity, plan });
  removePath(folder.carriedJoinFile);
  return identity;
}

interface Key {
  readonly expected: string | undefined;
  readonly collectorKey: PublicJwk;
}

function requireTrust({ pins }: CarriedJoin, file: JoinAnswerFile, { expected, collectorKey }: Key): void {
  if (pins.length > 0 && !isProven(file, pins)) {
    throw new TramdoError(
      'PIN_MISMATCH',
      'Cannot use the answer as it does not come from the collector whose pin is in the join string',
    );
  }
  if (expected === undefined && pins.length > 0) return;
  const words = keyWords(collectorKey);
  if (expected === undefined) {
    throw new TramdoError(
      'USAGE',
      'The join string has no pin: add --collector-key with the key that "tramdo-collector report import" printed',
    );
  }
  if (plain(expected) === plain(words)) return;
  throw new TramdoError(
    'PIN_MISMATCH',
    `Cannot use the answer as its key is not "${expected.slice(0, 60)}": find out who wrote it`,
  );
}

function isProven({ body, proof }: JoinAnswerFile, pins: readonly string[]): boolean {
  if (proof === undefined) return false;
  const key = Buffer.from(proof.publicKey, 'base64');
  if (!pins.includes(createHash('sha256').update(key).digest('base64url'))) return false;
  const publicKey = keyFrom(key);
  if (publicKey === undefined) return false;
  const algorithm = HASHING_KEYS.includes(publicKey.asymmetricKeyType ?? '') ? null : 'sha256';
  return verify(algorithm, proofText(body), publicKey, Buffer.from(proof.signature, 'base64'));
}

function keyFrom(key: Buffer): KeyObject | undefined {
  try {
    return createPublicKey({ key, format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

/** People type with or without the dashes. */
function plain(words: string): string {
  return words.toLowerCase().replaceAll(/[^0-9a-f]/g, '');
}

function invalid(why: string): TramdoError {
  return new TramdoError('CARRIED_FILE_INVALID', `Cannot use the file: ${why}`);
}
