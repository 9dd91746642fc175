import type { NetworkInterface } from './network-interface.ts';

/** What `/sys/class/net/<name>` says of an interface. */
export interface InterfaceTexts {
  /** `uevent`; its DEVTYPE names what is not a plain card. */
  readonly uevent: string;
  /** `type`: the ARPHRD number of Linux include/uapi/linux/if_arp.h. */
  readonly type: string;
  /** There is a folder `wireless`. */
  readonly isWireless: boolean;
  /** `speed`, megabits per second; -1 or unreadable without a link. */
  readonly speed: string | undefined;
}

const ARPHRD_ETHER = '1';
/** Tunnels by their ARPHRD number: IPIP, IP6IP6, SIT, GRE, GRE over IPv6, and none (tun, WireGuard). */
const TUNNEL_TYPES = new Set(['768', '769', '776', '778', '823', '65534']);
const DEVTYPES: Readonly<Record<string, NetworkInterface['kind']>> = {
  wlan: 'wifi',
  wwan: 'mobile',
  tun: 'tunnel',
  vxlan: 'tunnel',
  wireguard: 'tunnel',
  // Usually a port of the board itself (DSA).
  dsa: 'ethernet',
};
/** Faster links do not exist; drivers print 4294967295 for "unknown". */
const MAX_SPEED_MBPS = 1_600_000;

/** The kind of an interface; bridges, bonds, VLANs and PPP are `other`, as they say nothing of the line below them. */
export function interfaceKindOf(texts: InterfaceTexts): NetworkInterface['kind'] {
  const devType = /^DEVTYPE=(\w+)\s*$/m.exec(texts.uevent)?.[1];
  if (devType !== undefined) return DEVTYPES[devType] ?? 'other';
  if (texts.isWireless) return 'wifi';
  const type = texts.type.trim();
  if (TUNNEL_TYPES.has(type)) return 'tunnel';
  return type === ARPHRD_ETHER ? 'ethernet' : 'other';
}

/** The speed of the link in megabits per second; only of Ethernet, as radios change theirs all the time. */
export function linkSpeedOf(texts: InterfaceTexts): number | undefined {
  if (interfaceKindOf(texts) !== 'ethernet') return undefined;
  const speedMbps = Number(/^\s*(\d{1,7})\s*$/.exec(texts.speed ?? '')?.[1] ?? 0);
  return speedMbps > 0 && speedMbps <= MAX_SPEED_MBPS ? speedMbps : undefined;
}
