import { assertNever } from '#shared/assert-never.ts';
import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import { decodeSecurityCenterState } from '#shared/security-center.ts';
import type { Catalogues } from '../catalogues/catalogues.ts';
import { DAY_MS } from '../catalogues/viet-nam-time.ts';
import type { Reason } from './reasons.ts';
import { ageInDays, reason } from './reasons.ts';

/** Whether a product protects while files are used. */
export type Protection = 'on' | 'off' | 'unknown';

/** One product on one machine and what it does there. */
export interface AntivirusState {
  /** Id of the catalogue, or `other`: never a text of the machine. */
  readonly product: string;
  /** `active`: protects; `stale`: protects with signatures known to be too old; `off`: does not protect. */
  readonly state: 'active' | 'stale' | 'off';
}

/** What is known of a product's signatures. */
export interface SignatureAge {
  readonly state: 'fresh' | 'old' | 'unknown';
  readonly reason: Reason;
  /** First instant at which fresh signatures are old, epoch milliseconds. */
  readonly holdsUntilMs?: number;
}

/** What product states are computed with. */
export interface AntivirusTerms {
  readonly catalogues: Catalogues;
  /** Age at which signatures are old, in days. */
  readonly maxDays: number;
  readonly atMs: number;
}

/** A date this far ahead cannot be a mere difference of time zones, in milliseconds. */
const MAX_DATE_AHEAD_MS = DAY_MS;

/** Name and version as the machine gave them, for reasons. */
export function productName(product: AntivirusProduct): string {
  return product.version === undefined ? product.name : `${product.name} ${product.version}`;
}

/**
 * The product as this collector reads it: what an agent decoded from Security Center is decoded anew from the raw value,
 * so that a mistake of the decoder is mended here for every machine, whatever its agent. What a product said of itself
 * stays as it is, though the raw value of its entry is there too.
 */
export function asDecodedHere(product: AntivirusProduct): AntivirusProduct {
  if (product.rawState === undefined || product.saidBy !== 'security_center') return product;
  const { activity, signatures } = decodeSecurityCenterState(product.rawState);
  return { ...product, realTime: activity, signatures };
}

/**
 * Says whether a product protects in real time: it must say so and be seen running. Where it does not say, a running
 * service counts only if the catalogue states that the service is the real-time protection (`runningIsRealTime`).
 */
export function protectionOf(observed: AntivirusProduct, catalogues: Catalogues): Protection {
  const product = asDecodedHere(observed);
  if (product.isRunning === false) return 'off';
  switch (product.realTime) {
    case 'off':
    case 'snoozed':
    case 'expired':
      return 'off';
    case 'on':
      return product.isRunning === true ? 'on' : 'unknown';
    case 'unknown': {
      const known = catalogues.products.find(({ id }) => id === product.id);
      return product.isRunning === true && known?.runningIsRealTime === true ? 'on' : 'unknown';
    }
    default:
      return assertNever(product.realTime);
  }
}

/** Judges the signatures of one product: by their date, else by the product's own word. */
export function signatureAge(product: AntivirusProduct, maxDays: number, atMs: number): SignatureAge {
  const name = productName(product);
  if (product.signaturesAt === undefined) return signatureWord(product, name);
  const signaturesAtMs = Date.parse(product.signaturesAt);
  if (signaturesAtMs - atMs > MAX_DATE_AHEAD_MS) {
    return {
      state: 'unknown',
      reason: reason('antivirus_signatures_date_ahead', { product: name, signaturesAtMs }),
      holdsUntilMs: signaturesAtMs - MAX_DATE_AHEAD_MS,
    };
  }
  const holdsUntilMs = signaturesAtMs + maxDays * DAY_MS + 1;
  if (atMs < holdsUntilMs) {
    const why = reason('antivirus_signatures_fresh', { product: name, signaturesAtMs, maxDays });
    return { state: 'fresh', reason: why, holdsUntilMs };
  }
  const ageDays = ageInDays(signaturesAtMs, atMs);
  return {
    state: 'old',
    reason: reason('antivirus_signatures_old', { product: name, signaturesAtMs, ageDays, maxDays }),
  };
}

function signatureWord(product: AntivirusProduct, name: string): SignatureAge {
  const { signatures } = asDecodedHere(product);
  switch (signatures) {
    case 'up_to_date':
      return { state: 'fresh', reason: reason('antivirus_signatures_said_fresh', { product: name }) };
    case 'out_of_date':
      return { state: 'old', reason: reason('antivirus_signatures_said_old', { product: name }) };
    case 'unknown':
      return { state: 'unknown', reason: reason('antivirus_signatures_unknown', { product: name }) };
    default:
      return assertNever(signatures);
  }
}

const STATE_ORDER = ['active', 'stale', 'off'] as const;

/**
 * States of the products of one machine, one per product id, the best where an id is there twice; sorted by product.
 * A product of which nobody knows whether it protects is left out: it is neither active nor off.
 *
 * @returns the states and the first instant at which one of them may differ, Infinity if at none
 */
export function antivirusStates(
  products: readonly AntivirusProduct[],
  terms: AntivirusTerms,
): { readonly states: readonly AntivirusState[]; readonly holdsUntilMs: number } {
  const best = new Map<string, AntivirusState['state']>();
  let holdsUntilMs = Number.POSITIVE_INFINITY;
  for (const product of products) {
    const protection = protectionOf(product, terms.catalogues);
    if (protection === 'unknown') continue;
    const age = signatureAge(product, terms.maxDays, terms.atMs);
    const state = protection === 'off' ? 'off' : age.state === 'old' ? 'stale' : 'active';
    if (protection === 'on') holdsUntilMs = Math.min(holdsUntilMs, age.holdsUntilMs ?? holdsUntilMs);
    const id = terms.catalogues.products.some((known) => known.id === product.id) ? product.id : 'other';
    const before = best.get(id);
    if (before === undefined || STATE_ORDER.indexOf(state) < STATE_ORDER.indexOf(before)) best.set(id, state);
  }
  const states = [...best].map(([product, state]) => ({ product, state }));
  return { states: states.toSorted((a, b) => (a.product < b.product ? -1 : 1)), holdsUntilMs };
}
