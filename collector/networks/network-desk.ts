import { TramdoError } from '#shared/errors.ts';
import type { Principal } from '../people/principal.ts';
import type { NetworkVersion } from '../store/network-store.ts';
import type { Store } from '../store/store.ts';
import { adoptSettings } from './adopt-settings.ts';
import { auditLine } from './audit-line.ts';
import { compareNetworks, type NetworkComparison, type NetworkProblem } from './compare-networks.ts';
import type { NetworkDefinition } from './network-definition.ts';
import { newestVersions, receivedNetworks, type StandingNetwork, standingNetworks } from './network-record.ts';

/** What the desk works with. */
export interface NetworkDeskParts {
  readonly store: Pick<Store, 'networks' | 'transaction'>;
  /** Networks of the settings file, in its order. */
  readonly settings: readonly NetworkDefinition[];
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/**
 * The networks whose targets agents attempt, now and at any time before. What stands is kept in memory, so that it can be
 * read at once; other processes change it too, so that {@link refresh} looks for what they did.
 */
export class NetworkDesk {
  readonly #parts: NetworkDeskParts;
  #versions: readonly NetworkVersion[] = [];
  #standing: readonly StandingNetwork[];
  #received: ReadonlyMap<string, NetworkDefinition>;
  readonly #listeners: (() => Promise<void>)[] = [];

  /** Until the first {@link refresh} it knows the networks of the settings and no others. */
  constructor(parts: NetworkDeskParts) {
    this.#parts = parts;
    const known = this.#known([]);
    this.#standing = standingNetworks(known, this.#order());
    this.#received = receivedNetworks(known, parts.nowMs());
  }

  /** The networks that stand, those of the settings first and in their order, then the others by id. */
  list(): readonly StandingNetwork[] {
    return this.#standing;
  }

  /** What {@link list} gives, without who defined it. */
  current(): readonly NetworkDefinition[] {
    return this.#standing.map(({ definition }) => definition);
  }

  /** Networks whose measurements are taken in, by id: those that stand, and those removed in the last 35 days. */
  received(): ReadonlyMap<string, NetworkDefinition> {
    return this.#received;
  }

  /**
   * The networks that stood at an instant, sorted as in {@link list}.
   *
   * @param atMs epoch milliseconds
   */
  networksAt(atMs: number): readonly NetworkDefinition[] {
    const before = this.#known(this.#versions).filter(({ fromMs }) => fromMs <= atMs);
    return standingNetworks(before, this.#order()).map(({ definition }) => definition);
  }

  /**
   * A network that stands.
   *
   * @throws {TramdoError} NETWORK_UNKNOWN
   */
  find(id: string): StandingNetwork {
    const found = this.#standing.find(({ definition }) => definition.id === id);
    if (found !== undefined) return found;
    throw new TramdoError('NETWORK_UNKNOWN', `Cannot find the network "${id}"`);
  }

  /** Reads what was changed since the last look, here or by another process. */
  async refresh(): Promise<void> {
    if (await this.#readOn(this.#parts.store)) await this.#tell();
  }

  /** Calls when networks have changed here or a change elsewhere was noticed; whoever changes them here waits for it. */
  onChange(listener: () => Promise<void>): void {
    this.#listeners.push(listener);
  }

  /**
   * Writes down what the settings file says now; for the process that serves.
   *
   * @throws {TramdoError} CONFIG_INVALID when people made a network of the same id, or all together are too many
   */
  async adoptSettings(): Promise<void> {
    const { store, settings, nowMs } = this.#parts;
    await store.transaction((transaction) => adoptSettings(transaction, settings, nowMs()));
    await this.refresh();
  }

  /**
   * Adds a network.
   *
   * @throws {TramdoError} ACCESS_FORBIDDEN, NETWORK_EXISTS, NETWORK_IN_SETTINGS, NETWORK_INVALID
   */
  async add(actor: Principal, definition: NetworkDefinition): Promise<StandingNetwork> {
    await this.#change(actor, async (store) => {
      const { id } = definition;
      this.#refuseSettings(id);
      if (this.#standing.some((one) => one.definition.id === id)) {
        throw new TramdoError('NETWORK_EXISTS', `Cannot add the network "${id}" as there is one already`);
      }
      return this.#write(store, actor, this.#compared([definition]));
    });
    return this.find(definition.id);
  }

