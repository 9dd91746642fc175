import { agedBy, type DueOptions, isNew } from './due-probes.ts';
import type { Host } from './host/host.ts';
import { absentWhen, UNREADABLE } from './probes/absent-when.ts';
import type { Probe } from './probes/probe.ts';

/** Load of all processors above which an inventory waits, 0 to 1. */
const BUSY_RATIO = 0.8;
/** Longest an inventory waits for a busy machine, in milliseconds. */
const BUSY_WAIT_MS = 3_600_000;
/** Inventory intervals of age up to which a machine on battery is left alone. */
const BATTERY_INTERVALS = 3;
const POWER_FOLDER = '/sys/class/power_supply';

/** Tells whether what was seen so long ago, in milliseconds, still holds for a machine on battery. */
export function mayWaitForMains(ageMs: number, inventoryMs: number): boolean {
  return ageMs < BATTERY_INTERVALS * inventoryMs;
}

/**
 * Ids of due probes that keep what they saw last for now: those that look with the inventory and are due by age alone.
 * On battery they wait up to three inventory intervals of age, on a busy machine for an hour.
 *
 * On Windows the battery is left to the inventory, which says so in its first line. Nothing is sampled without need.
 */
export async function sparedProbes(
  probes: readonly Probe[],
  due: DueOptions,
  machine: { readonly host: Host; readonly cpuLoadRatio: () => Promise<number | undefined> },
): Promise<ReadonlySet<string>> {
  const aged = probes.filter((probe) => probe.refresh === 'inventory' && !due.isForced && !isNew(probe, due));
  if (aged.length === 0) return new Set();
  const isOnBattery = machine.host.platform === 'linux' && (await readIsOnBattery(machine.host));
  const isBusy = ((await machine.cpuLoadRatio()) ?? 0) > BUSY_RATIO;
  const waits = (probe: Probe) => {
    const { ageMs, lateMs } = agedBy(probe, due);
    return (isOnBattery && mayWaitForMains(ageMs, due.inventoryMs)) || (isBusy && lateMs < BUSY_WAIT_MS);
  };
  return new Set(aged.filter(waits).map(({ id }) => id));
}

/**
 * A battery of the machine itself discharges and nothing else feeds it (Documentation/ABI/testing/sysfs-class-power);
 * batteries of mice and the like have the scope `Device`.
 */
async function readIsOnBattery(host: Host): Promise<boolean> {
  const names = (await absentWhen(UNREADABLE, host.listDir(POWER_FOLDER))) ?? [];
  const supplies = await Promise.all(names.map((name) => readSupply(host, `${POWER_FOLDER}/${name}`)));
  const own = supplies.filter(({ scope }) => scope !== 'Device');
  const hasMains = own.some(({ type, online }) => type !== 'Battery' && online === '1');
  return !hasMains && own.some(({ type, status }) => type === 'Battery' && status === 'Discharging');
}

interface Supply {
  readonly type: string | undefined;
  readonly scope: string | undefined;
  readonly online: string | undefined;
  readonly status: string | undefined;
}

async function readSupply(host: Host, folder: string): Promise<Supply> {
  const read = async (name: string) => (await absentWhen(UNREADABLE, host.readText(`${folder}/${name}`)))?.trim();
  const [type, scope, online, status] = await Promise.all(['type', 'scope', 'online', 'status'].map(read));
  return { type, scope, online, status };
}
