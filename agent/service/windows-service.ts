import { win32 } from 'node:path';
import { SERVICE_COMMANDS } from '../host/service-commands.ts';
import type { ServiceInstaller, ServicePlan } from './service-installer.ts';
import { runOrFail, type ServiceMachine, succeeds } from './service-machine.ts';
import { splaySeconds } from './service-program.ts';
import { isLockedByInstallation, prepareWindowsStateFolder, purgeWindowsStateFolder } from './windows-state-folder.ts';
import { encodeTaskXml, scheduledTaskXml, TASK_NAME } from './windows-task.ts';

/** The service by the task scheduler. */
export function windowsService(machine: ServiceMachine): ServiceInstaller {
  return {
    // Rights of the program folder are those of Program Files; the installer sees to that.
    check: () => undefined,
    prepareStateFolder: (statePath) => prepareWindowsStateFolder(machine, statePath),
    isStateFolderTrusted: (statePath) => isLockedByInstallation(machine, statePath),
    install: (plan) => install(machine, plan),
    uninstall: () => uninstall(machine),
    purge: (statePath) => purgeWindowsStateFolder(machine, statePath),
  };
}

async function install(
  machine: ServiceMachine,
  { program, mode, isStarted, statePath }: ServicePlan,
): Promise<readonly string[]> {
  const xml = scheduledTaskXml({ program, mode, splaySeconds: splaySeconds(machine.chance()) });
  // In the state folder, which only administrators can write: nobody swaps the text on its way to the scheduler.
  const file = win32.join(statePath, 'task.xml');
  await succeeds(machine, SERVICE_COMMANDS.schtasksEnd(TASK_NAME));
  machine.write(file, encodeTaskXml(xml), 0o600);
  try {
    await register(machine, file);
  } finally {
    machine.remove(file);
  }
  const said = [`The task ${TASK_NAME} is registered and starts with the system.`];
  if (!isStarted) return said;
  if (await succeeds(machine, SERVICE_COMMANDS.schtasksRun(TASK_NAME))) return [...said, `${TASK_NAME} was started.`];
  const within = mode === 'resident' ? 5 : 15;
  return [...said, `${TASK_NAME} could not be started now: its own trigger starts it within ${within} minutes.`];
}

/** Installations by policy run while Windows starts: its task scheduler may need a moment to be there. */
async function register(machine: ServiceMachine, file: string): Promise<void> {
  const create = SERVICE_COMMANDS.schtasksCreate(TASK_NAME, file);
  for (const waitMs of PATIENCE_MS) {
    if (await succeeds(machine, create)) return;
    await machine.wait(waitMs);
  }
  await runOrFail(machine, create, `register the task ${TASK_NAME}`);
}

const PATIENCE_MS = [1_000, 4_000] as const;

async function uninstall(machine: ServiceMachine): Promise<readonly string[]> {
  await succeeds(machine, SERVICE_COMMANDS.schtasksEnd(TASK_NAME));
  if (await succeeds(machine, SERVICE_COMMANDS.schtasksDelete(TASK_NAME)))
    return [`The task ${TASK_NAME} was removed.`];
  const { exitCode, stdout } = await machine.run(SERVICE_COMMANDS.schtasksQuery(TASK_NAME));
  if (exitCode !== 0 || !stdout.includes('<Task')) return ['There was no service.'];
  await runOrFail(machine, SERVICE_COMMANDS.schtasksDelete(TASK_NAME), `remove the task ${TASK_NAME}`);
  return [`The task ${TASK_NAME} was removed.`];
}
