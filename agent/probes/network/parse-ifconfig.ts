import { type NetworkInterface, parseMac, sortAddresses } from './network-interface.ts';

/** Loopback, helpers of AirDrop, hotspot, the debugger and the T2, tunnels the kernel makes unasked, and bridges of virtual machines. */
const LEFT_OUT = /^(?:lo|gif|stf|awdl|llw|nan|ap|anpi|p2p|pktap|iptap|XHC|VHC|ir|rvi|vmenet|bridge|feth|utap)\d*$/;
const TUNNEL = /^(?:utun|ipsec|ppp|tun|tap|wg)\d+$/;
const KINDS: Readonly<Record<string, NetworkInterface['kind']>> = {
  'Wi-Fi': 'wifi',
  Ethernet: 'ethernet',
  Cellular: 'mobile',
};
/** Bit of an address that nobody burnt in: macOS draws such ones for wireless networks. */
const LOCALLY_ADMINISTERED = 0x02;

/**
 * Reads `ifconfig -a -v` of macOS (ifconfig(8), network_cmds): the interfaces that lead out, sorted by name. Words of
 * it are the same in every language.
 *
 * Ports that Thunderbolt Bridge owns are left out, and tunnels without an address others can reach, of which the system
 * keeps several for itself. An address that was drawn for one wireless network is no hardware address. Link-local
 * addresses are left out, and temporary ones (RFC 8981), which change by themselves every day.
 */
export function parseIfconfig(printed: string): NetworkInterface[] {
  const blocks = printed.split(/^(?=[A-Za-z]\w*: flags=)/m);
  const members = new Set(
    blocks.flatMap((block) => [...block.matchAll(/^\s+member: (\w+)/gm)].map(([, name]) => name)),
  );
  return blocks
    .flatMap(readBlock)
    .filter(({ name, kind, addresses }) => !members.has(name) && (kind !== 'tunnel' || addresses.length > 0))
    .toSorted((left, right) => (left.name < right.name ? -1 : 1));
}

function readBlock(block: string): NetworkInterface[] {
  const [, name, flags = ''] = /^(\w+): flags=\w+<([^>]*)>/.exec(block) ?? [];
  if (name === undefined || name.length > 64 || LEFT_OUT.test(name)) return [];
  const line = (label: string) => new RegExp(`^\\s+${label}:? (.*)$`, 'm').exec(block)?.[1]?.trim();
  const kind = kindOf(name, line('type'));
  const status = line('status');
  const isUp = status === undefined ? /\bRUNNING\b/.test(flags) : status === 'active';
  const mac = burntIn(parseMac(line('ether')), kind);
  const speedMbps = isUp && kind === 'ethernet' ? speedOf(line('media') ?? '') : undefined;
  return [
    {
      name,
      kind,
      ...(mac === undefined ? {} : { mac }),
      isUp,
      addresses: sortAddresses([...block.matchAll(/^\s+(inet6?) (.*)$/gm)].flatMap(addressOf)),
      ...(speedMbps === undefined ? {} : { speedMbps }),
    },
  ];
}

function kindOf(name: string, type: string | undefined): NetworkInterface['kind'] {
  if (TUNNEL.test(name)) return 'tunnel';
  return KINDS[type ?? ''] ?? 'other';
}

function burntIn(mac: string | undefined, kind: NetworkInterface['kind']): string | undefined {
  const isDrawn = kind === 'wifi' && (Number.parseInt(mac?.slice(0, 2) ?? '0', 16) & LOCALLY_ADMINISTERED) !== 0;
  return isDrawn ? undefined : mac;
}

/** `inet 192.0.2.7 netmask 0xffffff00 broadcast …`, `inet6 2001:db8::7 prefixlen 64 autoconf secured`. */
function addressOf([, family, rest = '']: RegExpMatchArray): string[] {
  const address = /^[0-9a-fA-F.:]+(?=[\s%]|$)/.exec(rest)?.[0];
  if (address === undefined || /^(?:fe80:|169\.254\.|127\.|::1$)/i.test(address)) return [];
  if (/\b(?:temporary|deprecated|tentative|duplicated|detached)\b/.test(rest)) return [];
  if (family === 'inet6') {
    const prefix = /\bprefixlen (\d{1,3})\b/.exec(rest)?.[1];
    return prefix === undefined ? [] : [`${address}/${prefix}`];
  }
  const mask = /\bnetmask 0x([0-9a-f]{8})\b/i.exec(rest)?.[1];
  return mask === undefined ? [] : [`${address}/${bitCount(Number.parseInt(mask, 16))}`];
}

function bitCount(mask: number): number {
  return mask.toString(2).replaceAll('0', '').length;
}

/** `autoselect (1000baseT <full-duplex>)`, `autoselect (2500Base-T …)`, `autoselect (10Gbase-T …)`. */
function speedOf(media: string): number | undefined {
  const [, amount, giga] = /\((\d{1,6})(G?)base/i.exec(media) ?? [];
  return amount === undefined || Number(amount) === 0 ? undefined : Number(amount) * (giga === '' ? 1 : 1_000);
}
