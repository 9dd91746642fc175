import { SLOTS_PER_DAY } from './slot-set.ts';

/** Largest count that is kept of a slot. */
const MOST = 255;

/** How often something was counted in each slot of one day; mostly nothing was, which costs nothing. */
export class SlotCounts {
  /** What is left of the text while nobody has asked. */
  #text: string;
  #counts: Uint8Array | undefined;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Nothing counted. */
  static none(): SlotCounts {
    return new SlotCounts('');
  }

  /** Reads what {@link toText} printed. */
  static fromText(text: string): SlotCounts {
    return new SlotCounts(text);
  }

  /** The first slot with a count, a colon, and two hexadecimal digits a slot up to the last one; empty for none. */
  toText(): string {
    if (this.#counts === undefined) return this.#text;
    const first = this.#counts.findIndex((count) => count > 0);
    const last = this.#counts.findLastIndex((count) => count > 0);
    return first < 0 ? '' : `${first}:${Buffer.from(this.#counts.subarray(first, last + 1)).toString('hex')}`;
  }

  /** Counts one more in a slot; 255 stands for as many or more. @param slot 0 to 287 */
  add(slot: number): void {
    const counts = this.#read();
    counts[slot] = Math.min((counts[slot] ?? 0) + 1, MOST);
  }

  /** What was counted in a slot, at most 255. @param slot 0 to 287 */
  at(slot: number): number {
    return this.#counts === undefined && this.#text === '' ? 0 : (this.#read()[slot] ?? 0);
  }

  #read(): Uint8Array {
    if (this.#counts === undefined) {
      this.#counts = new Uint8Array(SLOTS_PER_DAY);
      const [first = '', digits = ''] = this.#text.split(':');
      const offset = Math.min(Number.parseInt(first, 10), SLOTS_PER_DAY);
      if (digits !== '') this.#counts.set(Buffer.from(digits, 'hex').subarray(0, SLOTS_PER_DAY - offset), offset);
      this.#text = '';
    }
    return this.#counts;
  }
}
