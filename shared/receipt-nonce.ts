import { createHash } from 'node:crypto';

/**
 * The nonce a machine shows to a beacon: SHA-256 over machine, network and slot, base64url, 43 characters.
 *
 * The collector computes it again, so that a receipt holds for one machine, one network and one five-minute slot and for
 * nobody else; a beacon learns nothing from it. It needs no chance: how old a receipt is says the beacon's own clock.
 *
 * @param slot number of the five-minute slot by the machine's clock: epoch milliseconds / 300,000
 */
export function receiptNonce(machineId: string, network: string, slot: number): string {
  return createHash('sha256').update(`tramdo receipt\n${machineId}\n${network}\n${slot}`).digest('base64url');
}
