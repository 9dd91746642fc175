import * as z from 'zod';
import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import { windowsFlag, windowsInstantMs, windowsNumber, windowsText } from '../windows-values.ts';

/** What the class MSFT_MpComputerStatus says of Microsoft Defender, as the antivirus section gives it. */
export const defenderStatus = z.object({
  mode: windowsText,
  isServiceEnabled: windowsFlag,
  isAntivirusEnabled: windowsFlag,
  isRealTimeEnabled: windowsFlag,
  isTamperProtected: windowsFlag,
  version: windowsText,
  signatureVersion: windowsText,
  signaturesAt: windowsInstantMs,
  signatureAgeDays: windowsNumber,
  isOutOfDate: windowsFlag,
});

/** See {@link defenderStatus}. */
export type DefenderStatus = Partial<z.infer<typeof defenderStatus>>;

/** Age, in days, by which Defender means never: 65535 in its class reference, 4294967295 (as for scans) elsewhere. */
const NEVER_DAYS = 65_535;

/** Dates before it are the zero of some calendar (1601) and no date of signatures. */
const FIRST_DATE_MS = Date.UTC(2000, 0, 1);

/** What Defender says of its protection and signatures. */
export type DefenderWord = Pick<
  AntivirusProduct,
  'realTime' | 'isRunning' | 'signatures' | 'signaturesAt' | 'version' | 'isTamperProtected'
>;

/**
 * Decodes Defender's own word.
 *
 * Protection needs the mode `Normal` (older versions name no mode): in passive mode, beside another product (`SxS
 * Passive Mode`) and in `EDR Block Mode` it runs and does not watch files while they are used. A mode nobody knows is
 * `unknown` unless a switch says off.
 */
export function decodeDefenderStatus(status: DefenderStatus): DefenderWord {
  const mode = (status.mode ?? 'normal').toLowerCase();
  const isStopped = status.isServiceEnabled === false || mode === 'not running';
  const isNever = (status.signatureAgeDays ?? 0) >= NEVER_DAYS;
  const signaturesAtMs = isNever ? undefined : status.signaturesAt;
  return {
    ...(status.version === undefined ? {} : { version: status.version.slice(0, 64) }),
    realTime: isStopped ? 'off' : realTimeOf(mode, status),
    ...(status.isServiceEnabled === undefined && !isStopped ? {} : { isRunning: !isStopped }),
    signatures: isNever ? 'out_of_date' : signaturesOf(status.isOutOfDate),
    ...(signaturesAtMs !== undefined && signaturesAtMs >= FIRST_DATE_MS
      ? { signaturesAt: new Date(signaturesAtMs).toISOString() }
      : {}),
    ...(status.isTamperProtected === undefined ? {} : { isTamperProtected: status.isTamperProtected }),
  };
}

function realTimeOf(mode: string, { isRealTimeEnabled, isAntivirusEnabled }: DefenderStatus): 'on' | 'off' | 'unknown' {
  if (isRealTimeEnabled === false || isAntivirusEnabled === false) return 'off';
  if (mode.includes('passive') || mode.startsWith('edr')) return 'off';
  return mode === 'normal' && isRealTimeEnabled === true && isAntivirusEnabled === true ? 'on' : 'unknown';
}

function signaturesOf(isOutOfDate: boolean | undefined): AntivirusProduct['signatures'] {
  if (isOutOfDate === undefined) return 'unknown';
  return isOutOfDate ? 'out_of_date' : 'up_to_date';
}
