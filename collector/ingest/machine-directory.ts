import { LRUCache } from 'lru-cache';
import { TramdoError } from '#shared/errors.ts';
import { importPublicKey } from '#shared/signature.ts';
import type { FormerKey } from '../store/machine-conflict-store.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';

/** A machine that may report, with the key it signs with. */
export interface KnownMachine extends MachineKey {
  readonly verificationKey: CryptoKey;
  /** From when on it counts for its agency, since it joined or was moved there, epoch milliseconds. */
  readonly countsSinceMs: number;
}

/** How long a retirement by a command beside the server may go unnoticed, in milliseconds. */
const REMEMBERED_MS = 5_000;

const MAX_REMEMBERED = 20_000;

/** A key that a machine had before it joined again. */
export interface KnownFormerKey extends Pick<FormerKey, 'publicKey' | 'hostname' | 'replacedAtMs' | 'standsFor'> {
  readonly verificationKey: CryptoKey;
}

/** Knows machines by their id and remembers them for a few seconds. */
export class MachineDirectory {
  readonly #store: Pick<Store, 'machines' | 'conflicts'>;
  readonly #known = new LRUCache<string, KnownMachine>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });
  readonly #former = new LRUCache<string, readonly KnownFormerKey[]>({ max: MAX_REMEMBERED, ttl: REMEMBERED_MS });

  constructor(store: Pick<Store, 'machines' | 'conflicts'>) {
    this.#store = store;
  }

  /**
   * Finds a machine that may report.
   *
   * @throws {TramdoError} MACHINE_UNKNOWN, MACHINE_RETIRED, and what the store throws
   */
  async find(machineId: string): Promise<KnownMachine> {
    const remembered = this.#known.get(machineId);
    if (remembered !== undefined) return remembered;
    const machine = await this.#store.machines.find(machineId);
    if (machine === undefined) {
      throw new TramdoError('MACHINE_UNKNOWN', `Cannot find the machine "${machineId.slice(0, 64)}"`);
    }
    if (machine.retiredAtMs !== undefined) {
      throw new TramdoError(
        'MACHINE_RETIRED',
        `Cannot accept anything of the machine "${machineId}" as it was retired`,
      );
    }
    const verificationKey = await importPublicKey(machine.publicKey);
    const { agencyCode, enrolledAtMs, movedSinceMs = 0 } = machine;
    const countsSinceMs = Math.max(enrolledAtMs, movedSinceMs);
    const known = { agencyCode, machineId, verificationKey, countsSinceMs };
    this.#known.set(machineId, known);
    return known;
  }

  /** Keys that a machine had before, newest first; asked for only when its own does not fit. */
  async formerKeys(machineId: string): Promise<readonly KnownFormerKey[]> {
    const remembered = this.#former.get(machineId);
    if (remembered !== undefined) return remembered;
    const keys = await this.#store.conflicts.formerKeys(machineId);
    const known = await Promise.all(
      keys.map(async (key) => ({ ...key, verificationKey: await importPublicKey(key.publicKey) })),
    );
    this.#former.set(machineId, known);
    return known;
  }

  /** Forgets a machine whose key or standing has changed. */
  forget(machineId: string): void {
    this.#known.delete(machineId);
    this.#former.delete(machineId);
  }
}
