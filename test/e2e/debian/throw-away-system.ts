import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type EndedProgram, type RunningProcess, startProcess } from '../../child-process.ts';
import { freshFolder } from '../collector-process.ts';
import { endAfterwards } from '../leftovers.ts';
import { debianProgram } from './debian-program.ts';

/** Where a throw-away system sees the folder it was given. */
export const SHARED_FOLDER = '/mnt';

/** A Debian that runs beside this one: its own processes, its own systemd, and a copy of this disk that is thrown away. */
export interface ThrowAwaySystem {
  /** Runs a program in it, as root, with the environment of a fresh login. */
  run(...argv: string[]): EndedProgram;
  /** Runs a program that must succeed, and gives what it printed. */
  output(...argv: string[]): string;
}

/**
 * Mounts a copy of this disk that forgets, empties what Debian would start, and makes systemd the first process.
 *
 * Clock, network and devices are those of the real machine, so that a collector on loopback is within reach; what would
 * touch them (udev, sysctl, services of this machine) is taken out of the copy first. Control groups are there without
 * controllers: ceilings of memory and processor are written down by systemd but not kept.
 */
const BOOT = `
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=755 tmpfs "$1"
mkdir "$1/upper" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" "$1/root"
cd "$1/root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount --rbind /dev dev
mount --bind "$2" mnt
mount -t tmpfs -o mode=755 tmpfs etc/systemd/system
: > etc/fstab
rm -f usr/sbin/policy-rc.d
find usr/lib/systemd/system lib/systemd/system -path '*.wants/*' -type l ! -name 'systemd-journal*' -delete
exec env -i container=lxc PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . /lib/systemd/systemd --system --unit=basic.target --show-status=0
`;

/** Boots a throw-away system; only root can. What lies in the folder is below {@link SHARED_FOLDER} in it. */
export async function bootThrowAwaySystem(sharedFolder: string): Promise<ThrowAwaySystem> {
  if (process.getuid?.() !== 0) throw new Error('Only root can boot a throw-away system: run the test as root');
  debianProgram('/lib/systemd/systemd', 'systemd');
  const group = join(unifiedGroups(), `tramdo-test-${process.pid}-${Math.floor(performance.now())}`);
  mkdirSync(group);
  const namespaces = 'unshare --mount --pid --cgroup --ipc --uts --fork --kill-child';
  const script = `echo $$ > '${group}/cgroup.procs' && exec ${namespaces} sh -c '${BOOT.replaceAll("'", "'\\''")}' boot "$@"`;
  const argv = ['-c', script, 'boot', freshFolder('system'), sharedFolder];
  const outside = endAfterwards(startProcess(argv, { program: '/bin/sh' }));
  booted.set(group, outside);
  const system = systemOf(outside);
  const state = () => (initOf(outside) === undefined ? '' : system.run('systemctl', 'is-system-running').stdout.trim());
  await until(
    () => state() === 'running',
    () => `systemd is "${state()}": ${outside.lines.join('\n')}`,
  );
  return system;
}

/** Ends everything in the systems that were booted; nothing of them is left. For `afterAll`. */
export async function stopThrowAwaySystems(): Promise<void> {
  for (const [group, outside] of booted) {
    outside.stop('SIGKILL');
    await outside.ended;
    await until(
      () => isRemoved(group),
      () => `"${group}" has processes`,
    );
  }
  booted.clear();
}

/** Control groups of the systems that run, and the processes that hold them. */
const booted = new Map<string, RunningProcess>();

async function until(isSo: () => boolean, complaint: () => string): Promise<void> {
  const givenUpAtMs = performance.now() + 120_000;
  while (!isSo()) {
    if (performance.now() > givenUpAtMs) throw new Error(complaint());
    await delay(100);
  }
}

function systemOf(outside: RunningProcess): ThrowAwaySystem {
  const run = (...argv: string[]): EndedProgram => {
    const into = [
      '--target',
      initOf(outside) ?? '',
      '--mount',
      '--pid',
      '--cgroup',
      '--ipc',
      '--uts',
      '--root',
      '--wd=/',
    ];
    const environment = [
      'env',
      '-i',
      'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
      'DEBIAN_FRONTEND=noninteractive',
      'LANG=C.UTF-8',
    ];
    const { status, stdout, stderr } = spawnSync('nsenter', [...into, ...environment, ...argv], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 90_000,
    });
    return { status: status ?? 1, stdout, stderr };
  };
  return {
    run,
    output: (...argv) => {
      const { status, stdout, stderr } = run(...argv);
      if (status !== 0) throw new Error(`${argv.join(' ')} ended with ${status}: ${stdout}${stderr}`);
      return stdout;
    },
  };
}

/** Number, out here, of the process that is systemd in there. */
function initOf({ pid }: RunningProcess): string | undefined {
  const children = `/proc/${pid}/task/${pid}/children`;
  return existsSync(children)
    ? readFileSync(children, 'utf8')
        .trim()
        .split(' ')
        .find((one) => one !== '')
    : undefined;
}

/** Where this machine has mounted the second version of control groups. */
function unifiedGroups(): string {
  const found = execFileSync('findmnt', ['--noheadings', '--first-only', '--types', 'cgroup2', '--output', 'TARGET']);
  return found.toString().trim();
}

/** A group can be removed when its last process is gone and it has no groups below. */
function isRemoved(group: string): boolean {
  if (!existsSync(group)) return true;
  for (const name of readdirSync(group)) {
    const path = join(group, name);
    if (statSync(path).isDirectory()) isRemoved(path);
  }
  try {
    rmdirSync(group);
    return true;
  } catch {
    return false;
  }
}
