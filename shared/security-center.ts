/** What a `productState` of Windows Security Center says of a product. */
export interface SecurityCenterState {
  /** Protection (of an antivirus) or filtering (of a firewall); `unknown` for a nibble nobody has explained. */
  readonly activity: 'on' | 'off' | 'snoozed' | 'expired' | 'unknown';
  /** The product's own word on its signatures; `unknown` for a nibble nobody has explained. */
  readonly signatures: 'up_to_date' | 'out_of_date' | 'unknown';
  /** The product registered itself as Microsoft's own. */
  readonly isMicrosoft: boolean;
}

/** Largest value of 24 bits; more than that is no productState of the known form. */
const MAX_STATE = 0xff_ff_ff;

const ACTIVITIES = ['off', 'on', 'snoozed', 'expired'] as const;
const SIGNATURES = ['up_to_date', 'out_of_date'] as const;

/**
 * Decodes the undocumented `productState` of `root\SecurityCenter2` (AntiVirusProduct, FirewallProduct).
 *
 * It is read as 24 bits `0xPPSSDD`: bits 12 to 15 the activity, bits 8 to 11 the owner (1 is Microsoft), bits 4 to 7
 * the signatures. These are not the numbers of the documented `iwscapi` interface. Agent and collector share this one
 * decoder, and the collector decodes the raw value anew: a mistake here is mended without touching a machine.
 */
export function decodeSecurityCenterState(productState: number): SecurityCenterState {
  if (!Number.isInteger(productState) || productState < 0 || productState > MAX_STATE) {
    return { activity: 'unknown', signatures: 'unknown', isMicrosoft: false };
  }
  return {
    activity: ACTIVITIES[(productState >> 12) & 0xf] ?? 'unknown',
    signatures: SIGNATURES[(productState >> 4) & 0xf] ?? 'unknown',
    isMicrosoft: ((productState >> 8) & 0xf) === 1,
  };
}
