import { SLOT_MS } from '#shared/protocol.ts';

/** Five-minute slots of a day. */
export const SLOTS_PER_DAY = 86_400_000 / SLOT_MS;

const BYTE_COUNT = SLOTS_PER_DAY / 8;

/** A set of slots of one day, kept as 288 bits. */
export class SlotSet {
  readonly #bits: Uint8Array;

  private constructor(bits: Uint8Array) {
    this.#bits = bits;
  }

  /** A set without any slot. */
  static empty(): SlotSet {
    return new SlotSet(new Uint8Array(BYTE_COUNT));
  }

  /** Reads what {@link toText} printed. */
  static fromText(text: string): SlotSet {
    const bits = new Uint8Array(BYTE_COUNT);
    bits.set(Buffer.from(text, 'hex').subarray(0, BYTE_COUNT));
    return new SlotSet(bits);
  }

  /** 72 hexadecimal digits. */
  toText(): string {
    return Buffer.from(this.#bits).toString('hex');
  }

  /** @param slot 0 to 287 */
  add(slot: number): void {
    this.#bits[slot >> 3] = (this.#bits[slot >> 3] ?? 0) | (1 << (slot & 7));
  }

  /** @param slot 0 to 287 */
  has(slot: number): boolean {
    return ((this.#bits[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0;
  }

  /** Number of slots from `first` to 287 that are in the set. */
  countFrom(first: number): number {
    let count = 0;
    for (let slot = Math.max(first, 0); slot < SLOTS_PER_DAY; slot += 1) count += this.has(slot) ? 1 : 0;
    return count;
  }
}
