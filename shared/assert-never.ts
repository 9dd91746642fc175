/**
 * Ends a `switch` over a closed union: the compiler refuses it while a case is missing.
 *
 * @throws {TypeError} when a value outside the union arrives at run time.
 */
export function assertNever(value: never): never {
  throw new TypeError(`Unexpected value: current value is "${String(value)}"`);
}
