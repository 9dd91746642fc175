import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';
import { hypervisorOf } from './hypervisor.ts';
import { meaningful } from './junk-text.ts';
import { machineKindOf, parseChassisType } from './machine-kind.ts';
import { type CpuInfo, parseCpuinfo } from './parse-cpuinfo.ts';
import { type Disk, isDiskName, parseDisk, parseVpdSerial } from './parse-disk.ts';
import { parseFirmwareDate } from './parse-firmware-date.ts';
import { parseMemTotal } from './parse-meminfo.ts';
import { readDeviceTree, readDmi } from './read-dmi.ts';

/** Most disks one observation holds. */
const MAX_DISKS = 64;
/** `/proc/cpuinfo` of a machine with hundreds of processors. */
const MAX_CPUINFO_BYTES = 4_194_304;
const CLOCK_SOURCES = '/sys/devices/system/clocksource/clocksource0/available_clocksource';
/** Files that container engines put into every container. */
const CONTAINER_MARKS = ['/.dockerenv', '/run/.containerenv', '/run/systemd/container'];

/**
 * Reads the hardware from `/sys/class/dmi/id`, the device tree, `/proc` and `/sys/block`; no command is run.
 *
 * Serial numbers are there for root only: without the right they are absent.
 *
 * @throws {TramdoError} HOST_READ_FAILED without a readable `/proc/meminfo`
 */
export async function readLinuxHardware(host: Host): Promise<Observation<'hardware'>> {
  const cpu = parseCpuinfo((await host.readText('/proc/cpuinfo', { maxBytes: MAX_CPUINFO_BYTES })) ?? '');
  const memoryBytes = parseMemTotal((await host.readText('/proc/meminfo')) ?? '');
  if (memoryBytes === undefined) throw new TramdoError('HOST_READ_FAILED', 'Cannot find MemTotal in "/proc/meminfo"');
  const name = await readName(host);
  const chassisType = parseChassisType((await readDmi(host, 'chassis_type')) ?? '');
  const hypervisor = await readHypervisor(host, cpu);
  const firmwareVersion = meaningful(await readDmi(host, 'bios_version'));
  const firmwareDate = parseFirmwareDate((await readDmi(host, 'bios_date')) ?? '');
  return {
    ...name,
    kind: machineKindOf({ chassisType, hypervisor, isContainer: await isContainer(host) }),
    ...(chassisType === undefined ? {} : { chassisType }),
    ...(hypervisor === undefined ? {} : { hypervisor }),
    ...(firmwareVersion === undefined ? {} : { firmwareVersion }),
    ...(firmwareDate === undefined ? {} : { firmwareDate }),
    ...(cpu.model === undefined ? {} : { cpuModel: cpu.model }),
    ...(cpu.threadCount === undefined ? {} : { cpuThreadCount: cpu.threadCount }),
    ...(cpu.coreCount === undefined ? {} : { cpuCoreCount: cpu.coreCount }),
    memoryBytes,
    disks: await readDisks(host),
  };
}

async function readName(host: Host): Promise<Pick<Observation<'hardware'>, 'maker' | 'model' | 'serial'>> {
  const maker = meaningful(await readDmi(host, 'sys_vendor'));
  const product = meaningful(await readDmi(host, 'product_name'));
  const version = meaningful(await readDmi(host, 'product_version'));
  // Lenovo writes its order code into the name and the model people know into the version.
  const isLenovo = maker?.toLowerCase() === 'lenovo';
  const model = (isLenovo ? (version ?? product) : product) ?? meaningful(await readDeviceTree(host, 'model'));
  const serial =
    meaningful(await readDmi(host, 'product_serial')) ??
    meaningful(await readDmi(host, 'chassis_serial')) ??
    meaningful(await readDeviceTree(host, 'serial-number'));
  return {
    ...(maker === undefined ? {} : { maker }),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
  };
}

async function readHypervisor(host: Host, cpu: CpuInfo): Promise<string | undefined> {
  return hypervisorOf({
    vendor: (await readDmi(host, 'sys_vendor')) ?? '',
    product: (await readDmi(host, 'product_name')) ?? '',
    firmwareVendor: (await readDmi(host, 'bios_vendor')) ?? '',
    hypervisorType: await absentWhen(UNREADABLE, host.readText('/sys/hypervisor/type')),
    isVirtualCpu: cpu.isVirtual,
    clockSources: (cpu.isVirtual ? await absentWhen(UNREADABLE, host.readText(CLOCK_SOURCES)) : undefined) ?? '',
  });
}

async function isContainer(host: Host): Promise<boolean> {
  const marks = await Promise.all(CONTAINER_MARKS.map((path) => absentWhen(UNREADABLE, host.stat(path))));
  return marks.some((mark) => mark !== undefined);
}

async function readDisks(host: Host): Promise<Disk[]> {
  const names = (await absentWhen(UNREADABLE, host.listDir('/sys/block'))) ?? [];
  const disks = await Promise.all(names.filter(isDiskName).map((name) => readDisk(host, name)));
  return disks.filter((disk) => disk !== undefined).slice(0, MAX_DISKS);
}

async function readDisk(host: Host, name: string): Promise<Disk | undefined> {
  const folder = `/sys/block/${name}`;
  const read = (path: string) => absentWhen(UNREADABLE, host.readText(`${folder}/${path}`));
  const vpd = await read('device/vpd_pg80');
  return parseDisk({
    name,
    linkTarget: (await host.stat(folder))?.linkTarget,
    size: await read('size'),
    removable: await read('removable'),
    rotational: await read('queue/rotational'),
    model: await read('device/model'),
    // virtio-blk keeps the serial number beside the disk, NVMe and eMMC below the device, SCSI in a page of its own.
    serial:
      (await read('serial')) ?? (await read('device/serial')) ?? (vpd === undefined ? undefined : parseVpdSerial(vpd)),
    type: await read('device/type'),
  });
}
