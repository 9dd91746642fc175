import { LRUCache } from 'lru-cache';
import type { MachineKey } from '../store/machine-store.ts';
import type { ReleaseOffer } from '../store/release-offer-store.ts';
import type { Store } from '../store/store.ts';
import type { PackedFile, ReleaseShelf } from './release-shelf.ts';
import { stagedMachines } from './staging.ts';

/** How long the draw of an agency is remembered, in milliseconds; a machine that joins later waits as long. */
const REMEMBERED_MS = 30_000;

/** Hands out the release that is offered, to the machines whose turn it is. */
export class ReleaseDesk {
  readonly #store: Pick<Store, 'machines' | 'releaseOffers'>;
  readonly #shelf: ReleaseShelf;
  readonly #drawn = new LRUCache<string, ReadonlySet<string>>({ max: 1_000, ttl: REMEMBERED_MS });
  #offers: readonly ReleaseOffer[] = [];

  constructor(store: Pick<Store, 'machines' | 'releaseOffers'>, shelf: ReleaseShelf) {
    this.#store = store;
    this.#shelf = shelf;
  }

  /** Reads the offers anew; a command beside the server may have changed them. */
  async refresh(): Promise<void> {
    const offers = await this.#store.releaseOffers.list();
    if (JSON.stringify(offers) !== JSON.stringify(this.#offers)) this.#drawn.clear();
    this.#offers = offers;
  }

  /** Version that is offered to anyone at all; undefined when none is, or its files are gone. */
  offeredVersion(): string | undefined {
    const version = this.#offers[0]?.version;
    return version === undefined || this.#shelf.signed(version) === undefined ? undefined : version;
  }

  /** The signed manifest for a machine; undefined when it is not its turn. */
  async releaseFor({ agencyCode, machineId }: MachineKey): Promise<string | undefined> {
    const version = this.offeredVersion();
    const offer =
      this.#offers.find((one) => one.agencyCode === agencyCode) ??
      this.#offers.find((one) => one.agencyCode === undefined);
    if (version === undefined || offer === undefined) return undefined;
    const staged = this.#drawn.get(agencyCode) ?? (await this.#draw(agencyCode, offer));
    return staged.has(machineId) ? this.#shelf.signed(version) : undefined;
  }

  /** One file of the version that is offered; undefined for any other version. */
  open(version: string, name: string): PackedFile | undefined {
    return version === this.offeredVersion() ? this.#shelf.open(version, name) : undefined;
  }

  async #draw(agencyCode: string, offer: ReleaseOffer): Promise<ReadonlySet<string>> {
    const staged = stagedMachines(await this.#store.machines.idsInUse(agencyCode), offer);
    this.#drawn.set(agencyCode, staged);
    return staged;
  }
}
