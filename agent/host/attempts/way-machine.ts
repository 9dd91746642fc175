import { once } from 'node:events';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { currentPlatform } from '../current-platform.ts';
import { readIfThere } from '../replace-file.ts';
import { plainAddress } from './address-ranges.ts';

/** Any port: a UDP socket that is only connected sends nothing. */
const DISCARD_PORT = 9;

/** Most that is read of a routing table, in characters: a PC has ten lines, a router may have very many. */
const MAX_TABLE_LENGTH = 262_144;

/** One address of an interface. */
export interface InterfaceAddress {
  readonly interfaceName: string;
  readonly address: string;
  /** With the length of its prefix, CIDR notation. */
  readonly cidr: string;
}

/** What the machine says of the ways out of it; nothing of it starts a process or sends a packet. */
export interface WayMachine {
  /** Every address, of loopback too. */
  interfaceAddresses(): readonly InterfaceAddress[];
  /** Text of the kernel's routing tables, `/proc/net/route` and `/proc/net/ipv6_route`; undefined beside Linux. */
  routeTables(): { readonly ipv4: string; readonly ipv6: string } | undefined;
  /** Own address the system would use for packets to `address`; undefined when there is no way. */
  sourceFor(address: string): Promise<string | undefined>;
}

/** The machine this process runs on. */
export const REAL_WAY_MACHINE: WayMachine = {
  interfaceAddresses() {
    return Object.entries(readInterfaces()).flatMap(([interfaceName, addresses = []]) =>
      addresses.flatMap(({ address, cidr }) => (cidr === null ? [] : [{ interfaceName, address, cidr }])),
    );
  },
  routeTables() {
    if (currentPlatform() !== 'linux') return undefined;
    return { ipv4: tableAt('/proc/net/route'), ipv6: tableAt('/proc/net/ipv6_route') };
  },
  async sourceFor(address) {
    const { createSocket } = await import('node:dgram');
    const socket = createSocket(isIP(address) === 6 ? 'udp6' : 'udp4');
    try {
      socket.connect(DISCARD_PORT, address);
      await once(socket, 'connect');
      return plainAddress(socket.address().address);
    } catch {
      // No route, no address of that family: there is no way.
      return undefined;
    } finally {
      socket.close();
    }
  },
};

function readInterfaces(): ReturnType<typeof networkInterfaces> {
  try {
    return networkInterfaces();
  } catch {
    // Refused by a sandbox; attempts are worth having without their path.
    return {};
  }
}

function tableAt(path: string): string {
  try {
    return readIfThere(path)?.slice(0, MAX_TABLE_LENGTH) ?? '';
  } catch {
    // Hidden by a sandbox: the next hop is not known then, the way out still is.
    return '';
  }
}
