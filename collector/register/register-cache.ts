import type { RegisterStore } from '../store/register-store.ts';
import { type RegisterFacts, type RegisterState, registerAt } from './register-state.ts';

/** Days whose state is held at a time: those of a few indicator tables beside each other. */
const MAX_DAYS = 16;

/** How often facts are read again when they change under the reader. */
const MAX_READS = 5;

interface Held {
  readonly changeCount: number;
  readonly facts: RegisterFacts;
  readonly states: Map<string, RegisterState>;
}

/** The register in memory, as new as the number of changes in the store, whichever process made them. */
export class RegisterCache {
  readonly #register: Pick<RegisterStore, 'changeCount' | 'facts'>;
  #held: Held | undefined;

  constructor(register: Pick<RegisterStore, 'changeCount' | 'facts'>) {
    this.#register = register;
  }

  /** Everything that was ever declared. */
  async facts(): Promise<RegisterFacts> {
    return (await this.#current()).facts;
  }

  /** The register on a day `yyyy-mm-dd`. */
  async state(day: string): Promise<RegisterState> {
    const { facts, states } = await this.#current();
    const known = states.get(day);
    if (known !== undefined) return known;
    const state = registerAt(facts, day);
    const [oldest] = states.keys();
    if (states.size >= MAX_DAYS && oldest !== undefined) states.delete(oldest);
    states.set(day, state);
    return state;
  }

  /** The facts as a transaction sees them; what it reads may yet be rolled back, so it is not held. */
  async factsWithin(transaction: Pick<RegisterStore, 'changeCount' | 'facts'>): Promise<RegisterFacts> {
    const held = this.#held;
    if (held !== undefined && (await transaction.changeCount()) === held.changeCount) return held.facts;
    return transaction.facts();
  }

  async #current(): Promise<Held> {
    const register = this.#register;
    let changeCount = await register.changeCount();
    if (this.#held?.changeCount === changeCount) return this.#held;
    // Facts are read by several statements: the same count before and after says that they belong together.
    for (let readsLeft = MAX_READS; ; readsLeft -= 1) {
      const read: Held = { changeCount, facts: await register.facts(), states: new Map() };
      changeCount = await register.changeCount();
      if (changeCount === read.changeCount) {
        this.#held = read;
        return read;
      }
      if (readsLeft <= 1) return read;
    }
  }
}
