import { posix } from 'node:path';
import { TramdoError } from '#shared/errors.ts';
import type { PlaceStatus, ServiceMachine } from './service-machine.ts';

/**
 * Makes the state folder for root alone. One that is there and is no folder of root, or that others may write, was
 * made by somebody else: it is moved aside, since whatever lies in it (a key, a join string, links) may be a trap.
 */
export function preparePosixStateFolder(machine: ServiceMachine, path: string): readonly string[] {
  const found = machine.status(path);
  if (isOfRootAlone(found)) return [];
  const said: string[] = [];
  if (found !== undefined) {
    const aside = `${path}.untrusted-${machine.nowMs()}`;
    machine.move(path, aside);
    said.push(`"${path}" did not belong to root alone: it was moved to "${aside}" and is not used.`);
  }
  machine.makeFolder(path);
  return [...said, `The state folder "${path}" was made for root alone.`];
}

/** Tells whether a place is a folder in which only root can change anything. */
export function isOfRootAlone(status: PlaceStatus | undefined): boolean {
  return status?.kind === 'folder' && status.ownerId === 0 && !status.isOpenToOthers;
}

/** What installations leave in a state folder, some of it even where they failed. */
const OWN_FILES = ['service.json', 'identity.json', 'pending-join.json'];

/** Removes the state folder with what is in it; a folder without any file of the agent was somebody's slip. */
export function purgePosixStateFolder(machine: ServiceMachine, path: string): readonly string[] {
  if (machine.status(path) === undefined) return [];
  if (OWN_FILES.every((name) => machine.status(posix.join(path, name)) === undefined)) {
    return [`"${path}" was not made by an installation: it is left alone.`];
  }
  machine.remove(path);
  return [`The state folder "${path}" was removed.`];
}

/**
 * Refuses a state folder below one that somebody else than root could change: he could put another folder into its
 * place, and root would run the release in it. Folders that are not there yet will be root's.
 *
 * @throws {TramdoError} USAGE
 */
export function checkStateFolderAbove(machine: ServiceMachine, path: string): void {
  for (const above of withFoldersAbove(posix.dirname(path))) {
    const status = machine.status(above);
    if (status === undefined || (status.ownerId === 0 && !status.isOpenToOthers)) continue;
    const why = `others than root can change "${above}" above it`;
    throw new TramdoError('USAGE', `Cannot keep the state in "${path}" as ${why}: use another folder`);
  }
}

/**
 * Refuses a program that somebody else than root could change: root runs it.
 *
 * @param paths what must be root's alone
 * @param folder where it should lie instead
 * @throws {TramdoError} USAGE
 */
export function checkOwnedByRoot(machine: ServiceMachine, paths: readonly string[], folder: string): void {
  for (const path of paths) {
    const status = machine.status(path);
    if (status === undefined) throw refused(`"${path}" is not there`, folder);
    if (status.ownerId !== 0 || status.isOpenToOthers) {
      throw refused(`others than root can change "${path}", and root would run it`, folder);
    }
  }
}

/** A path and every folder above it. */
export function withFoldersAbove(path: string): readonly string[] {
  const above = posix.dirname(path);
  return above === path ? [path] : [path, ...withFoldersAbove(above)];
}

/** Where the sandbox of the unit lets nobody look. */
const HIDDEN = /^\/(?:home|root|tmp|run\/user|var\/tmp)(?:\/|$)/;

/** Refuses paths below folders that the sandbox of the unit hides. @throws {TramdoError} USAGE */
export function checkNotHidden(paths: readonly string[], folder: string): void {
  const hidden = paths.find((path) => HIDDEN.test(path));
  if (hidden !== undefined) throw refused(`"${hidden}" is out of sight for a service`, folder);
}

function refused(why: string, folder: string): TramdoError {
  return new TramdoError('USAGE', `Cannot make a service of this program as ${why}: put it into "${folder}"`);
}
