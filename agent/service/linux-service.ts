import { TramdoError } from '#shared/errors.ts';
import { SERVICE_COMMANDS } from '../host/service-commands.ts';
import {
  checkNotHidden,
  checkOwnedByRoot,
  checkStateFolderAbove,
  isOfRootAlone,
  preparePosixStateFolder,
  purgePosixStateFolder,
  withFoldersAbove,
} from './posix-state-folder.ts';
import type { ServiceInstaller, ServicePlan } from './service-installer.ts';
import { runOrFail, type ServiceMachine, succeeds } from './service-machine.ts';
import { SYSTEMD_UNITS, systemdTimer, systemdUnit } from './systemd.ts';

const { systemctl } = SERVICE_COMMANDS;

/** Where an administrator's units lie, which win over those of packages (systemd.unit(5)). */
const OWN_FOLDER = '/etc/systemd/system';
const PACKAGE_FOLDERS = ['/usr/lib/systemd/system', '/lib/systemd/system'];
const PROGRAM_FOLDER = '/usr/lib/tramdo-agent';

/** Head of every unit that is written here, so that a unit of somebody else is never overwritten or removed. */
const MARK = '# Written by "tramdo-agent service install"; "service uninstall" removes it.\n';

/** The service by systemd. */
export function linuxService(machine: ServiceMachine): ServiceInstaller {
  return {
    check: ({ program, statePath }) => {
      const { nodePath, scriptPath } = program;
      checkOwnedByRoot(machine, [...withFoldersAbove(nodePath), ...withFoldersAbove(scriptPath)], PROGRAM_FOLDER);
      checkNotHidden([nodePath, scriptPath], PROGRAM_FOLDER);
      checkNotHidden([statePath], '/var/lib/tramdo-agent');
      checkStateFolderAbove(machine, statePath);
    },
    prepareStateFolder: async (statePath) => preparePosixStateFolder(machine, statePath),
    isStateFolderTrusted: async (statePath) => isOfRootAlone(machine.status(statePath)),
    install: (plan) => install(machine, plan),
    uninstall: () => uninstall(machine),
    purge: async (statePath) => purgePosixStateFolder(machine, statePath),
  };
}

async function install(machine: ServiceMachine, plan: ServicePlan): Promise<readonly string[]> {
  const { program, mode, isStarted } = plan;
  const isResident = mode === 'resident';
  const units = isResident
    ? [{ name: SYSTEMD_UNITS.resident, text: systemdUnit({ program, mode }) }]
    : [
        { name: SYSTEMD_UNITS.report, text: systemdUnit({ program, mode }) },
        { name: SYSTEMD_UNITS.timer, text: systemdTimer() },
      ];
  const enabled = isResident ? SYSTEMD_UNITS.resident : SYSTEMD_UNITS.timer;
  const other = isResident ? SYSTEMD_UNITS.timer : SYSTEMD_UNITS.resident;
  if (!(await hasSystemctl(machine))) {
    throw new TramdoError('COMMAND_MISSING', 'Cannot make a service as this machine has no systemd');
  }
  for (const { name, text } of units) writeUnit(machine, { name, text, scriptPath: program.scriptPath });
  const isRunning = isBooted(machine);
  if (isRunning) await runOrFail(machine, systemctl('daemon-reload'), 'make systemd read the units');
  await forget(machine, other);
  await runOrFail(machine, systemctl('enable', '--quiet', enabled), `enable ${enabled}`);
  const said = [`${enabled} is installed and starts with the system.`];
  if (!isStarted) return said;
  if (!isRunning) return [...said, 'systemd does not run now: the agent starts when the machine is started next.'];
  await runOrFail(machine, systemctl('restart', enabled), `start ${enabled}`);
  // The timer waits up to a quarter of an hour; whoever installs wants to see the machine appear.
  if (!isResident) await succeeds(machine, systemctl('start', '--no-block', SYSTEMD_UNITS.report));
  return [...said, `${enabled} was started.`];
}

async function uninstall(machine: ServiceMachine): Promise<readonly string[]> {
  const names = Object.values(SYSTEMD_UNITS).filter((name) => isInstalled(machine, name));
  if (names.length === 0) return ['There was no service.'];
  for (const name of names) await forget(machine, name);
  if (isBooted(machine)) await succeeds(machine, systemctl('daemon-reload'));
  return [`The service was stopped and forgotten: ${names.join(', ')}.`];
}

/** Stops and disables a unit, and removes its file when it was written here. */
async function forget(machine: ServiceMachine, name: string): Promise<void> {
  if (!isInstalled(machine, name)) return;
  if (isBooted(machine)) await succeeds(machine, systemctl('stop', name));
  // The unit that a timer starts has nothing to be disabled.
  if (name !== SYSTEMD_UNITS.report) await succeeds(machine, systemctl('disable', '--quiet', name));
  const path = `${OWN_FOLDER}/${name}`;
  if (machine.readText(path)?.startsWith(MARK) === true) machine.remove(path);
  if (name === SYSTEMD_UNITS.timer) await forget(machine, SYSTEMD_UNITS.report);
}

function isInstalled(machine: ServiceMachine, name: string): boolean {
  return [OWN_FOLDER, ...PACKAGE_FOLDERS].some((folder) => machine.status(`${folder}/${name}`) !== undefined);
}

/** The unit of a package serves as well, when it starts this very program. */
function writeUnit(
  machine: ServiceMachine,
  { name, text, scriptPath }: { readonly name: string; readonly text: string; readonly scriptPath: string },
): void {
  const path = `${OWN_FOLDER}/${name}`;
  const own = machine.readText(path);
  const isOthers = own !== undefined && !own.startsWith(MARK);
  if (isOthers) throw new TramdoError('USAGE', `Cannot write "${path}" as somebody else has made one: remove it first`);
  const packaged = PACKAGE_FOLDERS.map((folder) => machine.readText(`${folder}/${name}`)).find(
    (one) => one !== undefined,
  );
  if (packaged === text || (packaged?.includes(scriptPath) === true && !text.includes('--state'))) {
    if (own !== undefined) machine.remove(path);
    return;
  }
  if (own !== MARK + text) machine.write(path, MARK + text, 0o644);
}

function hasSystemctl(machine: ServiceMachine): Promise<boolean> {
  return succeeds(machine, systemctl('--version'));
}

/** sd_booted(3). */
function isBooted(machine: ServiceMachine): boolean {
  return machine.status('/run/systemd/system') !== undefined;
}
