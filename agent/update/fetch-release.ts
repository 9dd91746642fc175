import { hash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import type { ReleaseManifest } from '#shared/release.ts';
import { signDetached } from '#shared/signature.ts';
import { retryAfterMs } from '../uplink/back-off.ts';
import type { CollectorAnswer, Transport } from '../uplink/transport.ts';

const RELEASE_PATH = '/agent/v1/release';

/** What asking needs. */
export interface ReleaseQuestion {
  readonly transport: Transport;
  readonly machineId: string;
  readonly key: CryptoKey;
}

/** The signed manifest when it is this machine's turn; how long to wait, in milliseconds, when the collector is busy. */
export type ReleaseOffer = { readonly signed: string } | { readonly waitMs: number };

/**
 * Asks for the release that is offered.
 *
 * @returns undefined when it is not this machine's turn
 * @throws {TramdoError} COLLECTOR_REFUSED, and what the transport throws
 */
export async function askForRelease(question: ReleaseQuestion): Promise<ReleaseOffer | undefined> {
  const answer = await ask(question, RELEASE_PATH);
  const { status } = answer;
  if (status === 204) return undefined;
  if (status === 429 || status === 503) return { waitMs: retryAfterMs(answer.headers['retry-after']) };
  if (status !== 200) throw refused(status, RELEASE_PATH);
  return { signed: answer.body.toString('utf8') };
}

/**
 * Fetches one file of a release and compares it with the manifest.
 *
 * @throws {TramdoError} RELEASE_INVALID when length or hash differ, COLLECTOR_REFUSED, and what the transport throws
 */
export async function fetchReleaseFile(
  question: ReleaseQuestion,
  version: string,
  file: ReleaseManifest['files'][number],
): Promise<Buffer> {
  const path = `${RELEASE_PATH}/files/${file.name}?version=${version}`;
  const answer = await ask(question, path);
  if (answer.status !== 200) throw refused(answer.status, path);
  const content = unpacked(answer, file);
  if (content.length !== file.bytes) throw invalid(file.name, `has ${content.length} bytes, signed are ${file.bytes}`);
  const found = hash('sha256', content, 'base64url');
  if (found !== file.sha256) throw invalid(file.name, `has the hash "${found}", signed is "${file.sha256}"`);
  return content;
}

async function ask({ transport, machineId, key }: ReleaseQuestion, path: string): Promise<CollectorAnswer> {
  const signature = await signDetached(Buffer.from(`GET ${path}`), key, machineId);
  return transport.send({ method: 'GET', path, headers: { [SIGNATURE_HEADER]: signature, 'accept-encoding': 'gzip' } });
}

/** A few bytes may stand for gigabytes: unpacking ends where the signed length does. */
function unpacked({ body, headers }: CollectorAnswer, { name, bytes }: ReleaseManifest['files'][number]): Buffer {
  if (headers['content-encoding'] !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: bytes });
  } catch (error) {
    throw invalid(name, `cannot be unpacked into ${bytes} bytes: ${messageOf(error)}`);
  }
}

function refused(status: number, path: string): TramdoError {
  return new TramdoError('COLLECTOR_REFUSED', `The collector answered ${status} to the question for ${path}`);
}

function invalid(name: string, why: string): TramdoError {
  return new TramdoError('RELEASE_INVALID', `Refused the release as its file "${name}" ${why}`);
}
