import { type NetworkInterface, parseMac, sortAddresses } from './network-interface.ts';
import type { WindowsNetworkFacts } from './windows.ts';
import { windowsCidr } from './windows-address.ts';

const MAX_INTERFACES = 64;
/** InterfaceType, an ifType of IANA: Ethernet, loopback, PPP, virtual, Wi-Fi, tunnel, mobile (GSM, CDMA). */
const IF_ETHERNET = 6;
const IF_LOOPBACK = 24;
const IF_WIFI = 71;
const TUNNEL_TYPES = new Set([23, 53, 131]);
const MOBILE_TYPES = new Set([243, 244]);
/** NdisPhysicalMedium of MSFT_NetAdapter: wireless LAN, wireless WAN, native 802.11, Bluetooth. */
const MEDIUM_KINDS: Readonly<Record<number, NetworkInterface['kind']>> = {
  1: 'wifi',
  8: 'mobile',
  9: 'wifi',
  10: 'other',
};
/** Networks of virtual machines that live on this PC alone, and the loopback adapter. */
const OWN_NETWORKS = /^(?:\*vmnetadapter|sun_vboxnet|\*msloop|vms_mp)/i;
/** Adapters of VPN clients; they call themselves Ethernet. */
const VPN_ADAPTERS = /tap|tun|vpn|vnic|wireguard|wintun|anyconnect|vpnva|jnprva|pangp/i;
/** InterfaceOperationalStatus and NetConnectionStatus of an adapter with a line. */
const OPERATIONAL_UP = 1;
const CONNECTED = 2;
/** Drivers answer with the largest number of 64 bits for "not known". */
const MAX_SPEED_MBPS = 1_600_000;

type Adapter = WindowsNetworkFacts['adapters'][number];
type Card = WindowsNetworkFacts['cards'][number];

/**
 * Interfaces sorted by name: of MSFT_NetAdapter, or of Win32_NetworkAdapter where that one gave none. Loopback and the
 * inner networks of virtual machines are left out, unless they hold the way out, as the switch of Hyper-V may.
 */
export function describeWindowsInterfaces(found: WindowsNetworkFacts): NetworkInterface[] {
  const own =
    found.adapters.length > 0
      ? found.adapters.filter((one) => isOwn(one, found)).map((one) => ofAdapter(one, found))
      : found.cards.map((one) => ofCard(one, found));
  return (
    own
      .filter(({ name }) => name !== '')
      // With too many the connected ones are worth more than the empty sockets.
      .toSorted((left, right) => Number(right.isUp) - Number(left.isUp) || (left.name < right.name ? -1 : 1))
      .slice(0, MAX_INTERFACES)
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
  );
}

function isOwn({ interfaceType, componentId = '', index }: Adapter, { configurations }: WindowsNetworkFacts): boolean {
  if (interfaceType === IF_LOOPBACK) return false;
  const isWayOut = configurations.some((one) => one.index === index && one.gateways.length > 0);
  return isWayOut || !OWN_NETWORKS.test(componentId);
}

function ofAdapter(adapter: Adapter, found: WindowsNetworkFacts): NetworkInterface {
  const kind = kindOf(adapter);
  return interfaceOf(adapter, found, {
    kind,
    mac: macOf(adapter.mac) ?? macOf(adapter.permanentMac),
    isUp: adapter.operationalStatus === OPERATIONAL_UP,
  });
}

function ofCard(card: Card, found: WindowsNetworkFacts): NetworkInterface {
  // Win32_NetworkAdapter calls Wi-Fi Ethernet as well, so that a kind is only what it cannot be wrong about.
  const isVpn = card.isPhysical !== true && VPN_ADAPTERS.test(card.deviceId ?? '');
  const kind = isVpn ? 'tunnel' : 'other';
  return interfaceOf(card, found, { kind, mac: macOf(card.mac), isUp: card.status === CONNECTED });
}

function kindOf({ interfaceType = 0, medium = 0, componentId = '', isVirtual, isHardware }: Adapter) {
  if (MOBILE_TYPES.has(interfaceType)) return 'mobile';
  if (TUNNEL_TYPES.has(interfaceType)) return 'tunnel';
  if (isVirtual === true && isHardware !== true && VPN_ADAPTERS.test(componentId)) return 'tunnel';
  const byMedium = MEDIUM_KINDS[medium];
  if (byMedium !== undefined) return byMedium;
  if (interfaceType === IF_WIFI) return 'wifi';
  return interfaceType === IF_ETHERNET && isVirtual !== true ? 'ethernet' : 'other';
}

function interfaceOf(
  { name, index, speed }: Pick<Adapter, 'name' | 'index' | 'speed'>,
  { configurations }: WindowsNetworkFacts,
  { kind, mac, isUp }: { kind: NetworkInterface['kind']; mac: string | undefined; isUp: boolean },
): NetworkInterface {
  const own = configurations.filter((one) => index !== undefined && one.index === index);
  const addresses = own.flatMap(({ addresses: list, masks }) =>
    list.flatMap((address, at) => windowsCidr(address, masks[at] ?? '') ?? []),
  );
  const speedMbps = Math.round((speed ?? 0) / 1_000_000);
  // Radios change their speed all the time, and a virtual adapter's is made up.
  const hasSpeed = kind === 'ethernet' && isUp && speedMbps > 0 && speedMbps <= MAX_SPEED_MBPS;
  return {
    name: (name ?? '').slice(0, 64),
    kind,
    ...(mac === undefined ? {} : { mac }),
    isUp,
    addresses: sortAddresses(addresses),
    ...(hasSpeed ? { speedMbps } : {}),
  };
}

/** MSFT_NetAdapter writes an address without separators, Win32_NetworkAdapter with colons. */
function macOf(text: string | undefined): string | undefined {
  const digits = text?.replace(/[:-]/g, '') ?? '';
  return digits.length === 12 ? parseMac(digits.match(/../g)?.join(':')) : undefined;
}
