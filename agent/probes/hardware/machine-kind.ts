import type { MachineKind } from '#shared/observations/hardware.ts';

/** Chassis types of SMBIOS 3.7, table 17 in section 7.4.1, by the kind of machine that stands in such a case. */
const CHASSIS: Readonly<Record<'desktop' | 'laptop' | 'server', readonly number[]>> = {
  // Desktop, low profile, pizza box, mini tower, tower, all in one, space-saving, lunch box, sealed, embedded, mini, stick.
  desktop: [3, 4, 5, 6, 7, 13, 15, 16, 24, 34, 35, 36],
  // Portable, laptop, notebook, hand held, sub notebook, tablet, convertible, detachable.
  laptop: [8, 9, 10, 11, 14, 30, 31, 32],
  // Main server chassis, rack mount, multi-system, CompactPCI, AdvancedTCA, blade, blade enclosure.
  server: [17, 23, 25, 26, 27, 28, 29],
};

/**
 * Reads the chassis type as `/sys/class/dmi/id/chassis_type` has it, a decimal number; the top bit says that the
 * case can be locked and is left out. Undefined when it is no number.
 */
export function parseChassisType(text: string): number | undefined {
  const digits = /^\s*(\d{1,3})\s*$/.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits) & 0x7f;
}

/** The kind of machine; a container or a board without DMI is `other`, so that it is never counted as a PC. */
export function machineKindOf(found: {
  readonly chassisType: number | undefined;
  readonly hypervisor: string | undefined;
  readonly isContainer: boolean;
}): MachineKind {
  if (found.hypervisor !== undefined) return 'virtual';
  const { chassisType } = found;
  if (found.isContainer || chassisType === undefined) return 'other';
  if (CHASSIS.desktop.includes(chassisType)) return 'desktop';
  if (CHASSIS.laptop.includes(chassisType)) return 'laptop';
  return CHASSIS.server.includes(chassisType) ? 'server' : 'other';
}
