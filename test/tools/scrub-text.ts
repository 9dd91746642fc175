import { isIPv6 } from 'node:net';

/** Turns what belongs to a machine or its people into something that belongs to nobody. */
export type Scrub = (text: string) => string;

const DOCUMENTATION_NETWORKS = ['192.0.2', '198.51.100', '203.0.113'];
const IPV4 = /(?<![\w.+~:-])(\d{1,3}\.\d{1,3}\.\d{1,3})\.(\d{1,3})(?![\w.+~-])/g;
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
const MAC = /(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/gi;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
/** An IPv4 address as the kernel prints it in /proc/net: a 32-bit word in host byte order. */
const KERNEL_WORD = /(?<![0-9A-Fa-f])[0-9A-F]{8}(?![0-9A-Fa-f])/g;
/** Networks everybody has: unspecified, loopback, link-local, masks and groups. */
const EVERYBODYS = /^(?:0|127|169\.254|22[4-9]|2[3-5]\d)(?:\.|$)/;

/**
 * Makes a scrubber that gives the same stand-in to the same original, so that a recording stays consistent.
 *
 * IPv4 networks of 24 bits become the documentation networks and keep the last number; IPv6 and MAC addresses and
 * UUIDs are numbered. Dotted version numbers keep their form only where they cannot be addresses.
 *
 * @param secrets texts to replace wherever they stand (host and user names, serial numbers), with their stand-ins
 */
export function createScrub(secrets: ReadonlyMap<string, string>): Scrub {
  const networks = new Map<string, string>();
  const network = standIns(networks, (index) => DOCUMENTATION_NETWORKS[index % 3] ?? '192.0.2');
  const address6 = standIns(new Map(), (index) => `2001:db8::${(index + 1).toString(16)}`);
  const mac = standIns(new Map(), (index) => `00:00:5e:00:53:${index.toString(16).padStart(2, '0')}`);
  const uuid = standIns(new Map(), (index) => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`);
  const longestFirst = [...secrets].toSorted(([a], [b]) => b.length - a.length);
  const scrubIPv4 = (whole: string, start: string, last: string) =>
    EVERYBODYS.test(start) || Math.max(...whole.split('.').map(Number)) > 255 ? whole : `${network(start)}.${last}`;
  return (text) => {
    const named = longestFirst.reduce((rest, [secret, standIn]) => rest.replaceAll(secret, standIn), text);
    return named
      .replaceAll(UUID, (found) => uuid(found.toLowerCase()))
      .replaceAll(MAC, (found) => (/^(?:00:){5}00$|^(?:ff:){5}ff$/i.test(found) ? found : mac(found.toLowerCase())))
      .replaceAll(IPV6, (found) => (isIPv6(found) && !/^(?:fe80|ff|::1?$)/i.test(found) ? address6(found) : found))
      .replaceAll(IPV4, scrubIPv4);
  };
}

/** Scrubs a table of /proc/net, whose addresses are hexadecimal words. */
export function scrubKernelTable(text: string, scrub: Scrub): string {
  return text.replaceAll(KERNEL_WORD, (word) => {
    const bytes = (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).toReversed();
    const scrubbed = scrub(bytes.join('.')).split('.').map(Number).toReversed();
    return scrubbed.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
  });
}

function standIns(known: Map<string, string>, make: (index: number) => string): (original: string) => string {
  return (original) => {
    const standIn = known.get(original) ?? make(known.size);
    known.set(original, standIn);
    return standIn;
  };
}
