import { win32 } from 'node:path';

/** Variables of an environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that programs of Windows cannot do without, as the system itself sets them. */
const KEPT_VARIABLES = [
  'ALLUSERSPROFILE',
  'CommonProgramFiles',
  'COMPUTERNAME',
  'NUMBER_OF_PROCESSORS',
  'OS',
  'PROCESSOR_ARCHITECTURE',
  'PROCESSOR_ARCHITEW6432',
  'ProgramData',
  'ProgramFiles',
  'ProgramFiles(x86)',
  'ProgramW6432',
  'PUBLIC',
  'SystemDrive',
  'TEMP',
  'TMP',
  'USERPROFILE',
];

/**
 * Absolute path of a program of Windows, given relative to the folder of the system (`reg.exe`).
 *
 * A 32-bit process on 64-bit Windows sees a 32-bit registry and 32-bit CIM providers unless it starts programs through
 * `Sysnative` (WOW64 documentation, "File System Redirector"); Windows itself tells by PROCESSOR_ARCHITEW6432.
 */
export function windowsProgram(program: string, environment: Environment): string {
  const isRedirected = environment['PROCESSOR_ARCHITEW6432'] !== undefined;
  return win32.join(systemRootOf(environment), isRedirected ? 'Sysnative' : 'System32', program);
}

/**
 * The environment of a program of Windows: what the system sets and nothing of the agent's own, so that no variable of a
 * user or of Node decides what runs. PowerShell finds its modules below the folder of the system alone.
 */
export function windowsEnvironment(environment: Environment): Record<string, string> {
  const root = systemRootOf(environment);
  const system = win32.join(root, 'System32');
  const kept = KEPT_VARIABLES.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    SystemRoot: root,
    windir: root,
    COMSPEC: win32.join(system, 'cmd.exe'),
    PATH: [system, root, win32.join(system, 'Wbem')].join(';'),
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
    PSModulePath: win32.join(system, 'WindowsPowerShell\\v1.0\\Modules'),
  };
}

function systemRootOf(environment: Environment): string {
  const root = environment['SystemRoot'] ?? environment['windir'] ?? '';
  return /^[A-Za-z]:\\/.test(root) ? root : 'C:\\Windows';
}
