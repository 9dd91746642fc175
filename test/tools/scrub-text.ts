import { isIPv6 } from 'node:net';

/** Turns what belongs to a machine or its people into something that belongs to nobody. */
export type Scrub = (text: string) => string;

const DOCUMENTATION_NETWORKS = ['192.0.2', '198.51.100', '203.0.113'];
const IPV4 = /(?<![\w.+~:-])(\d{1,3}\.\d{1,3}\.\d{1,3})\.(\d{1,3})(?![\w.+~-])/g;
const IPV6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/gi;
const MAC = /(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])/gi;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
/** Accounts of Windows, of a domain or of the cloud; the numbers in them name the machine or the organisation. */
const ACCOUNT_SID = /\bS-1-(?:5-21|12-1)(?:-\d+)+/g;
/** An IPv4 address as the kernel prints it in /proc/net: a 32-bit word in host byte order. */
const KERNEL_WORD = /(?<![0-9A-Fa-f])[0-9A-F]{8}(?![0-9A-Fa-f])/g;
/** An IPv6 address there: 128 bits in network byte order. */
const KERNEL_ADDRESS6 = /(?<![0-9A-Fa-f])[0-9a-f]{32}(?![0-9A-Fa-f])/g;
/** Networks everybody or nobody has: unspecified, loopback, link-local, documentation, masks and groups. */
const EVERYBODYS = /^(?:0|127|169\.254|22[4-9]|2[3-5]\d|192\.0\.2|198\.51\.100|203\.0\.113)(?:\.|$)/;
/** The same for IPv6, in the form of RFC 5952. */
const EVERYBODYS6 = /^(?:fe80:|ff..:|::1?$|2001:db8:)/;

/**
 * Makes a scrubber that gives the same stand-in to the same original, so that a recording stays consistent.
 *
 * IPv4 networks of 24 bits become the documentation networks and keep the last number; IPv6 and MAC addresses and
 * UUIDs and accounts of Windows are numbered. Dotted version numbers keep their form only where they cannot be addresses.
 *
 * @param secrets texts to replace wherever they stand (host and user names, serial numbers), with their stand-ins
 */
export function createScrub(secrets: ReadonlyMap<string, string>): Scrub {
  const networks = new Map<string, string>();
  const network = standIns(networks, (index) => DOCUMENTATION_NETWORKS[index % 3] ?? '192.0.2');
  const address6 = standIns(new Map(), (index) => `2001:db8::${(index + 1).toString(16)}`);
  const mac = standIns(new Map(), (index) => `00:00:5e:00:53:${index.toString(16).padStart(2, '0')}`);
  const uuid = standIns(new Map(), (index) => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`);
  const account = standIns(new Map(), (index) => `S-1-5-21-1-2-3-${1_001 + index}`);
  const longestFirst = [...secrets]
    .toSorted(([a], [b]) => b.length - a.length)
    // A name that is part of a longer word ("vm" in "vmlinuz") is another word.
    .map(([secret, standIn]) => ({ pattern: new RegExp(`(?<!\\w)${RegExp.escape(secret)}(?!\\w)`, 'g'), standIn }));
  const scrubIPv4 = (whole: string, start: string, last: string) =>
    EVERYBODYS.test(start) || Math.max(...whole.split('.').map(Number)) > 255 ? whole : `${network(start)}.${last}`;
  return (text) => {
    const named = longestFirst.reduce((rest, { pattern, standIn }) => rest.replaceAll(pattern, standIn), text);
    return named
      .replaceAll(ACCOUNT_SID, account)
      .replaceAll(UUID, (found) => uuid(found.toLowerCase()))
      .replaceAll(MAC, (found) => (/^(?:00:){5}00$|^(?:ff:){5}ff$/i.test(found) ? found : mac(found.toLowerCase())))
      .replaceAll(IPV6, (found) => {
        const address = isIPv6(found) ? canonicalIPv6(found) : undefined;
        return address === undefined || EVERYBODYS6.test(address) ? found : address6(address);
      })
      .replaceAll(IPV4, scrubIPv4);
  };
}

/**
 * Scrubs a table of /proc/net, whose addresses are hexadecimal words.
 *
 * Tables of IPv6 hold flags and metrics that look like IPv4 addresses, so the file says what its words mean.
 */
export function scrubKernelTable(path: string, text: string, scrub: Scrub): string {
  if (path.endsWith('6') || path.includes('ipv6'))
    return text.replaceAll(KERNEL_ADDRESS6, (word) => scrubWord6(word, scrub));
  return text.replaceAll(KERNEL_WORD, (word) => {
    const bytes = (word.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).toReversed();
    const scrubbed = scrub(bytes.join('.')).split('.').map(Number).toReversed();
    return scrubbed.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
  });
}

function scrubWord6(word: string, scrub: Scrub): string {
  const address = canonicalIPv6((word.match(/.{4}/g) ?? []).join(':'));
  const scrubbed = scrub(address);
  if (scrubbed === address) return word;
  // A stand-in is 2001:db8::N.
  return `20010db8${scrubbed.slice('2001:db8::'.length).padStart(24, '0')}`;
}

/** The one spelling of an IPv6 address that RFC 5952 recommends. */
function canonicalIPv6(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}

function standIns(known: Map<string, string>, make: (index: number) => string): (original: string) => string {
  return (original) => {
    const standIn = known.get(original) ?? make(known.size);
    known.set(original, standIn);
    return standIn;
  };
}
