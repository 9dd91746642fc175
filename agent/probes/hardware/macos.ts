import { TramdoError } from '#shared/errors.ts';
import type { MachineKind } from '#shared/observations/hardware.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { parseSystemProfiler } from './parse-system-profiler.ts';

/** Most disks one observation holds. */
const MAX_DISKS = 64;

/** Beginnings of model identifiers that virtual Macs have. */
const HYPERVISORS: readonly (readonly [beginning: string, name: string])[] = [
  ['VirtualMac', 'apple-virtualization'],
  ['VMware', 'vmware'],
  ['Parallels', 'parallels'],
];

/**
 * Reads the hardware of a Mac with one process of system_profiler(8).
 *
 * Apple gives no chassis type: the kind follows from the name of the product, which is the same in every language. A
 * Mac of another name is `other`, so that it is not counted as a PC unseen. Disks of virtual machines are on a bus
 * that the profile does not list, so they are missing there. Firmware has a version and no date.
 *
 * @throws {TramdoError} COMMAND_FAILED, OUTPUT_UNREADABLE, and those of the command
 */
export async function readMacosHardware(host: Host): Promise<Observation<'hardware'>> {
  const { stdout, exitCode } = await host.run('system-profiler-hardware');
  if (exitCode !== 0) throw new TramdoError('COMMAND_FAILED', `system_profiler ended with ${exitCode}`);
  const found = parseSystemProfiler(stdout);
  const hypervisor = HYPERVISORS.find(([beginning]) => found.model?.startsWith(beginning))?.[1];
  const model = [found.name, found.model === undefined ? undefined : `(${found.model})`]
    .filter((part) => part !== undefined)
    .join(' ')
    .slice(0, 128);
  return {
    ...(hypervisor === undefined || hypervisor.startsWith('apple') ? { maker: 'Apple' } : {}),
    ...(model === '' ? {} : { model }),
    ...(found.serial === undefined ? {} : { serial: found.serial }),
    kind: hypervisor === undefined ? kindOf(`${found.name ?? ''} ${found.model ?? ''}`) : 'virtual',
    ...(hypervisor === undefined ? {} : { hypervisor }),
    ...(found.firmwareVersion === undefined ? {} : { firmwareVersion: found.firmwareVersion }),
    ...(found.cpuModel === undefined ? {} : { cpuModel: found.cpuModel }),
    ...(found.threadCount === undefined ? {} : { cpuThreadCount: found.threadCount }),
    ...(found.coreCount === undefined ? {} : { cpuCoreCount: found.coreCount }),
    memoryBytes: found.memoryBytes,
    disks: found.disks.slice(0, MAX_DISKS),
  };
}

function kindOf(names: string): MachineKind {
  if (/MacBook/.test(names)) return 'laptop';
  if (/Xserve/.test(names)) return 'server';
  return /iMac|Mac ?mini|Mac Studio|Mac ?Pro/.test(names) ? 'desktop' : 'other';
}