  /**
   * Replaces a network.
   *
   * @throws {TramdoError} ACCESS_FORBIDDEN, NETWORK_UNKNOWN, NETWORK_IN_SETTINGS, NETWORK_INVALID
   */
  async replace(actor: Principal, id: string, definition: NetworkDefinition): Promise<StandingNetwork> {
    if (definition.id !== id) {
      throw new TramdoError(
        'NETWORK_INVALID',
        `Cannot replace the network "${id}": current value of "id" is "${definition.id}", allowed is "${id}"`,
      );
    }
    await this.#change(actor, async (store) => {
      this.find(id);
      this.#refuseSettings(id);
      return this.#write(store, actor, this.#compared([definition]));
    });
    return this.find(id);
  }

  /**
   * Says what networks that somebody handed in would change and what is wrong with them; writes nothing.
   *
   * @param handed parsed JSON or YAML, each of anything
   */
  async check(handed: readonly unknown[]): Promise<NetworkComparison> {
    await this.refresh();
    return compareNetworks(handed, this.#standing);
  }

  /**
   * Adds or replaces networks, all of them or, when one has a problem, none.
   *
   * @param handed as in {@link check}
   * @throws {TramdoError} ACCESS_FORBIDDEN
   */
  async set(actor: Principal, handed: readonly unknown[]): Promise<NetworkComparison> {
    return this.#change(actor, async (store) => {
      const comparison = compareNetworks(handed, this.#standing);
      return comparison.problems.length > 0 ? comparison : this.#write(store, actor, comparison);
    });
  }

  /**
   * Removes a network; figures of the days on which it stood keep it.
   *
   * @throws {TramdoError} ACCESS_FORBIDDEN, NETWORK_UNKNOWN, NETWORK_IN_SETTINGS
   */
  async remove(actor: Principal, id: string): Promise<void> {
    await this.#change(actor, async (store) => {
      const { definition } = this.find(id);
      this.#refuseSettings(id);
      const atMs = this.#parts.nowMs();
      await store.networks.add({
        network: id,
        fromMs: atMs,
        definition: undefined,
        origin: 'people',
        changedBy: actor.name,
      });
      await store.audit.append(auditLine(actor, 'network.remove', definition, atMs));
    });
  }

  /** Works in one transaction on networks as they stand in it, and then on what became of them. */
  async #change<Result>(actor: Principal, work: (store: Store) => Promise<Result>): Promise<Result> {
    requireWhole(actor);
    let isNews = false;
    try {
      return await this.#parts.store.transaction(async (transaction) => {
        isNews = await this.#readOn(transaction);
        return work(transaction);
      });
    } finally {
      // Not within the transaction, which listeners that ask the store would wait for.
      isNews = (await this.#readOn(this.#parts.store)) || isNews;
      if (isNews) await this.#tell();
    }
  }

  async #write(store: Store, actor: Principal, comparison: NetworkComparison): Promise<NetworkComparison> {
    const fromMs = this.#parts.nowMs();
    for (const { kind, definition } of comparison.changes) {
      if (kind === 'same') continue;
      const { id: network } = definition;
      await store.networks.add({ network, fromMs, definition, origin: 'people', changedBy: actor.name });
      const action = kind === 'add' ? 'network.add' : 'network.set';
      await store.audit.append(auditLine(actor, action, definition, fromMs));
    }
    return comparison;
  }

  /** @throws {TramdoError} NETWORK_INVALID */
  #compared(handed: readonly NetworkDefinition[]): NetworkComparison {
    const comparison = compareNetworks(handed, this.#standing);
    const [problem] = comparison.problems;
    if (problem === undefined) return comparison;
    throw new TramdoError('NETWORK_INVALID', `Cannot accept the network: ${describeProblem(problem)}`);
  }

  /** @throws {TramdoError} NETWORK_IN_SETTINGS */
  #refuseSettings(id: string): void {
    const isOwned = this.#order().includes(id);
    const standing = this.#standing.find(({ definition }) => definition.id === id);
    if (!isOwned && standing?.origin !== 'settings') return;
    throw new TramdoError(
      'NETWORK_IN_SETTINGS',
      `Cannot change the network "${id}" as it stands in the settings file: change "networks" there and start anew`,
    );
  }

  #order(): readonly string[] {
    return this.#parts.settings.map(({ id }) => id);
  }

  async #tell(): Promise<void> {
    for (const listener of this.#listeners) await listener();
  }

  /** @returns whether there was anything new */
  async #readOn(store: Pick<Store, 'networks'>): Promise<boolean> {
    const more = await store.networks.after(this.#versions.at(-1)?.seq ?? 0);
    const nowMs = this.#parts.nowMs();
    // Another call may have read on while this one waited.
    const seq = this.#versions.at(-1)?.seq ?? 0;
    const unread = more.filter((version) => version.seq > seq);
    this.#versions = [...this.#versions, ...unread];
    const known = this.#known(this.#versions);
    this.#received = receivedNetworks(known, nowMs);
    if (unread.length === 0) return false;
    this.#standing = standingNetworks(known, this.#order());
    return true;
  }

  /** Before any server has written the settings down, they are all that can be known of the time until now. */
  #known(versions: readonly NetworkVersion[]): readonly NetworkVersion[] {
    if (versions.some(({ origin }) => origin === 'settings')) return versions;
    const newest = newestVersions(versions);
    const assumed = this.#parts.settings
      .filter(({ id }) => newest.get(id)?.definition === undefined)
      .map((definition) => ({ network: definition.id, definition, origin: 'settings', changedBy: '' }) as const);
    return [...versions, ...assumed.map((one) => ({ ...one, seq: 0, fromMs: 0 }))];
  }
}

/** @throws {TramdoError} ACCESS_FORBIDDEN for somebody of one agency: networks are what the PCs of all connect to */
function requireWhole({ agencyCode }: Principal): void {
  if (agencyCode === undefined) return;
  throw new TramdoError(
    'ACCESS_FORBIDDEN',
    `Cannot change networks as the account or token is for "${agencyCode}" alone, and PCs of every agency attempt them`,
  );
}

function describeProblem({ key, value, problem }: NetworkProblem): string {
  if (key === '') return problem;
  return `"${key}" is not allowed: current value is ${value ?? 'missing'}: ${problem}`;
}
