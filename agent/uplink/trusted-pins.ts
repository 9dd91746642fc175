import type { Plan } from '#shared/plan.ts';
import type { Identity } from './identity.ts';

/**
 * The pins that are trusted now: those of the newest plan, which is signed and so can announce the next certificate;
 * without any there, the one of the join string. A plan never turns a pinned agent into one that trusts the CAs. An agent
 * that joined through a relay trusts the relay's pin alone: it never sees the certificate of the collector.
 */
export function trustedPins(
  identity: Pick<Identity, 'pins' | 'isRelayed'>,
  plan: Pick<Plan, 'pins'> | undefined,
): readonly string[] {
  if (identity.pins.length === 0 || identity.isRelayed === true) return identity.pins;
  const announced = plan?.pins ?? [];
  return announced.length > 0 ? announced : identity.pins;
}
