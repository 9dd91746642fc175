import { packCarriedFile } from '#shared/carried-file.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { generateKeyPair, publicPart } from '#shared/signature.ts';
import { enrolmentQuestion, originOf } from '../enrol.ts';
import { writeCarried } from '../host/carried-path.ts';
import { createRealHost } from '../host/real-host.ts';
import type { JoinRequest } from '../join-collector.ts';
import { machineFingerprint } from '../machine-fingerprint.ts';
import { savedFingerprint } from '../uplink/identity.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import { readCarriedJoin, writeCarriedJoin } from './carried-join.ts';
import { requireOwnCarriedFile } from './own-carried-file.ts';

/**
 * Writes a request to join that somebody carries to the collector. The key pair is kept before the file is written; a
 * request that is written again has the same one, so that the answer to either finishes the join.
 *
 * @throws {TramdoError} JOIN_STRING_INVALID, FILE_UNWRITABLE, DISK_FULL, DATA_FOLDER_UNUSABLE
 */
export async function exportJoin(
  folder: StateFolder,
  { joinString, proxy, caFile }: JoinRequest,
  path: string,
): Promise<void> {
  const target = parseJoinString(joinString);
  const known = readCarriedJoin(folder.carriedJoinFile);
  const privateKey = known?.privateKey ?? (await generateKeyPair()).privateKey;
  const { x } = privateKey;
  await requireOwnCarriedFile(path, (file) => file.kind === 'join-request' && file.request.publicKey.x === x);
  const host = createRealHost();
  const joinedWith = known?.fingerprint ?? savedFingerprint(folder.identityFile);
  const fingerprint = await machineFingerprint(host, joinedWith);
  const madeAt = new Date(host.nowMs()).toISOString();
  writeCarriedJoin(folder.carriedJoinFile, {
    origin: originOf(target),
    pins: target.pin === undefined ? [] : [target.pin],
    ...(caFile === undefined ? {} : { caFile }),
    ...(proxy === undefined ? {} : { proxy }),
    privateKey,
    fingerprint,
    requestedAt: madeAt,
  });
  const request = enrolmentQuestion(host, { token: target.token, publicKey: publicPart(privateKey), fingerprint });
  writeCarried(path, packCarriedFile({ format: 'tramdo-carried-1', kind: 'join-request', madeAt, request }));
}
