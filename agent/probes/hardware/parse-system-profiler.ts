import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { meaningful } from './junk-text.ts';
import type { Disk } from './parse-disk.ts';

const text = z.string().max(256).optional();

const overview = z.object({
  machine_name: text,
  machine_model: text,
  serial_number: text,
  boot_rom_version: text,
  /** Apple silicon. */
  chip_type: text,
  /** Intel: `Quad-Core Intel Core i5`, and its speed beside it. */
  cpu_type: text,
  current_processor_speed: text,
  /** Intel: cores; Apple silicon: `proc 8:4:4`, all cores before their kinds. */
  number_processors: z.union([z.number(), z.string().max(64)]).optional(),
  platform_cpu_htt: text,
  physical_memory: text,
});

const drive = z.object({
  _name: text,
  bsd_name: text,
  device_model: text,
  device_serial: text,
  size_in_bytes: z.int().nonnegative().optional(),
  removable_media: text,
  detachable_drive: text,
  spsata_medium_type: text,
});

const controllers = z.array(z.object({ _items: z.array(z.unknown()).default([]) })).default([]);

const profile = z.object({
  SPHardwareDataType: z.tuple([overview], z.unknown()),
  SPNVMeDataType: controllers,
  SPSerialATADataType: controllers,
});

/** What system_profiler(8) says of a Mac; texts are cleaned, absent where they say nothing. */
export interface SystemProfile {
  /** `MacBook Air`: the name people know. */
  readonly name?: string;
  /** `Mac14,2`: the model identifier. */
  readonly model?: string;
  readonly serial?: string;
  readonly firmwareVersion?: string;
  readonly cpuModel?: string;
  readonly coreCount?: number;
  readonly threadCount?: number;
  readonly memoryBytes: number;
  /** Built-in disks, sorted by name. */
  readonly disks: readonly Disk[];
}

const GIB_BYTES = 1_073_741_824;

/**
 * Reads `system_profiler -json SPHardwareDataType SPNVMeDataType SPSerialATADataType`. Keys are the same in every
 * language; of values only numbers, names and identifiers are used.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE when it is not that, or names no memory
 */
export function parseSystemProfiler(printed: string): SystemProfile {
  const parsed = profile.safeParse(parseJson(printed));
  const machine = parsed.data?.SPHardwareDataType[0];
  const memoryBytes = memoryOf(machine?.physical_memory ?? '');
  if (!parsed.success || machine === undefined || memoryBytes === undefined) {
    throw new TramdoError('OUTPUT_UNREADABLE', 'Cannot understand system_profiler', { cause: parsed.error });
  }
  const found = {
    name: meaningful(machine.machine_name),
    model: meaningful(machine.machine_model),
    serial: meaningful(machine.serial_number),
    firmwareVersion: meaningful(machine.boot_rom_version),
    cpuModel: cpuModelOf(machine),
  };
  const coreCount = coreCountOf(machine.number_processors);
  const threadsPerCore = machine.platform_cpu_htt === 'htt_enabled' ? 2 : 1;
  const drives = [
    ...drivesOf(parsed.data.SPNVMeDataType, 'nvme'),
    ...drivesOf(parsed.data.SPSerialATADataType, 'sata'),
  ];
  return {
    ...withoutUndefined(found),
    ...(coreCount === undefined ? {} : { coreCount, threadCount: coreCount * threadsPerCore }),
    memoryBytes,
    disks: drives.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
  };
}

/** `16 GB`; the unit may be in the language of the system, but begins with T only for terabytes. */
function memoryOf(shown: string): number | undefined {
  const [, amount, unit = ''] = /^(\d{1,4}(?:[.,]\d{1,2})?)\s*(\p{L}*)$/u.exec(shown.trim()) ?? [];
  if (amount === undefined) return undefined;
  const gibibytes = Number(amount.replace(',', '.')) * (/^[TТ]/i.test(unit) ? 1_024 : 1);
  return Math.round(gibibytes * GIB_BYTES);
}

function cpuModelOf({ chip_type, cpu_type, current_processor_speed }: z.infer<typeof overview>): string | undefined {
  const model = meaningful(chip_type) ?? meaningful(cpu_type);
  const speed = chip_type === undefined ? meaningful(current_processor_speed) : undefined;
  return model === undefined || speed === undefined ? model : `${model} ${speed}`.slice(0, 128);
}

function coreCountOf(processors: number | string | undefined): number | undefined {
  const count = Number(/^(?:proc )?(\d{1,4})(?:[:\s]|$)/.exec(String(processors ?? ''))?.[1] ?? 0);
  return count > 0 ? count : undefined;
}

function drivesOf(found: z.infer<typeof controllers>, bus: 'nvme' | 'sata'): Disk[] {
  return found.flatMap(({ _items }) => _items).flatMap((item) => diskOf(drive.safeParse(item).data, bus));
}

/** An empty list for what can be taken out: an SSD on Thunderbolt is an NVMe disk, too. Disc drives have no size. */
function diskOf(found: z.infer<typeof drive> | undefined, bus: 'nvme' | 'sata'): Disk[] {
  const sizeBytes = found?.size_in_bytes ?? 0;
  if (found?.bsd_name === undefined || sizeBytes === 0) return [];
  if (found.removable_media === 'yes' || found.detachable_drive === 'yes') return [];
  const texts = withoutUndefined({
    model: meaningful(found.device_model) ?? meaningful(found._name),
    serial: meaningful(found.device_serial),
  });
  return [{ name: found.bsd_name.slice(0, 64), ...texts, sizeBytes, kind: kindOf(bus, found.spsata_medium_type) }];
}

function kindOf(bus: 'nvme' | 'sata', medium: string | undefined): Disk['kind'] {
  if (bus === 'nvme') return 'nvme';
  if (medium === 'Solid State') return 'ssd';
  return medium === 'Rotational' ? 'hdd' : 'unknown';
}

function withoutUndefined<Key extends string>(
  texts: Readonly<Record<Key, string | undefined>>,
): { readonly [K in Key]?: string } {
  const found: { [K in Key]?: string } = {};
  for (const key in texts) {
    const value = texts[key];
    if (value !== undefined) found[key] = value;
  }
  return found;
}
