import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import { windowsList, windowsNumber } from '../windows-values.ts';

/** Values of a key `…\Policies\Explorer`; undefined where they are not set. */
export const autorunPolicy = z.object({
  driveTypes: z.union([windowsNumber, windowsList(z.number(), 4).transform(littleEndian)]),
  noAutorun: windowsNumber,
});

/** See {@link autorunPolicy}. */
export type AutorunPolicy = Partial<z.infer<typeof autorunPolicy>>;

/** What one person who is logged on has set, or a policy for that person. */
export interface UserAutorun {
  readonly policy: AutorunPolicy;
  /** 1: AutoPlay is switched off in the settings. */
  readonly disableAutoplay?: number | undefined;
}

/** Bits of NoDriveTypeAutoRun: removable drives and optical ones; both off is what "Turn off Autoplay" sets at least. */
const REMOVABLE_AND_OPTICAL = 0x24;

/** NoAutorun 1: "do not execute any autorun commands"; 2 executes them. */
const NO_COMMANDS = 1;

/**
 * Tells whether removable media start programs, or are offered to (AutoPlay), for anybody.
 *
 * NoDriveTypeAutoRun of the machine makes that of its users void (Microsoft, cc959381). Where the machine sets neither
 * value, those who are logged on decide: `off` when it is off for all of them, `on` when it is on for one, `unknown`
 * when nobody is logged on or somebody's hive is hidden. Windows' own default offers programs and is `on`.
 */
export function decodeAutorun(
  machine: AutorunPolicy,
  users: readonly UserAutorun[],
  hiddenUserCount: number,
): Observation<'hardening'>['autorun'] {
  if (isTurnedOff(machine)) return 'off';
  if (machine.driveTypes !== undefined) return 'on';
  const isOff = ({ policy, disableAutoplay }: UserAutorun) => isTurnedOff(policy) || disableAutoplay === 1;
  if (!users.every(isOff)) return 'on';
  return users.length === 0 || hiddenUserCount > 0 ? 'unknown' : 'off';
}

function isTurnedOff({ driveTypes = 0, noAutorun }: AutorunPolicy): boolean {
  return (driveTypes & REMOVABLE_AND_OPTICAL) === REMOVABLE_AND_OPTICAL || noAutorun === NO_COMMANDS;
}

/** Old tools write the value as bytes. */
function littleEndian(bytes: readonly number[]): number | undefined {
  return bytes.length === 0 ? undefined : bytes.reduceRight((whole, byte) => whole * 256 + byte, 0);
}
