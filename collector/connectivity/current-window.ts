/** Report intervals within which an attempt on a network decides its current result. */
const CURRENT_REPORTS = 3;

/** Age up to which an attempt decides the current result of a network, in milliseconds. */
export function currentWindowMs({ reportMs }: { readonly reportMs: number }): number {
  return CURRENT_REPORTS * reportMs;
}
