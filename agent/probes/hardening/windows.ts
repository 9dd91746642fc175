import * as z from 'zod';
import type { Observation } from '#shared/observations/index.ts';
import type { Host } from '../../host/host.ts';
import type { ProbeContext } from '../probe.ts';
import { readWindowsSection } from '../windows-section.ts';
import { windowsFlag, windowsList, windowsNumber, windowsText } from '../windows-values.ts';
import { autorunPolicy, decodeAutorun } from './decode-autorun.ts';
import { decodeScreenLock, screenSaver } from './decode-screen-lock.ts';
import { decodeSmb1 } from './decode-smb1.ts';

const tpmList = windowsList(z.object({ isEnabled: windowsFlag, version: windowsText }), 4);

const section = z.object({
  smb1: windowsNumber,
  serverStart: windowsNumber,
  serverDriverStart: windowsNumber,
  clientDriverStart: windowsNumber,
  autorun: autorunPolicy,
  inactivitySeconds: windowsNumber,
  users: windowsList(
    z.object({
      autorun: autorunPolicy,
      disableAutoplay: windowsNumber,
      ownLock: screenSaver,
      policyLock: screenSaver,
    }),
    64,
  ),
  hiddenUserCount: z.int().nonnegative(),
  lockout: windowsNumber,
  tpm: z.union([z.null().transform(() => undefined), tpmList]),
  hasSecureBoot: z.boolean(),
  secureBoot: windowsFlag,
});

type Section = z.infer<typeof section>;
type Hardening = Observation<'hardening'>;

/**
 * Reads the hardening settings of a Windows machine.
 *
 * What people may choose for themselves is only there while they are logged on; in between it stays as it was seen last,
 * as a PC that is looked at before its user comes would never be known otherwise.
 *
 * The lockout threshold is there only where group policy sets it; that of local accounts lies in a part of the registry
 * that is closed to programs. The TPM answers administrators only: `unknown` to others.
 *
 * @throws {TramdoError} those of {@link readWindowsSection}
 */
export async function readWindowsHardening(
  host: Host,
  { previous }: Pick<ProbeContext<'hardening'>, 'previous'>,
): Promise<Hardening> {
  const seen = await readWindowsSection(host, 'hardening', section);
  const { users, hiddenUserCount, inactivitySeconds, lockout } = seen;
  const autoruns = users.map(({ autorun, disableAutoplay }) => ({ policy: autorun, disableAutoplay }));
  const savers = users.map(({ ownLock, policyLock }) => ({ own: ownLock, policy: policyLock }));
  const autorun = decodeAutorun(seen.autorun, autoruns, hiddenUserCount);
  const lock = decodeScreenLock({ inactivitySeconds, users: savers, hiddenUserCount });
  const known = users.length === 0 && hiddenUserCount === 0 ? previous : undefined;
  return {
    smb1: decodeSmb1(seen),
    autorun: autorun === 'unknown' ? (known?.autorun ?? autorun) : autorun,
    ...(lock.screenLock === 'unknown' && known !== undefined ? lockOf(known) : lock),
    ...(lockout === undefined || lockout < 0 || lockout > 999 ? {} : { lockoutThreshold: lockout }),
    ...tpmOf(seen.tpm),
    secureBoot: secureBootOf(seen),
  };
}

function lockOf({
  screenLock,
  screenLockAfterSeconds,
}: Hardening): Pick<Hardening, 'screenLock' | 'screenLockAfterSeconds'> {
  return { screenLock, ...(screenLockAfterSeconds === undefined ? {} : { screenLockAfterSeconds }) };
}

function tpmOf(listed: Section['tpm']): Pick<Hardening, 'tpm' | 'tpmVersion'> {
  if (listed === undefined) return { tpm: 'unknown' };
  const [tpm] = listed;
  if (tpm === undefined) return { tpm: 'not_applicable' };
  const state = tpm.isEnabled === undefined ? 'unknown' : tpm.isEnabled ? 'on' : 'off';
  // SpecVersion is "2.0, 0, 1.38" (family, level, revision), or "Not Supported".
  const version = /^\d{1,2}\.\d{1,2}/.exec(tpm.version ?? '')?.[0];
  return { tpm: state, ...(version === undefined ? {} : { tpmVersion: version }) };
}

/** The key is there only where the firmware is UEFI. */
function secureBootOf({ hasSecureBoot, secureBoot }: Section): Hardening['secureBoot'] {
  if (!hasSecureBoot) return 'not_applicable';
  return secureBoot === undefined ? 'unknown' : secureBoot ? 'on' : 'off';
}
