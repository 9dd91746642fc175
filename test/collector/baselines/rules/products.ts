import type { AntivirusProduct } from '#shared/observations/antivirus.ts';

/** ClamAV that protects, with signatures of two days before the judged instant; change what the situation needs. */
export function clamav(changes: Partial<AntivirusProduct> = {}): AntivirusProduct {
  return {
    id: 'clamav',
    name: 'ClamAV',
    version: '1.0.7',
    realTime: 'on',
    isRunning: true,
    signatures: 'unknown',
    signaturesAt: '2026-11-20T12:00:00Z',
    evidence: ['clamd answered'],
    ...changes,
  };
}

/** A product that was found by its service only: nothing is known of real time or signatures. */
export function serviceOnly(changes: Partial<AntivirusProduct> = {}): AntivirusProduct {
  return {
    id: 'kaspersky',
    name: 'Kaspersky Endpoint Security',
    realTime: 'unknown',
    isRunning: true,
    signatures: 'unknown',
    evidence: ['kesl.service'],
    ...changes,
  };
}

/** Defender as Windows lists it when another product took over. */
export function defenderAside(changes: Partial<AntivirusProduct> = {}): AntivirusProduct {
  return {
    id: 'defender',
    name: 'Windows Defender',
    realTime: 'off',
    isRunning: true,
    signatures: 'up_to_date',
    rawState: 393_472,
    evidence: ['Security Center'],
    ...changes,
  };
}

/** A third party's product as Security Center lists it, wrongly decoded by its agent: the raw value says on, fresh. */
export function wronglyDecoded(changes: Partial<AntivirusProduct> = {}): AntivirusProduct {
  return {
    id: 'eset',
    name: 'ESET Security',
    realTime: 'off',
    isRunning: true,
    signatures: 'out_of_date',
    rawState: 266_240,
    saidBy: 'security_center',
    evidence: ['Security Center 0x041000'],
    ...changes,
  };
}
