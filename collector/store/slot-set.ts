import { SLOT_MS } from '#shared/protocol.ts';

/** Five-minute slots of a day. */
export const SLOTS_PER_DAY = 86_400_000 / SLOT_MS;

const BYTE_COUNT = SLOTS_PER_DAY / 8;

/** Number of bits of each byte. */
const BITS_OF = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

/** Value of each hexadecimal digit by its character code. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0);

/** A set of slots of one day, kept as 288 bits; as text until it is changed, since thousands are read for one answer. */
export class SlotSet {
  /** Two hexadecimal digits a byte, or nothing for an empty set; not looked at any more once there are bits. */
  readonly #text: string;
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
    return Buffer.from(this.#writable()).toString('hex');
  }

  /** @param slot 0 to 287 */
  add(slot: number): void {
    const bits = this.#writable();
    bits[slot >> 3] = (bits[slot >> 3] ?? 0) | (1 << (slot & 7));
  }

  /** @param slot 0 to 287 */
  has(slot: number): boolean {
    return (this.#byteAt(slot >> 3) & (1 << (slot & 7))) !== 0;
  }

  /** Number of slots from `first` to 287 that are in the set. */
  countFrom(first: number): number {
    if (first >= SLOTS_PER_DAY || this.#isNeverFilled()) return 0;
    const from = Math.max(first, 0);
    let count = from % 8 === 0 ? 0 : (BITS_OF[this.#byteAt(from >> 3) >> (from & 7)] ?? 0);
    for (let index = (from + 7) >> 3; index < BYTE_COUNT; index += 1) count += BITS_OF[this.#byteAt(index)] ?? 0;
    return count;
  }

  /** The last slot before `end` that is in the set; undefined when there is none. */
  lastBefore(end: number): number | undefined {
    if (this.#isNeverFilled()) return undefined;
    for (let slot = Math.min(end, SLOTS_PER_DAY) - 1; slot >= 0; slot -= 1) if (this.has(slot)) return slot;
    return undefined;
  }

  #isNeverFilled(): boolean {
    return this.#bits === undefined && this.#text === '';
  }

  #byteAt(index: number): number {
    if (this.#bits !== undefined) return this.#bits[index] ?? 0;
    if (2 * index + 1 >= this.#text.length) return 0;
    const high = DIGITS[this.#text.charCodeAt(2 * index)] ?? 0;
    return (high << 4) | (DIGITS[this.#text.charCodeAt(2 * index + 1)] ?? 0);
  }

  #writable(): Uint8Array {
    this.#bits ??= Uint8Array.from({ length: BYTE_COUNT }, (_, index) => this.#byteAt(index));
    return this.#bits;
  }
}
