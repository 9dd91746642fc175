import { TramdoError } from '#shared/errors.ts';
import { keyIdOf } from '#shared/key-id.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { type ReportedReceipt, receiptText } from '#shared/receipt.ts';
import { receiptNonce } from '#shared/receipt-nonce.ts';
import { importPublicKey, type PublicJwk, verifyDetached } from '#shared/signature.ts';
import type { NetworkDefinition } from '../networks/network-definition.ts';
import { isInRanges, normalAddress } from './place.ts';

/**
 * What became of a receipt. `bad_signature` also stands for a receipt of another machine, network or slot: what was
 * signed then is another text. `reused` and part of `by_proxy` are found by
 * admitReceipts(), which knows other receipts.
 */
export const RECEIPT_RESULTS = [
  'accepted',
  'bad_signature',
  'by_proxy',
  'no_key',
  'reused',
  'stale',
  'unknown_key',
] as const;

/** One of {@link RECEIPT_RESULTS}. */
export type ReceiptResult = (typeof RECEIPT_RESULTS)[number];

/** A receipt with everything it must fit. */
export interface ReceiptCase {
  readonly machineId: string;
  readonly network: NetworkDefinition;
  readonly receipt: ReportedReceipt;
  /** Slots of the window that carries it, by the machine's clock. */
  readonly window: { readonly firstSlot: number; readonly slotCount: number };
  /** Own address of the way out of that window; absent when there was none. */
  readonly ownAddress?: string | undefined;
  /** The machine's clock minus the collector's, milliseconds. */
  readonly offsetMs: number;
  /** Epoch milliseconds by the collector's clock. */
  readonly arrivedAtMs: number;
}

/** Difference allowed between the beacon's clock and the beginning of the slot, in milliseconds. */
const SLOT_TOLERANCE_MS = 600_000;

/** How far the beacon's clock may be ahead of the collector's, in milliseconds. */
const AHEAD_MS = 120_000;

/** Oldest receipt that counts, in milliseconds: the outbox of an agent keeps 35 days. */
const MAX_AGE_MS = 40 * 86_400_000;

/**
 * Verifies one receipt by itself: the key, the signature, when it was signed and for whom.
 *
 * The address must be the machine's own, so that a machine elsewhere cannot be vouched for by one that stands in the
 * network; where addresses are translated on the way, it must be one of the network's ranges.
 */
export async function verifyReceipt(one: ReceiptCase): Promise<ReceiptResult> {
  const { machineId, network, receipt } = one;
  if (network.beaconKeys.length === 0) return 'no_key';
  const key = await keysOf(network).get(receipt.kid);
  if (key === undefined) return 'unknown_key';
  const nonce = receiptNonce(machineId, network.id, receipt.slot);
  const { observedAddress, at, kid, signature } = receipt;
  const text = receiptText({ nonce, network: network.id, observedAddress, at });
  if (!(await isSigned(text, `${headerOf(kid)}..${signature}`, key))) return 'bad_signature';
  if (isStale(one)) return 'stale';
  return isOwnAddress(one) ? 'accepted' : 'by_proxy';
}

/** The header as signDetached() prints it; a report leaves it out. */
function headerOf(kid: string): string {
  return Buffer.from(JSON.stringify({ alg: 'ES256', kid, b64: false, crit: ['b64'] })).toString('base64url');
}

async function isSigned(text: string, signature: string, key: CryptoKey): Promise<boolean> {
  try {
    await verifyDetached(Buffer.from(text), signature, key);
    return true;
  } catch (error) {
    if (error instanceof TramdoError) return false;
    throw error;
  }
}

function isStale({ receipt, window, offsetMs, arrivedAtMs }: ReceiptCase): boolean {
  const { slot } = receipt;
  if (slot < window.firstSlot || slot >= window.firstSlot + window.slotCount) return true;
  const signedAtMs = Date.parse(receipt.at);
  const ageMs = arrivedAtMs - signedAtMs;
  if (ageMs < -AHEAD_MS || ageMs > MAX_AGE_MS) return true;
  return Math.abs(signedAtMs - (slot * SLOT_MS - offsetMs)) > SLOT_TOLERANCE_MS;
}

function isOwnAddress({ network, receipt, ownAddress }: ReceiptCase): boolean {
  const observed = normalAddress(receipt.observedAddress);
  if (observed === undefined) return false;
  return network.isTranslated ? isInRanges(observed, network.cidrs) : observed === ownAddress;
}

type ImportedKeys = ReadonlyMap<string, Promise<CryptoKey | undefined>>;

/** Imported once for each definition of a network, by key id. */
const importedKeys = new WeakMap<readonly PublicJwk[], ImportedKeys>();

function keysOf({ beaconKeys }: NetworkDefinition): ImportedKeys {
  const known = importedKeys.get(beaconKeys);
  if (known !== undefined) return known;
  // A key that is no point of the curve verifies nothing; it must not cost the reports of a whole province.
  const keys = new Map(beaconKeys.map((jwk) => [keyIdOf(jwk), importPublicKey(jwk).catch(() => undefined)]));
  importedKeys.set(beaconKeys, keys);
  return keys;
}
