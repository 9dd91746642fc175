import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { debianProgram } from '../debian-program.ts';

const IP = '/usr/sbin/ip';

/** Where `ip netns exec` looks for files that a host has of its own (ip-netns(8)). */
const OWN_FILES = '/etc/netns';

/** Of every bridge, as none sees another one: locally administered (IEEE 802, section 8.2). */
const BRIDGE_ADDRESS = '02:00:00:00:00:01';

/**
 * Hosts of a test, each a network namespace of its own, joined by pairs of virtual interfaces. Nothing leads out of
 * them. Only root can make them.
 */
export class TestHosts {
  readonly #prefix = `tramdo${process.pid}-`;
  readonly #names: string[] = [];

  /** Makes a host with nothing but loopback; `nameServer` is the one its resolver asks. */
  add(name: string, options: { readonly isRouter?: boolean; readonly nameServer?: string } = {}): void {
    debianProgram(IP, 'iproute2');
    const space = this.space(name);
    if (options.nameServer !== undefined) {
      mkdirSync(`${OWN_FILES}/${space}`, { recursive: true });
      writeFileSync(
        `${OWN_FILES}/${space}/resolv.conf`,
        `nameserver ${options.nameServer}\noptions timeout:1 attempts:2\n`,
      );
    }
    this.#names.push(name);
    ip('netns', 'add', space);
    this.run(name, 'ip', 'link', 'set', 'lo', 'up');
    if (options.isRouter === true) this.run(name, 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1');
  }

  /** Name of the namespace of a host. */
  space(name: string): string {
    return `${this.#prefix}${name}`;
  }

  /** Runs a program on a host to its end and gives what it printed. */
  run(name: string, ...argv: readonly string[]): string {
    return execFileSync(IP, ['netns', 'exec', this.space(name), ...argv], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30_000,
    });
  }

  /** Joins two hosts; each end has the name of the host at the other end, and an address in CIDR notation or none. */
  join(left: string, right: string, addresses: { readonly left?: string; readonly right?: string }): void {
    const ends = ['type', 'veth', 'peer', 'name', left, 'netns', this.space(right)];
    this.run(left, 'ip', 'link', 'add', right, ...ends);
    this.#address(left, right, addresses.left);
    this.#address(right, left, addresses.right);
  }

  /** Puts ends of a router into one local network with this address, CIDR notation. */
  bridge(router: string, ends: readonly string[], address: string): void {
    // By default it has the lowest of its ends' addresses, and neighbours lose their gateway for a while when that one
    // is taken away.
    this.run(router, 'ip', 'link', 'add', 'lan', 'address', BRIDGE_ADDRESS, 'type', 'bridge');
    for (const end of ends) this.run(router, 'ip', 'link', 'set', end, 'master', 'lan');
    this.#address(router, 'lan', address);
  }

  /** Adds a route of a host; `default` leads everywhere. */
  route(name: string, destination: string, gateway: string): void {
    this.run(name, 'ip', 'route', 'add', destination, 'via', gateway);
  }

  /** Replaces the packet filter of a host (nft(8)); without a text nothing is filtered any more. */
  filter(name: string, rules = ''): void {
    debianProgram('/usr/sbin/nft', 'nftables');
    this.run(name, 'nft', `flush ruleset; ${rules}`);
  }

  /** Takes every host away again. */
  remove(): void {
    for (const name of this.#names.toReversed()) {
      ip('netns', 'delete', this.space(name));
      rmSync(`${OWN_FILES}/${this.space(name)}`, { recursive: true, force: true });
    }
    this.#names.length = 0;
  }

  #address(name: string, end: string, address: string | undefined): void {
    if (address !== undefined) this.run(name, 'ip', 'address', 'add', address, 'dev', end);
    this.run(name, 'ip', 'link', 'set', end, 'up');
  }
}

/** Tells whether this process may make hosts; a test that needs them fails with the reason. */
export function requireRoot(): void {
  if (process.getuid?.() === 0 && existsSync('/proc/self/ns/net')) return;
  throw new Error('Hosts of a test are network namespaces, which only root can make: run the tests as root');
}

function ip(...argv: readonly string[]): void {
  execFileSync(IP, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
}
