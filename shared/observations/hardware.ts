import * as z from 'zod';

/** Kinds of machine; indicators choose which of them they count. */
export const MACHINE_KINDS = ['desktop', 'laptop', 'server', 'virtual', 'other'] as const;

/** One of {@link MACHINE_KINDS}. */
export type MachineKind = (typeof MACHINE_KINDS)[number];

const disk = z.object({
  name: z.string().max(64).describe('Name the system gives it'),
  model: z.string().max(128).optional(),
  serial: z.string().max(128).optional().describe('Absent when missing or junk'),
  sizeBytes: z.int().nonnegative().describe('Capacity in bytes'),
  kind: z.enum(['hdd', 'ssd', 'nvme', 'virtual', 'unknown']).describe('Removable media are left out'),
});

/** What the machine is made of. */
export const hardware = z.object({
  maker: z.string().max(128).optional().describe('Absent when missing or junk, as every text here'),
  model: z.string().max(128).optional(),
  serial: z.string().max(128).optional().describe('Serial number of the whole machine'),
  kind: z.enum(MACHINE_KINDS).describe('From the chassis type (SMBIOS 7.4.1), or `virtual` under a hypervisor'),
  chassisType: z.int().nonnegative().optional().describe('SMBIOS chassis type number, as it was read'),
  hypervisor: z.string().max(64).optional().describe('What virtualises the machine; absent on bare metal'),
  firmwareVersion: z.string().max(128).optional(),
  firmwareDate: z.iso.date().optional().describe('Release date of the firmware'),
  cpuModel: z.string().max(128).optional(),
  cpuThreadCount: z.int().positive().optional().describe('Logical processors'),
  cpuCoreCount: z.int().positive().optional().describe('Physical cores'),
  memoryBytes: z.int().nonnegative().describe('Memory the system can use, in bytes'),
  disks: z.array(disk).max(64).describe('Fixed disks, sorted by name'),
  hasBattery: z.boolean().optional().describe('It can run without mains; absent when not known'),
});
