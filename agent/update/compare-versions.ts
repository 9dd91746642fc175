/** A release version: three numbers without leading zeros (semver.org section 2); nothing behind them. */
const VERSION = /^(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})$/;

/** Tells whether a text is a version that can be compared. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/**
 * Compares two versions number by number: below 0 when the first is older, above 0 when it is newer.
 *
 * The launcher and the resident process need it, so that no library comes along for three numbers.
 *
 * @throws {RangeError} when a text is no version
 */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [numbersOf(first), numbersOf(second)];
  const index = a.findIndex((number, position) => number !== b[position]);
  return index === -1 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

function numbersOf(text: string): readonly number[] {
  const match = VERSION.exec(text);
  if (match === null) throw new RangeError(`Cannot compare a version: current value is "${text}"`);
  return match.slice(1).map(Number);
}
