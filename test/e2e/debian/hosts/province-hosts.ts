import { type EmulatedLine, layLine } from './emulated-line.ts';
import { TestHosts } from './test-hosts.ts';

/** Sites of the province, each an agency. */
export const SITES = [1, 2, 3] as const;

/** One of {@link SITES}. */
export type Site = (typeof SITES)[number];

/** Where things are. The Internet side has addresses that are reserved for documentation (RFC 5737). */
export const PLACES = {
  wan: '10.50.0.10',
  tslcd: '10.60.0.10',
  collector: '10.70.0.10',
  web: '203.0.113.10',
  nameServer: '203.0.113.53',
  hijacker: '198.51.100.66',
} as const;

/** Name of the web server on the Internet side. */
export const WEB_NAME = 'www.example.org';

/** Name of the host of a PC: site and number. */
export function pcName(site: Site, number: 1 | 2): string {
  return `pc${site}${number}`;
}

/** Name of the router of a site. */
export function routerName(site: Site): string {
  return `site${site}`;
}

/** The hosts, and the line of site 2 whose quality can be chosen. */
export interface ProvinceHosts {
  readonly hosts: TestHosts;
  readonly weakLine: EmulatedLine;
}

/**
 * Makes the hosts of a province: a core that joins a WAN server, the special-purpose network, an Internet side and the
 * collector, and three sites with a router, a local network 10.SITE.0.0/24 and two PCs each.
 */
export async function makeProvinceHosts(hosts = new TestHosts()): Promise<ProvinceHosts> {
  hosts.add('core', { isRouter: true });
  addServer(hosts, 'wan', '10.50.0', [PLACES.wan]);
  addServer(hosts, 'tslcd', '10.60.0', [PLACES.tslcd]);
  addServer(hosts, 'coll', '10.70.0', [PLACES.collector]);
  addServer(hosts, 'inet', '203.0.113', [PLACES.web, PLACES.nameServer]);
  addServer(hosts, 'evil', '198.51.100', [PLACES.hijacker]);
  for (const site of SITES) {
    const router = routerName(site);
    hosts.add(router, { isRouter: true });
    for (const number of [1, 2] as const) addPc(hosts, site, number);
    hosts.bridge(
      router,
      ([1, 2] as const).map((number) => pcName(site, number)),
      `10.${site}.0.1/24`,
    );
    if (site !== 2) {
      hosts.join('core', router, { left: `10.100.${site}.1/30`, right: `10.100.${site}.2/30` });
      connect(hosts, site);
    }
  }
  const ends = ['core', routerName(2)].map((host, index) => ({
    host,
    interfaceName: 'weak',
    address: `10.100.2.${index + 1}/30`,
  }));
  const [left, right] = ends;
  if (left === undefined || right === undefined) throw new Error('A line has two ends');
  const weakLine = await layLine(hosts, left, right);
  connect(hosts, 2);
  return { hosts, weakLine };
}

/** Cuts the line of a site, or mends it; not of site 2, whose line is emulated. */
export function cutLine(hosts: TestHosts, site: Exclude<Site, 2>, isCut: boolean): void {
  const router = routerName(site);
  hosts.run(router, 'ip', 'link', 'set', 'core', isCut ? 'down' : 'up');
  // It went with the line.
  if (!isCut) hosts.route(router, 'default', `10.100.${site}.1`);
}

/** Takes a PC to another site, where it gets another address. */
export function movePc(hosts: TestHosts, pc: string, from: Site, to: Site, lastByte: number): void {
  hosts.run(routerName(from), 'ip', 'link', 'delete', pc);
  hosts.join(routerName(to), pc, { right: `10.${to}.0.${lastByte}/24` });
  hosts.run(routerName(to), 'ip', 'link', 'set', pc, 'master', 'lan');
  hosts.route(pc, 'default', `10.${to}.0.1`);
}

function addServer(hosts: TestHosts, name: string, prefix: string, addresses: readonly string[]): void {
  hosts.add(name);
  hosts.join('core', name, { left: `${prefix}.1/24` });
  for (const address of addresses) hosts.run(name, 'ip', 'address', 'add', `${address}/24`, 'dev', 'core');
  hosts.route(name, 'default', `${prefix}.1`);
}

function addPc(hosts: TestHosts, site: Site, number: 1 | 2): void {
  const pc = pcName(site, number);
  hosts.add(pc, { nameServer: PLACES.nameServer });
  hosts.join(routerName(site), pc, { right: `10.${site}.0.1${number}/24` });
  hosts.route(pc, 'default', `10.${site}.0.1`);
}

function connect(hosts: TestHosts, site: Site): void {
  hosts.route(routerName(site), 'default', `10.100.${site}.1`);
  hosts.route('core', `10.${site}.0.0/24`, `10.100.${site}.2`);
}
