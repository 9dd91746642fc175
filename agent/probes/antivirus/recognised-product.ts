import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { ProductHint } from '#shared/plan.ts';

/** What was seen of a product that says nothing of itself. */
export interface ProductTraces {
  /** What showed it; at most 8 texts of 200 characters are kept. */
  readonly evidence: readonly string[];
  /** One of its processes or services runs. */
  readonly isRunning: boolean;
  /** The hint names something that would run on this system, so that its absence tells something. */
  readonly isKnowable: boolean;
}

/** A product known only by what the plan says of it and by its traces on the machine. */
export function recognisedProduct(
  { id, name }: ProductHint,
  { evidence, isRunning, isKnowable }: ProductTraces,
): AntivirusProduct {
  return {
    id,
    name,
    // Nothing that runs can protect nothing; what runs may still have its protection switched off.
    realTime: isKnowable && !isRunning ? 'off' : 'unknown',
    ...(isKnowable ? { isRunning } : {}),
    signatures: 'unknown',
    evidence: evidence.map((text) => text.slice(0, 200)).slice(0, 8),
  };
}
