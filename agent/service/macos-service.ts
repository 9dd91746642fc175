import { posix } from 'node:path';
import { SERVICE_COMMANDS } from '../host/service-commands.ts';
import { LAUNCHD_LABEL, LAUNCHD_PLIST_PATH, launchdPlist } from './launchd.ts';
import {
  checkOwnedByRoot,
  isOfRootAlone,
  preparePosixStateFolder,
  purgePosixStateFolder,
} from './posix-state-folder.ts';
import type { ServiceInstaller, ServicePlan } from './service-installer.ts';
import { runOrFail, type ServiceMachine, succeeds } from './service-machine.ts';

const { launchctl } = SERVICE_COMMANDS;

/** The daemon's name in the system's domain (launchctl(1)). */
const TARGET = `system/${LAUNCHD_LABEL}`;
const PROGRAM_FOLDER = '/usr/local/lib/tramdo-agent';

/** The service by launchd. */
export function macosService(machine: ServiceMachine): ServiceInstaller {
  return {
    // Folders above are left out: Homebrew gives `/usr/local/lib` to the person who installed it.
    check: ({ program: { nodePath, scriptPath } }) =>
      checkOwnedByRoot(machine, [nodePath, scriptPath, posix.dirname(scriptPath)], PROGRAM_FOLDER),
    prepareStateFolder: async (statePath) => preparePosixStateFolder(machine, statePath),
    isStateFolderTrusted: async (statePath) => isOfRootAlone(machine.status(statePath)),
    install: (plan) => install(machine, plan),
    uninstall: () => uninstall(machine),
    purge: async (statePath) => purgePosixStateFolder(machine, statePath),
  };
}

async function install(machine: ServiceMachine, { program, mode, isStarted }: ServicePlan): Promise<readonly string[]> {
  // launchd reads the file once: a daemon that is there must go before it can come back in another form.
  await succeeds(machine, launchctl('bootout', TARGET));
  machine.write(LAUNCHD_PLIST_PATH, launchdPlist({ program, mode }), 0o644);
  const said = [`The launch daemon ${LAUNCHD_LABEL} is installed and starts with the system.`];
  if (!isStarted) return said;
  await succeeds(machine, launchctl('enable', TARGET));
  await runOrFail(machine, launchctl('bootstrap', 'system', LAUNCHD_PLIST_PATH), `start ${LAUNCHD_LABEL}`);
  return [...said, `${LAUNCHD_LABEL} was started.`];
}

async function uninstall(machine: ServiceMachine): Promise<readonly string[]> {
  const wasLoaded = await succeeds(machine, launchctl('bootout', TARGET));
  const wasWritten = machine.status(LAUNCHD_PLIST_PATH) !== undefined;
  if (wasWritten) machine.remove(LAUNCHD_PLIST_PATH);
  return [wasLoaded || wasWritten ? `The launch daemon ${LAUNCHD_LABEL} was removed.` : 'There was no service.'];
}
