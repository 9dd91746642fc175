import { LRUCache } from 'lru-cache';
import type { Store } from '../store/store.ts';
import type { Principal } from './principal.ts';

/** How long one refusal stands for its repetitions, in milliseconds. */
const NOTED_MS = 3_600_000;

/** Writes down who asked for another agency's things: one line a principal, thing and hour, so that no disk fills. */
export class RefusalNotes {
  readonly #store: Pick<Store, 'agencies' | 'audit'>;
  readonly #nowMs: () => number;
  readonly #notedAtMs = new LRUCache<string, number>({ max: 10_000 });

  constructor(store: Pick<Store, 'agencies' | 'audit'>, nowMs: () => number) {
    this.#store = store;
    this.#nowMs = nowMs;
  }

  /**
   * Notes one refusal; a thing of an agency that was never there is no refusal, and there is no end of such names.
   *
   * @param target id of what was asked for
   * @param agencyCode the agency it belongs to
   */
  async note(by: Principal, target: string, agencyCode: string): Promise<void> {
    const atMs = this.#nowMs();
    const name = JSON.stringify([by.kind, by.id, target]);
    if ((this.#notedAtMs.get(name) ?? Number.NEGATIVE_INFINITY) > atMs - NOTED_MS) return;
    if ((await this.#store.agencies.find(agencyCode)) === undefined) return;
    this.#notedAtMs.set(name, atMs);
    await this.#store.audit.append({
      atMs,
      actor: by,
      action: 'access.refuse',
      target,
      agencyCode,
      detail: { role: by.role },
    });
  }
}
