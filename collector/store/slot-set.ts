import { SLOT_MS } from '#shared/protocol.ts';

/** Five-minute slots of a day. */
export const SLOTS_PER_DAY = 86_400_000 / SLOT_MS;

const BYTE_COUNT = SLOTS_PER_DAY / 8;

/** Number of bits of each byte. */
const BITS_OF = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** A set of slots of one day, kept as 288 bits. */
export class SlotSet {
  /** What is left of the text while nobody has asked. */
  #text: string;
  #bits: Uint8Array | undefined;

  private constructor(text: string) {
    this.#text = text;
  }

  /** A set without any slot. */
  static empty(): SlotSet {
    return new SlotSet('');
  }

  /** Reads what {@link toText} printed; an empty text is an empty set. */
  static fromText(text: string): SlotSet {
    return new SlotSet(text);
  }

  /** 72 hexadecimal digits. */
  toText(): string {
    return Buffer.from(this.#read()).toString('hex');
  }

  /** @param slot 0 to 287 */
  add(slot: number): void {
    const bits = this.#read();
    bits[slot >> 3] = (bits[slot >> 3] ?? 0) | (1 << (slot & 7));
  }

  /** @param slot 0 to 287 */
  has(slot: number): boolean {
    return ((this.#read()[slot >> 3] ?? 0) & (1 << (slot & 7))) !== 0;
  }

  /** Number of slots from `first` to 287 that are in the set. */
  countFrom(first: number): number {
    if (first >= SLOTS_PER_DAY || this.#isUnread('')) return 0;
    const bits = this.#read();
    const from = Math.max(first, 0);
    const whole = (from + 7) >> 3;
    let count = from % 8 === 0 ? 0 : (BITS_OF[(bits[from >> 3] ?? 0) >> (from & 7)] ?? 0);
    for (let index = whole; index < BYTE_COUNT; index += 1) count += BITS_OF[bits[index] ?? 0] ?? 0;
    return count;
  }

  /** The last slot before `end` that is in the set; undefined when there is none. */
  lastBefore(end: number): number | undefined {
    if (this.#isUnread('')) return undefined;
    for (let slot = Math.min(end, SLOTS_PER_DAY) - 1; slot >= 0; slot -= 1) if (this.has(slot)) return slot;
    return undefined;
  }

  #isUnread(text: string): boolean {
    return this.#bits === undefined && this.#text === text;
  }

  #read(): Uint8Array {
    if (this.#bits === undefined) {
      this.#bits = new Uint8Array(BYTE_COUNT);
      if (this.#text !== '') this.#bits.set(Buffer.from(this.#text, 'hex').subarray(0, BYTE_COUNT));
      this.#text = '';
    }
    return this.#bits;
  }
}
