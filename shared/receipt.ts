/** What a beacon signs: that at this instant somebody who knows the nonce stood before it, coming from this address. */
export interface Receipt {
  /** What receiptNonce() of shared/receipt-nonce.ts gives for the machine, the network and the slot. */
  readonly nonce: string;
  /** Id of the network the beacon stands in. */
  readonly network: string;
  /** Address the connection came from, as the beacon saw it; an IPv4 address is never written in IPv6 form. */
  readonly observedAddress: string;
  /** The beacon's own clock, RFC 3339, UTC, whole seconds, ending in `Z`. */
  readonly at: string;
}

/** Form of a nonce: 43 characters of base64url. */
export const NONCE = /^[A-Za-z0-9_-]{43}$/;

/** Length of every receipt, in bytes: an answer must not tell by its length what is in it. */
export const RECEIPT_BYTES = 256;

/**
 * The text of a receipt, exactly the bytes that are signed: JSON with the fields in this order, filled up with spaces.
 * Whoever has the four values prints the same text again, so that a report need not carry it.
 */
export function receiptText({ nonce, network, observedAddress, at }: Receipt): string {
  return JSON.stringify({ nonce, network, observedAddress, at }).padEnd(RECEIPT_BYTES, ' ');
}
