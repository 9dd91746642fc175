import { TramdoError } from '#shared/errors.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { readConfig } from '../config.ts';
import { environment } from '../host/environment.ts';
import { ownProgram } from '../host/own-program.ts';
import { createRealServiceMachine } from '../host/real-service-machine.ts';
import { chooseServiceMode } from '../service/choose-service-mode.ts';
import { endReportProcess } from '../service/end-report-process.ts';
import { joinAtInstall } from '../service/join-at-install.ts';
import { linuxService } from '../service/linux-service.ts';
import { macosService } from '../service/macos-service.ts';
import type { ServiceInstaller } from '../service/service-installer.ts';
import type { ServiceMachine } from '../service/service-machine.ts';
import type { ServiceMode } from '../service/service-program.ts';
import { parseServiceRecord, type ServiceRecord } from '../service/service-record.ts';
import { windowsService } from '../service/windows-service.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import type { CommandInput } from './command.ts';

/** Makes the agent a service of this machine, or takes that back; each may be run again and again. */
export async function service(input: CommandInput): Promise<number> {
  const machine = createRealServiceMachine();
  const installer = installerOf(machine);
  const [action] = input.positionals;
  if (action !== 'install' && action !== 'uninstall') {
    throw new TramdoError('USAGE', 'Cannot read the command line: use "service install" or "service uninstall"');
  }
  if (!machine.isAdministrator()) {
    const who = machine.platform === 'win32' ? 'an administrator' : 'root';
    throw new TramdoError('ADMINISTRATOR_NEEDED', `Cannot change services of this machine: run it as ${who}`);
  }
  if (action === 'install') await install(input, { machine, installer });
  else await uninstall(input, installer);
  return 0;
}

interface Tools {
  readonly machine: ServiceMachine;
  readonly installer: ServiceInstaller;
}

async function install({ config, options, say }: CommandInput, { machine, installer }: Tools): Promise<void> {
  const { statePath, proxy, caFile } = config;
  const asked = askedMode(options);
  const joinString = options['join'];
  // A join string that cannot be read is found out before anything is changed.
  if (typeof joinString === 'string') parseJoinString(joinString);
  const program = { ...ownProgram(), ...(isDefaultState(statePath, machine) ? {} : { statePath }) };
  const isStarted = options['no-start'] !== true;
  installer.check({ program, statePath, mode: asked ?? 'resident', isStarted });
  for (const line of await installer.prepareStateFolder(statePath)) say(line);
  const folder = stateFolderAt(statePath);
  const before = parseServiceRecord(machine.readText(folder.serviceFile));
  const { mode, reason, isAsked } = chooseServiceMode({
    ...(asked === undefined ? {} : { asked }),
    ...(before?.isAsked === true ? { askedBefore: before.mode } : {}),
    totalMemoryBytes: machine.totalMemoryBytes,
  });
  say(`Mode: ${mode}, because ${reason}.`);
  if (typeof joinString === 'string') {
    const request = {
      joinString,
      ...(proxy === undefined ? {} : { proxy }),
      ...(caFile === undefined ? {} : { caFile }),
    };
    const isJoinAgain = options['join-again'] === true;
    for (const line of await joinAtInstall(folder, { request, isJoinAgain, nowMs: machine.nowMs() })) say(line);
  }
  const record: ServiceRecord = { mode, isAsked };
  machine.write(folder.serviceFile, `${JSON.stringify(record)}\n`, 0o600);
  for (const line of await installer.install({ program, statePath, mode, isStarted })) say(line);
}

async function uninstall({ config, options, say }: CommandInput, installer: ServiceInstaller): Promise<void> {
  const { statePath } = config;
  for (const line of await installer.uninstall(statePath)) say(line);
  // A lock file that somebody else has put there could name any process of the machine.
  if (await installer.isStateFolderTrusted(statePath)) await endReportProcess(stateFolderAt(statePath));
  if (options['purge'] === true) {
    for (const line of await installer.purge(statePath)) say(line);
  } else say(`Key, plan and waiting reports stay in "${statePath}"; --purge removes them.`);
}

function installerOf(machine: ServiceMachine): ServiceInstaller {
  if (machine.platform === 'win32') return windowsService(machine);
  return machine.platform === 'darwin' ? macosService(machine) : linuxService(machine);
}

function askedMode(options: CommandInput['options']): ServiceMode | undefined {
  const { scheduled, resident } = options;
  if (scheduled === true && resident === true) {
    throw new TramdoError('USAGE', 'Cannot do both: give --scheduled or --resident');
  }
  if (scheduled === true) return 'scheduled';
  return resident === true ? 'resident' : undefined;
}

/** The service's own environment has no TRAMDO_AGENT_STATE: what is not the system's default must be told. */
function isDefaultState(statePath: string, { platform }: ServiceMachine): boolean {
  const { ProgramData } = environment();
  return statePath === readConfig({}, { ProgramData }, platform).statePath;
}
