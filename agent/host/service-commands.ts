import type { Platform } from '#shared/enrolment.ts';
import type { Command } from './command.ts';

/** Longest run of any of them, in milliseconds: a service that stops may take twenty seconds. */
const DEADLINE_MS = 90_000;

/** SIDs instead of names, which Windows translates: LocalSystem, and the group of administrators. */
const SYSTEM = '*S-1-5-18';
const ADMINISTRATORS = '*S-1-5-32-544';
/** Everyone, authenticated users, users: who may have been given rights by hand. */
const ORDINARY = ['*S-1-1-0', '*S-1-5-11', '*S-1-5-32-545'];

/** Key that only administrators can write; see service/windows-state-folder.ts. */
const REGISTRY_KEY = 'HKLM\\SOFTWARE\\tramdo-agent';

function command(platform: Platform, why: string, argv: Command['argv']): Command {
  return { platform, argv, why, needsPrivilege: true, deadlineMs: DEADLINE_MS };
}

/**
 * Every command that `service install` and `service uninstall` run when an administrator asks for it; no probe and no
 * report runs one. Paths are of the installation itself; nothing comes from the collector.
 */
export const SERVICE_COMMANDS = {
  /** Owner of one folder or file; of a link itself (`/L`), as in the two that follow. */
  icaclsSetOwner: (path: string) =>
    command('win32', 'Makes administrators the owner', ['icacls.exe', path, '/setowner', ADMINISTRATORS, '/L', '/Q']),
  /** SYSTEM and administrators alone, for the folder and what will be in it; nothing is inherited from above. */
  icaclsLock: (path: string) => {
    const grants = [SYSTEM, ADMINISTRATORS].flatMap((sid) => ['/grant:r', `${sid}:(OI)(CI)F`]);
    return command('win32', 'Locks the state folder', ['icacls.exe', path, '/inheritance:r', ...grants, '/L', '/Q']);
  },
  /** Takes away what an earlier hand may have granted by name; a call of its own, as icacls documents its switches alone. */
  icaclsRemoveOrdinary: (path: string) =>
    command('win32', 'Takes ordinary users out', ['icacls.exe', path, '/remove:g', ...ORDINARY, '/L', '/Q']),
  /** Whatever lies in the folder gets the rights of the folder and no others. */
  icaclsResetContent: (path: string) =>
    command('win32', 'Gives files of the state folder its rights', [
      'icacls.exe',
      `${path}\\*`,
      '/reset',
      '/T',
      '/C',
      '/L',
      '/Q',
    ]),
  regReadStateFolder: () =>
    command('win32', 'Asks which folder an installation has locked', [
      'reg.exe',
      'query',
      REGISTRY_KEY,
      '/v',
      'StateFolder',
    ]),
  regWriteStateFolder: (path: string) =>
    command('win32', 'Notes which folder was locked', [
      ...['reg.exe', 'add', REGISTRY_KEY, '/v', 'StateFolder', '/t', 'REG_SZ', '/d', path, '/f'],
    ] as const),
  regForgetStateFolder: () => command('win32', 'Forgets the locked folder', ['reg.exe', 'delete', REGISTRY_KEY, '/f']),
  schtasksCreate: (task: string, xmlFile: string) =>
    command('win32', 'Registers the task', ['schtasks.exe', '/create', '/tn', task, '/xml', xmlFile, '/f']),
  schtasksRun: (task: string) => command('win32', 'Starts the agent', ['schtasks.exe', '/run', '/tn', task]),
  schtasksEnd: (task: string) => command('win32', 'Ends the agent', ['schtasks.exe', '/end', '/tn', task]),
  schtasksDelete: (task: string) =>
    command('win32', 'Removes the task', ['schtasks.exe', '/delete', '/tn', task, '/f']),
  /** Prints the task as XML, which no language changes. */
  schtasksQuery: (task: string) =>
    command('win32', 'Asks whether the task is there', ['schtasks.exe', '/query', '/tn', task, '/xml']),
  systemctl: (...words: readonly string[]) =>
    command('linux', 'Registers, starts, stops or forgets the units', ['systemctl', ...words]),
  launchctl: (...words: readonly string[]) =>
    command('darwin', 'Registers, starts, stops or forgets the daemon', ['launchctl', ...words]),
} as const;
