import { messageOf, TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { verifyRelease } from '#shared/release.ts';
import { type PublicJwk, publicJwk } from '#shared/signature.ts';
import { makeFolder } from '../host/durable-file.ts';
import { log } from '../log.ts';
import { isTurnToAsk } from './ask-turn.ts';
import { askForRelease, fetchReleaseFile, type ReleaseQuestion } from './fetch-release.ts';
import { installRelease } from './install-release.ts';
import { isWanted, judgeRelease, type OwnProgram } from './judge-release.ts';
import { keepUpdateRecord } from './keep-update-record.ts';
import { readUpdateRecord, updateFolder } from './update-folder.ts';
import { type UpdateRecord, withFailure } from './update-record.ts';

/** Longest wait that the collector may order, in milliseconds; beyond it a clock must have jumped. */
const LONGEST_WAIT_MS = 86_400_000;

/** What one look for an update needs. */
export interface UpdateLook extends ReleaseQuestion {
  readonly statePath: string;
  /** Text of `release-key.json`. */
  readonly releaseKey: string;
  /** Version that the plan offers. */
  readonly offered: string;
  readonly own: OwnProgram;
  readonly reportMs: number;
  readonly nowMs: number;
}

/**
 * Looks for the release that the plan offers when it is this machine's turn, and puts it on trial. A failure is kept or
 * logged and never fails the report it came after: the agent goes on as it is.
 */
export async function selfUpdate(look: UpdateLook): Promise<void> {
  const { statePath, offered, own, nowMs } = look;
  try {
    const record = readUpdateRecord(statePath);
    if (!isWanted(offered, record, own, nowMs)) return;
    makeFolder(updateFolder(statePath));
    if (record.offered !== offered) return keepUpdateRecord(statePath, { ...record, offered, askedAtMs: nowMs });
    if (!isTurn(look, record)) return;
    const { notBeforeMs: _, ...rest } = record;
    const asked = { ...rest, askedAtMs: nowMs };
    keepUpdateRecord(statePath, asked);
    await update(look, asked);
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    if (error.code === 'RELEASE_INVALID') {
      keepUpdateRecord(
        statePath,
        withFailure(readUpdateRecord(statePath), offered, { reason: error.message, atMs: nowMs }),
      );
    }
    log('warn', { code: error.code, err: error.message, version: offered }, 'Agent was not updated');
  }
}

function isTurn({ machineId, reportMs, nowMs }: UpdateLook, { askedAtMs = 0, notBeforeMs = 0 }: UpdateRecord): boolean {
  const isOrderedToWait = notBeforeMs > nowMs && notBeforeMs - nowMs <= LONGEST_WAIT_MS;
  return !isOrderedToWait && isTurnToAsk(machineId, { askedAtMs, nowMs, reportMs });
}

async function update(look: UpdateLook, record: UpdateRecord): Promise<void> {
  const { statePath, offered, own, nowMs } = look;
  const key = parseReleaseKey(look.releaseKey);
  const offer = await askForRelease(look);
  if (offer === undefined) return;
  if ('waitMs' in offer) return keepUpdateRecord(statePath, { ...record, notBeforeMs: nowMs + offer.waitMs });
  const manifest = await verifyRelease(offer.signed, key);
  judgeRelease(manifest, { offered, record, own });
  const content = new Map<string, Buffer>();
  for (const file of manifest.files) content.set(file.name, await fetchReleaseFile(look, manifest.version, file));
  installRelease(statePath, { record, manifest, content, nowMs });
  log('info', { version: offered }, 'Update was fetched and starts its trial');
}

function parseReleaseKey(text: string): PublicJwk {
  try {
    return publicJwk.parse(parseJson(text));
  } catch (error) {
    throw new TramdoError('CONFIG_INVALID', `Cannot use the release key of the program folder: ${messageOf(error)}`);
  }
}
