import { DAY_MS } from '../catalogues/viet-nam-time.ts';
import type { NetworkVersion } from '../store/network-store.ts';
import type { NetworkDefinition } from './network-definition.ts';

/** A network that stands. */
export interface StandingNetwork extends Pick<NetworkVersion, 'origin' | 'changedBy'> {
  readonly definition: NetworkDefinition;
  /** Since when it stands as it does, epoch milliseconds. */
  readonly sinceMs: number;
}

/** How long what agents measured of a removed network is still taken in, in milliseconds: reports are kept as long. */
const LATE_MS = 35 * DAY_MS;

/** The newest version of every network, by its id, removed ones too; pure. */
export function newestVersions(versions: readonly NetworkVersion[]): ReadonlyMap<string, NetworkVersion> {
  return new Map(versions.map((version) => [version.network, version]));
}

/**
 * The networks that stand by their newest versions: those of `order` first and in that order, then the rest by id; pure.
 *
 * @param versions by their numbers, ascending
 */
export function standingNetworks(
  versions: readonly NetworkVersion[],
  order: readonly string[],
): readonly StandingNetwork[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = (id: string) => places.get(id) ?? order.length;
  return [...newestVersions(versions).values()]
    .flatMap(({ definition, fromMs: sinceMs, origin, changedBy }) =>
      definition === undefined ? [] : [{ definition, sinceMs, origin, changedBy }],
    )
    .toSorted(({ definition: { id: a } }, { definition: { id: b } }) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
}

/**
 * Networks whose measurements are taken in: those that stand, and those that were removed so lately that a machine which
 * was off the line may still bring what it saw of them; pure.
 *
 * @param versions by their numbers, ascending
 */
export function receivedNetworks(
  versions: readonly NetworkVersion[],
  nowMs: number,
): ReadonlyMap<string, NetworkDefinition> {
  const received = new Map<string, NetworkDefinition>();
  for (const { network, definition, fromMs } of versions) {
    if (definition !== undefined) received.set(network, definition);
    else if (fromMs < nowMs - LATE_MS) received.delete(network);
  }
  return received;
}
