import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { readWindowsSection } from '../windows-section.ts';
import { windowsFlag, windowsInstantMs, windowsList, windowsNumber, windowsText } from '../windows-values.ts';
import { describeWindowsDisks } from './describe-windows-disks.ts';
import { hypervisorOf } from './hypervisor.ts';
import { meaningful } from './junk-text.ts';
import { machineKindOf } from './machine-kind.ts';

const physicalDisk = z.object({
  name: windowsText,
  model: windowsText,
  friendlyName: windowsText,
  serial: windowsText,
  sizeBytes: windowsNumber,
  mediaType: windowsNumber,
  busType: windowsNumber,
});

const drive = z.object({
  index: windowsNumber,
  model: windowsText,
  serial: windowsText,
  sizeBytes: windowsNumber,
  interfaceType: windowsText,
  mediaType: windowsText,
  deviceId: windowsText,
});

const processor = z.object({ name: windowsText, coreCount: windowsNumber, threadCount: windowsNumber });

const facts = z.object({
  maker: windowsText,
  model: windowsText,
  version: windowsText,
  serial: windowsText,
  memoryBytes: z.coerce.number().int().nonnegative(),
  firmwareMaker: windowsText,
  firmwareVersion: windowsText,
  firmwareDate: windowsInstantMs,
  firmwareSerial: windowsText,
  chassisTypes: windowsList(z.number().int().nonnegative(), 16),
  processors: windowsList(processor, 256),
  hasBattery: windowsFlag,
  disks: windowsList(physicalDisk, 128),
  drives: windowsList(drive, 128),
});

/** The section `hardware` of the inventory. */
export type WindowsHardwareFacts = z.infer<typeof facts>;

/**
 * Reads the hardware of a Windows machine. Texts of the firmware are what CIM took from SMBIOS, as on Linux.
 *
 * @throws {TramdoError} as {@link readWindowsSection}
 */
export async function readWindowsHardware(host: Host): Promise<Observation<'hardware'>> {
  return describeWindowsHardware(await readWindowsSection(host, 'hardware', facts));
}

/**
 * Makes the observation. The hypervisor is told by maker and model: HypervisorPresent is true on any PC on which Windows
 * guards itself by virtualisation.
 */
export function describeWindowsHardware(found: WindowsHardwareFacts): Observation<'hardware'> {
  const hypervisor = hypervisorOf({
    vendor: found.maker ?? '',
    product: found.model ?? '',
    firmwareVendor: found.firmwareMaker ?? '',
    hypervisorType: undefined,
    isVirtualCpu: false,
    clockSources: '',
  });
  // The top bit says that the case can be locked; a docking station is a second case behind that of the machine.
  const [rawType] = found.chassisTypes;
  const chassisType = rawType === undefined ? undefined : rawType & 0x7f;
  const firmwareVersion = meaningful(found.firmwareVersion);
  return {
    ...nameOf(found),
    kind: machineKindOf({ chassisType, hypervisor, isContainer: false }),
    ...(chassisType === undefined ? {} : { chassisType }),
    ...(hypervisor === undefined ? {} : { hypervisor }),
    ...(firmwareVersion === undefined ? {} : { firmwareVersion }),
    ...(found.firmwareDate === undefined
      ? {}
      : { firmwareDate: new Date(found.firmwareDate).toISOString().slice(0, 10) }),
    ...processorOf(found.processors),
    memoryBytes: found.memoryBytes,
    disks: describeWindowsDisks(found),
    ...(found.hasBattery === undefined ? {} : { hasBattery: found.hasBattery }),
  };
}

function nameOf(found: WindowsHardwareFacts): Pick<Observation<'hardware'>, 'maker' | 'model' | 'serial'> {
  const maker = meaningful(found.maker);
  // Lenovo writes its order code into the name and the model people know into the version.
  const isLenovo = maker?.toLowerCase() === 'lenovo';
  const product = meaningful(found.model);
  const model = isLenovo ? (meaningful(found.version) ?? product) : product;
  const serial = meaningful(found.serial) ?? meaningful(found.firmwareSerial);
  return {
    ...(maker === undefined ? {} : { maker }),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
  };
}

type Processors = WindowsHardwareFacts['processors'];

/** One row is one socket. */
function processorOf(
  processors: Processors,
): Pick<Observation<'hardware'>, 'cpuModel' | 'cpuThreadCount' | 'cpuCoreCount'> {
  const cpuModel = meaningful(processors[0]?.name);
  const sum = (count: (one: Processors[number]) => number | undefined) =>
    processors.reduce((total, one) => total + (count(one) ?? 0), 0);
  const cpuThreadCount = sum(({ threadCount }) => threadCount);
  const cpuCoreCount = sum(({ coreCount }) => coreCount);
  return {
    ...(cpuModel === undefined ? {} : { cpuModel }),
    ...(cpuThreadCount > 0 ? { cpuThreadCount } : {}),
    ...(cpuCoreCount > 0 ? { cpuCoreCount } : {}),
  };
}
