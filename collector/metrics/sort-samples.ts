/** Orders things that have a code by code point, so that pages do not depend on locale or insertion. */
export function byCode(a: { readonly code: string }, b: { readonly code: string }): number {
  return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
}
