/**
 * Turns eight hexadecimal digits of `/proc/net/route` into an IPv4 address.
 *
 * The kernel prints the word in host byte order, so `010200C0` is 192.0.2.1 on a little-endian machine; big-endian
 * ones are not supported. Undefined for anything else.
 */
export function formatIpv4(hex: string): string | undefined {
  if (!/^[0-9a-f]{8}$/i.test(hex)) return undefined;
  return [6, 4, 2, 0].map((start) => Number.parseInt(hex.slice(start, start + 2), 16)).join('.');
}

/** Turns the 32 hexadecimal digits the kernel prints into an IPv6 address as RFC 5952 writes it; undefined for anything else. */
export function formatIpv6(hex: string): string | undefined {
  if (!/^[0-9a-f]{32}$/i.test(hex)) return undefined;
  const groups = Array.from({ length: 8 }, (_, index) => Number.parseInt(hex.slice(index * 4, index * 4 + 4), 16));
  const text = groups.map((group) => group.toString(16)).join(':');
  const zeros = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)].map(([run]) => run);
  // The longest run of zeros is folded, the first of equals.
  const [longest] = zeros.toSorted((left, right) => right.length - left.length);
  if (longest === undefined) return text;
  const start = zeroRunStart(text, longest);
  const head = text.slice(0, start).replace(/:$/, '');
  const tail = text.slice(start + longest.length).replace(/^:/, '');
  return `${head}::${tail}`;
}

/** A run is found between colons or ends only: the 0 of `10` is none. */
function zeroRunStart(text: string, run: string): number {
  return new RegExp(`(?<![^:])${run}(?![^:])`).exec(text)?.index ?? 0;
}
