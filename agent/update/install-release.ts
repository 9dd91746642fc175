import { join } from 'node:path';
import type { ReleaseManifest } from '#shared/release.ts';
import { makeFolder, removePath, writeDurably } from '../host/durable-file.ts';
import { keepUpdateRecord } from './keep-update-record.ts';
import { slotFolder, updateFolder } from './update-folder.ts';
import { SLOTS, type Slot, type UpdateRecord } from './update-record.ts';

/** Content of a release by file name, verified. */
export type ReleaseContent = ReadonlyMap<string, Uint8Array>;

/** The slot in which nothing lies that runs now or may have to run. */
export function idleSlot({ active, trial }: UpdateRecord): Slot {
  return SLOTS.find((slot) => slot !== active?.slot && slot !== trial?.slot) ?? 'a';
}

/**
 * Lays a verified release into the idle slot and puts it on trial.
 *
 * Each step is durable before the next begins: the record first forgets what lay in the slot, then the files are
 * written, and only then the record names them. Wherever the power goes, the next start finds either the old program
 * or the whole new one.
 *
 * @throws {TramdoError} DISK_FULL, DATA_FOLDER_UNUSABLE; the old program is untouched then
 */
export function installRelease(
  statePath: string,
  {
    record,
    manifest,
    content,
    nowMs,
  }: {
    readonly record: UpdateRecord;
    readonly manifest: ReleaseManifest;
    readonly content: ReleaseContent;
    readonly nowMs: number;
  },
): UpdateRecord {
  const slot = idleSlot(record);
  const { previous, ...rest } = record;
  const cleared: UpdateRecord = previous === undefined || previous.slot === slot ? rest : record;
  makeFolder(updateFolder(statePath));
  keepUpdateRecord(statePath, cleared);
  const folder = slotFolder(statePath, slot);
  removePath(folder);
  makeFolder(folder);
  for (const { name } of manifest.files) {
    const bytes = content.get(name);
    if (bytes === undefined) throw new TypeError(`Cannot install a release without its file "${name}"`);
    writeDurably(join(folder, name), bytes);
  }
  const files = manifest.files.map(({ name, bytes }) => ({ name, bytes }));
  const trial = { slot, version: manifest.version, files, starts: 0, quietReports: 0, sinceMs: nowMs };
  const installed = { ...cleared, trial, newestBuiltAt: manifest.builtAt };
  keepUpdateRecord(statePath, installed);
  return installed;
}
