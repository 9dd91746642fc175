import { TramdoError } from '#shared/errors.ts';
import type { ReleaseManifest } from '#shared/release.ts';
import { compareVersions, isVersion } from './compare-versions.ts';
import { RELEASE_FILE_NAME, type UpdateRecord } from './update-record.ts';

/** How long a release that failed is not tried again, in milliseconds. */
const FAILED_REST_MS = 7 * 86_400_000;

/** What runs here. */
export interface OwnProgram {
  readonly version: string;
  /** Version of Node without the `v`. */
  readonly nodeVersion: string;
}

/** Tells whether a version that the plan names is worth asking for: newer than what runs, and not failed lately. */
export function isWanted(offered: string, record: UpdateRecord, own: OwnProgram, nowMs: number): boolean {
  if (!isVersion(offered) || compareVersions(offered, own.version) <= 0 || record.trial !== undefined) return false;
  const { failed } = record;
  // A clock that was set back must not make the rest last for years.
  return failed?.version !== offered || Math.abs(nowMs - failed.atMs) >= FAILED_REST_MS;
}

/**
 * Refuses a verified manifest that must not run here: another version than the plan names, a downgrade, an older
 * manifest than one that was taken (which someone may have kept to bring a known hole back), or a Node that is too old.
 *
 * @throws {TramdoError} RELEASE_INVALID
 */
export function judgeRelease(
  manifest: ReleaseManifest,
  terms: { readonly offered: string; readonly record: UpdateRecord; readonly own: OwnProgram },
): void {
  const { version, minimumNode, builtAt, files } = manifest;
  const { offered, record, own } = terms;
  const newest = record.newestBuiltAt;
  if (version !== offered) throw refused(`it is version ${version}, and ${offered} was offered`);
  if (compareVersions(version, own.version) <= 0) throw refused(`it is version ${version}, and ${own.version} runs`);
  if (newest !== undefined && Date.parse(builtAt) < Date.parse(newest)) {
    throw refused(`it was built at ${builtAt}, before one that was taken already (${newest})`);
  }
  if (!isVersion(own.nodeVersion) || compareVersions(own.nodeVersion, minimumNode) < 0) {
    throw refused(`it needs Node ${minimumNode}, and ${own.nodeVersion} is here`);
  }
  const strange = files.find(({ name }) => !RELEASE_FILE_NAME.test(name));
  if (strange !== undefined) throw refused(`a file is named "${strange.name}"`);
}

function refused(why: string): TramdoError {
  return new TramdoError('RELEASE_INVALID', `Refused the release as ${why}`);
}
