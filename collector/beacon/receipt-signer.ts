import { sign } from 'node:crypto';
import { type Receipt, receiptText } from '#shared/receipt.ts';
import type { BeaconKey } from './beacon-keys.ts';

/** A receipt as it leaves the beacon. */
export interface SignedReceipt {
  /** Exactly the bytes that are signed. */
  readonly body: Buffer;
  /** Detached JWS (RFC 7515 appendix F, RFC 7797 `b64:false`), ES256, for the header Tramdo-Signature. */
  readonly signature: string;
}

/** Signs receipts with one key. */
export type ReceiptSigner = (receipt: Receipt) => SignedReceipt;

/**
 * Makes the signer of a key. What it makes is what verifyDetached() of shared/signature.ts takes; it signs with
 * `node:crypto` at once, as the library for JWS takes several times as long and more memory than all the rest.
 */
export function createReceiptSigner({ kid, privateKey }: Pick<BeaconKey, 'kid' | 'privateKey'>): ReceiptSigner {
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid, b64: false, crit: ['b64'] })).toString('base64url');
  const beginning = Buffer.from(`${header}.`);
  return (receipt) => {
    const body = Buffer.from(receiptText(receipt));
    const value = sign('sha256', Buffer.concat([beginning, body]), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return { body, signature: `${header}..${value.toString('base64url')}` };
  };
}
