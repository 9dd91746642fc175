import type { PlanNetwork } from '#shared/plan.ts';
import type { NetworkDefinition } from './network-definition.ts';

/** What agents are told of networks: what they attempt, and what they must know to do no harm; in the same order. */
export function planNetworks(networks: readonly NetworkDefinition[]): PlanNetwork[] {
  return networks.map(({ id, kind, targets, cidrs, isMetered, isLimited }) => ({
    id,
    kind,
    targets,
    ...(cidrs.length === 0 ? {} : { cidrs }),
    ...(isMetered ? { isMetered } : {}),
    ...(isLimited ? { isLimited } : {}),
  }));
}
