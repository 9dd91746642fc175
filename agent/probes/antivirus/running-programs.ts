import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';

/** The kernel keeps so many characters of a process name (TASK_COMM_LEN - 1). */
const NAME_LENGTH = 15;

/** Number, name and state of a process are within this length of its `stat`; the rest is figures. */
const STAT_PREFIX_BYTES = 96;

/** What runs on a Linux machine at one instant. */
export interface RunningPrograms {
  /** Tells whether a process of this name runs; the kernel knows the first 15 characters only. */
  hasProcess(name: string): boolean;
  /** Tells whether a systemd unit of this name runs, with or without its ending `.service`. */
  hasService(name: string): boolean;
}

/** Reads the process names and the running systemd units, without starting a process. */
export async function readRunningPrograms(host: Host): Promise<RunningPrograms> {
  const processes = new Set(await listProcessNames(host));
  const services = new Set(await listServices(host));
  return {
    hasProcess: (name) => processes.has(name.slice(0, NAME_LENGTH)),
    hasService: (name) => services.has(name) || services.has(`${name}.service`),
  };
}

/**
 * Lists the names of the living processes, from `/proc/PID/stat` (proc(5)), at most 15 characters each.
 *
 * A process that ended meanwhile is left out, and so is one that is dead but not yet buried (state Z or X): it
 * protects nobody.
 */
export async function listProcessNames(host: Host): Promise<readonly string[]> {
  const ids = ((await host.listDir('/proc')) ?? []).filter((name) => /^[0-9]+$/.test(name));
  // A process may end between the opening of its file and the reading (ESRCH).
  const texts = await Promise.all(
    ids.map((id) => absentWhen(UNREADABLE, host.readText(`/proc/${id}/stat`, { prefixBytes: STAT_PREFIX_BYTES }))),
  );
  return texts.flatMap((text) => {
    // The name may itself hold brackets and blanks: it ends at the last bracket of the line.
    const [, name, state] = /^[0-9]+ \((.*)\) ([A-Za-z])/s.exec(text ?? '') ?? [];
    return name === undefined || state === 'Z' || state === 'X' ? [] : [name];
  });
}

/** The folder of a unit's control group is there as long as one of its processes is (cgroup version 2, version 1). */
const UNIT_FOLDERS = ['/sys/fs/cgroup/system.slice', '/sys/fs/cgroup/systemd/system.slice'];

async function listServices(host: Host): Promise<readonly string[]> {
  const folders = await Promise.all(UNIT_FOLDERS.map((folder) => host.listDir(folder)));
  return folders.flatMap((names) => names ?? []).filter((name) => name.endsWith('.service'));
}
