import { win32 } from 'node:path';
import { TramdoError } from '#shared/errors.ts';
import { SERVICE_COMMANDS } from '../host/service-commands.ts';
import { runOrFail, type ServiceMachine, succeeds } from './service-machine.ts';

/**
 * Makes the state folder of Windows for SYSTEM and administrators alone.
 *
 * Every user may make folders in `%ProgramData%`. Whoever makes `tramdo-agent` there before the agent does owns it, may
 * change its rights for ever, and may have put a key, a join string or junctions to other folders into it; a later
 * `icacls /T` would follow a junction and change rights elsewhere. Who owns a folder cannot be asked without reading
 * translated text, so trust lies in a place that only administrators can write: an installation that has made and
 * locked the folder notes its path in the registry.
 *
 * - No note, or one of another folder: what is there is moved aside without being looked into (a rename acts on the
 *   entry itself, even when that is a junction), and the folder is made anew. Making it fails when somebody was
 *   quicker. Until its rights are set a user may add to it, or make a junction of it while it is empty: so rights are
 *   set for the entry itself, and afterwards it must be an empty folder. Whoever opened it meanwhile could still make
 *   it a junction, which only an empty folder can become: so a file is put there first, and must have arrived.
 * - A note: an earlier installation locked it, and only administrators could change anything since. Rights are set
 *   again for the folder and for what is in it, links themselves instead of what they lead to (`/L`).
 */
export async function prepareWindowsStateFolder(machine: ServiceMachine, path: string): Promise<readonly string[]> {
  const isThere = machine.status(path) !== undefined;
  if (isThere && (await isLockedByInstallation(machine, path))) {
    await lock(machine, path);
    if (machine.list(path).length > 0) {
      await runOrFail(machine, SERVICE_COMMANDS.icaclsResetContent(path), `set rights in "${path}"`);
    }
    return [];
  }
  const said: string[] = [];
  if (isThere) {
    const aside = `${path}.untrusted-${machine.nowMs()}`;
    machine.move(path, aside);
    said.push(`"${path}" was made by nobody knows whom: it was moved to "${aside}" and is not used.`);
  }
  machine.makeFolder(path);
  await lock(machine, path);
  checkUntouched(machine, path, []);
  machine.write(win32.join(path, MARK_FILE), MARK_TEXT, 0o600);
  checkUntouched(machine, path, [MARK_FILE]);
  await runOrFail(machine, SERVICE_COMMANDS.regWriteStateFolder(path), 'note the state folder in the registry');
  return [...said, `The state folder "${path}" was made for SYSTEM and administrators alone.`];
}

/** A file that stays, so that the folder is never empty. */
const MARK_FILE = 'locked.txt';
const MARK_TEXT = 'Only SYSTEM and administrators may open this folder of tramdo-agent.\r\n';

function checkUntouched(machine: ServiceMachine, path: string, names: readonly string[]): void {
  if (machine.status(path)?.kind === 'folder' && machine.list(path).join('|') === names.join('|')) return;
  const why = `Cannot trust "${path}" as somebody changed it while it was made`;
  throw new TramdoError('DATA_FOLDER_UNUSABLE', `${why}: remove it and install again`);
}

/** Removes the folder and the note; a folder without a note is left alone. */
export async function purgeWindowsStateFolder(machine: ServiceMachine, path: string): Promise<readonly string[]> {
  if (machine.status(path) === undefined) return [];
  if (!(await isLockedByInstallation(machine, path)))
    return [`"${path}" was not made by an installation: it is left alone.`];
  machine.remove(path);
  await succeeds(machine, SERVICE_COMMANDS.regForgetStateFolder());
  return [`The state folder "${path}" was removed.`];
}

async function lock(machine: ServiceMachine, path: string): Promise<void> {
  const action = `lock the state folder "${path}"`;
  await runOrFail(machine, SERVICE_COMMANDS.icaclsLock(path), action);
  await runOrFail(machine, SERVICE_COMMANDS.icaclsRemoveOrdinary(path), action);
  await runOrFail(machine, SERVICE_COMMANDS.icaclsSetOwner(path), action);
}

/**
 * Tells whether an installation has locked the folder. `reg query` prints `    StateFolder    REG_SZ    C:\…`: names and
 * values are never translated.
 */
export async function isLockedByInstallation(machine: ServiceMachine, path: string): Promise<boolean> {
  const { stdout, exitCode } = await machine.run(SERVICE_COMMANDS.regReadStateFolder());
  const [, noted] = /^\s+StateFolder\s+REG_SZ\s+(.*?)\s*$/m.exec(stdout) ?? [];
  return exitCode === 0 && noted?.toLowerCase() === path.toLowerCase();
}
