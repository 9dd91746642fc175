/** Holds this thread for so many milliseconds: for what SQLite answers at once with a lock that ends soon. */
export function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
