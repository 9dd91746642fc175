import { bucketRttMs, mergeHistograms, type RttHistogram } from '#shared/rtt-histogram.ts';

/** Buckets are numbers of at most three digits with a sign, see the schema of reports. */
const MOST_BUCKET = 999;

const QUOTE = 0x22;
const MINUS = 0x2d;
const ZERO = 0x30;

/** The round-trip times of one day, kept as their text until somebody asks: a month of a province has 36,000 of them. */
export class RttCounts {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  /** Nothing counted. */
  static none(): RttCounts {
    return new RttCounts('{}');
  }

  /** Reads what {@link toText} printed. */
  static fromText(text: string): RttCounts {
    return new RttCounts(text);
  }

  /** These times and those of one more histogram. */
  with(histogram: RttHistogram): RttCounts {
    return new RttCounts(JSON.stringify(mergeHistograms([this.toHistogram(), histogram])));
  }

  /** The histogram as JSON. */
  toText(): string {
    return this.#text;
  }

  /** Successes by bucket. */
  toHistogram(): RttHistogram {
    const histogram: RttHistogram = JSON.parse(this.#text);
    return histogram;
  }
}

/** Adds round-trip times of many days up and takes quantiles; to be used again after {@link clear}. */
export class RttSum {
  readonly #counts = new Float64Array(2 * MOST_BUCKET + 1);
  #total = 0;
  /** Places of the lowest and the highest bucket with a count. */
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  /** Forgets everything. */
  clear(): void {
    if (this.#total > 0) this.#counts.fill(0, this.#first, this.#last + 1);
    this.#total = 0;
    this.#first = Number.POSITIVE_INFINITY;
    this.#last = Number.NEGATIVE_INFINITY;
  }

  /** Adds the times of one day. */
  add(day: RttCounts): void {
    const text = day.toText();
    // Read by hand, as `{"12":3,"-4":1}` is all there can be: a parser would make an object for each of 36,000 days.
    let at = 1;
    while (text.charCodeAt(at) === QUOTE) {
      const sign = text.charCodeAt(at + 1) === MINUS ? -1 : 1;
      at += sign < 0 ? 2 : 1;
      let bucket = 0;
      for (; text.charCodeAt(at) !== QUOTE; at += 1) bucket = bucket * 10 + text.charCodeAt(at) - ZERO;
      at += 2;
      let count = 0;
      for (let digit = text.charCodeAt(at) - ZERO; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - ZERO) {
        count = count * 10 + digit;
        at += 1;
      }
      at += 1;
      const place = sign * bucket + MOST_BUCKET;
      this.#counts[place] = (this.#counts[place] ?? 0) + count;
      this.#total += count;
      if (place < this.#first) this.#first = place;
      if (place > this.#last) this.#last = place;
    }
  }

  /** The `quantile` (0 to 1) in milliseconds, as histogramQuantileMs() gives it; undefined when nothing was counted. */
  quantileMs(quantile: number): number | undefined {
    if (this.#total === 0) return undefined;
    let seen = 0;
    for (let place = this.#first; place < this.#last; place += 1) {
      const count = this.#counts[place] ?? 0;
      seen += count;
      if (count > 0 && seen >= quantile * this.#total) return bucketRttMs(place - MOST_BUCKET);
    }
    return bucketRttMs(this.#last - MOST_BUCKET);
  }
}
