import { LRUCache } from 'lru-cache';
import type { NetworkDefinition } from '../networks/network-definition.ts';
import type { AgencyTarget, AgencyTargetKey } from '../store/agency-target-store.ts';
import type { Store } from '../store/store.ts';
import { advanceTarget, isWorthSaving, type TargetSight } from './advance-target.ts';

const MAX_TARGETS = 65_536;

interface KnownTarget {
  readonly now: AgencyTarget;
  readonly saved: AgencyTarget | undefined;
}

/**
 * Keeps what agencies see of each target of the plan. It is written only when people would see a difference, or once an
 * hour: what every report changes is held in memory, and lost with the process.
 */
export class AgencyTargets {
  readonly #known = new LRUCache<string, KnownTarget>({ max: MAX_TARGETS });

  /**
   * Takes in windows that speak for their agencies; targets that the plan does not have are left out, since a machine
   * can write anything there.
   *
   * @returns what to call once the transaction has ended well
   */
  async note(
    store: Pick<Store, 'agencyTargets'>,
    sights: readonly TargetSight[],
    networks: ReadonlyMap<string, NetworkDefinition>,
  ): Promise<() => void> {
    const planned = sights.filter(({ window }) => networks.get(window.network)?.targets.includes(window.target));
    const changed = await this.#load(store, planned);
    for (const sight of planned) {
      const name = nameOf({ agencyCode: sight.agencyCode, ...sight.window });
      const before = changed.get(name) ?? this.#known.get(name);
      changed.set(name, { saved: before?.saved, now: advanceTarget(before?.now, sight) });
    }
    const due = [...changed].filter(([, { saved, now }]) => isWorthSaving(saved, now));
    for (const [name, { now }] of due) changed.set(name, { now, saved: now });
    if (due.length > 0) await store.agencyTargets.save(due.map(([, { now }]) => now));
    return () => {
      for (const [name, target] of changed) this.#known.set(name, target);
    };
  }

  /** What is stored of targets that are not in memory. */
  async #load(
    { agencyTargets }: Pick<Store, 'agencyTargets'>,
    sights: readonly TargetSight[],
  ): Promise<Map<string, KnownTarget>> {
    const unknown = new Map<string, AgencyTargetKey>();
    for (const { agencyCode, window } of sights) {
      const key = { agencyCode, network: window.network, target: window.target };
      if (!this.#known.has(nameOf(key))) unknown.set(nameOf(key), key);
    }
    const found = unknown.size === 0 ? [] : await agencyTargets.find([...unknown.values()]);
    return new Map(found.map((target) => [nameOf(target), { now: target, saved: target }]));
  }
}

function nameOf({ agencyCode, network, target }: AgencyTargetKey): string {
  return `${agencyCode} ${network} ${target}`;
}
