import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { CommandId } from '../../host/commands.ts';
import type { Host } from '../../host/host.ts';
import { parseAssignments } from '../parse-assignments.ts';
import { type FilterChain, inboundDefaultOf } from './filter-chain.ts';
import { parseIptablesSave } from './parse-iptables-save.ts';
import { parseNftRuleset } from './parse-nft-ruleset.ts';

type Product = Observation<'firewall'>['products'][number];

/** Where a program lies when it is installed; nothing is run to find out. */
const SYSTEM_FOLDERS = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/**
 * Reads the packet filter the kernel has in force, and which program it belongs to.
 *
 * The verdict stands on the rules and not on settings: a firewall that is switched on in its file but whose chains
 * are not loaded is off. It is on when a packet that no rule speaks of is refused, over IPv4, and over IPv6 too where
 * the machine has an address others can reach. Chains of Docker and its like judge forwarded packets and count for
 * nothing here.
 *
 * @throws {TramdoError} COMMAND_MISSING, COMMAND_FAILED (no permission) when the rules cannot be seen
 */
export async function readLinuxFirewall(host: Host): Promise<Observation<'firewall'>> {
  const chains = await readChains(host);
  const hasIpv6 = hasGlobalIpv6((await host.readText('/proc/net/if_inet6')) ?? '');
  const loaded = judgeProducts(chains, hasIpv6);
  const products = [...(await describe(host, loaded)), ...(await readIdle(host, loaded))];
  return {
    isOn: products.some(({ isOn }) => isOn),
    products: products.toSorted((left, right) => (left.id < right.id ? -1 : 1)),
  };
}

async function readChains(host: Host): Promise<readonly FilterChain[]> {
  if (!(await hasProgram(host, 'nft'))) return readIptables(host, 'iptables-save', 'ip6tables-save');
  const chains = parseNftRuleset(await runForText(host, 'nft-list-ruleset'));
  // The old kernel interface keeps rules of its own, which nft does not show.
  const legacy = ((await host.readText('/proc/net/ip_tables_names')) ?? '').split('\n');
  if (!legacy.includes('filter')) return chains;
  const named = await hasProgram(host, 'iptables-legacy-save');
  const old = named
    ? await readIptables(host, 'iptables-legacy-save', 'ip6tables-legacy-save')
    : await readIptables(host, 'iptables-save', 'ip6tables-save');
  return [...chains, ...old];
}

async function readIptables(host: Host, ipv4: CommandId, ipv6: CommandId): Promise<readonly FilterChain[]> {
  return [
    ...parseIptablesSave(await runForText(host, ipv4), 'ip'),
    ...parseIptablesSave(await runForText(host, ipv6), 'ip6'),
  ];
}

async function runForText(host: Host, command: CommandId): Promise<string> {
  const { stdout, stderr, exitCode } = await host.run(command);
  if (exitCode === 0) return stdout;
  const said = stderr.trim().split('\n')[0] ?? '';
  throw new TramdoError('COMMAND_FAILED', `Cannot see the packet filter by "${command}": ${said} (exit ${exitCode})`);
}

async function hasProgram(host: Host, name: string): Promise<boolean> {
  const statuses = await Promise.all(SYSTEM_FOLDERS.map((folder) => host.stat(`${folder}/${name}`)));
  return statuses.some((status) => status !== undefined);
}

/** Tells whether others can reach the machine over IPv6: an address of global scope (00) that is not loopback's. */
function hasGlobalIpv6(text: string): boolean {
  return text.split('\n').some((line) => {
    const [, , , scope, , device] = line.trim().split(/\s+/);
    return scope === '00' && device !== 'lo';
  });
}

/** One entry for each program whose chains judge inbound packets; an empty chain that lets all in is nobody's. */
function judgeProducts(chains: readonly FilterChain[], hasIpv6: boolean): Product[] {
  const inbound = chains.filter(
    ({ inputPolicy, rules }) => inputPolicy === 'deny' || (inputPolicy === 'accept' && rules.length > 0),
  );
  return [...Map.groupBy(inbound, (chain) => ownerOf(chain, chains))].map(([id, owned]) => {
    const denying = owned.filter((chain) => inboundDefaultOf(chain, chains) === 'deny');
    const refuses = (family: 'ip' | 'ip6') =>
      denying.some((chain) => chain.family === family || chain.family === 'inet');
    const isOn = refuses('ip') && (refuses('ip6') || !hasIpv6);
    const decisive = denying[0] ?? owned[0];
    const where = `${decisive?.family} ${decisive?.table} ${decisive?.name}`.slice(0, 160);
    const detail = refuses('ip') && !isOn ? `${where}; IPv6 is not filtered` : where;
    return { id, isOn, inboundDefault: isOn ? 'deny' : 'allow', detail };
  });
}

function ownerOf({ family, table, name, rules }: FilterChain, chains: readonly FilterChain[]): Product['id'] {
  const targets = rules.flatMap(({ effect }) => ('chain' in effect ? [effect.chain] : []));
  if (targets.some((chain) => /^ufw6?-/.test(chain))) return 'ufw';
  if (table === 'firewalld' || targets.includes('INPUT_ZONES')) return 'firewalld';
  const isNamedLikeIptables = family !== 'inet' && table === 'filter' && name === 'INPUT';
  return isNamedLikeIptables && chains.some((chain) => chain.table === table && chain.name === 'FORWARD')
    ? 'iptables'
    : 'nftables';
}

async function describe(host: Host, products: readonly Product[]): Promise<Product[]> {
  const zone = parseAssignments((await host.readText('/etc/firewalld/firewalld.conf')) ?? '').get('DefaultZone');
  return products.map((product) =>
    product.id === 'firewalld' && zone !== undefined ? { ...product, detail: `zone ${zone}`.slice(0, 200) } : product,
  );
}

/** Firewalls that are installed and have no chains loaded. */
async function readIdle(host: Host, loaded: readonly Product[]): Promise<Product[]> {
  const ids = new Set(loaded.map(({ id }) => id));
  const off = { isOn: false, inboundDefault: 'allow' } as const;
  const ufw = ids.has('ufw') ? undefined : await host.readText('/etc/ufw/ufw.conf');
  const isEnabled =
    parseAssignments(ufw ?? '')
      .get('ENABLED')
      ?.toLowerCase() === 'yes';
  const detail = isEnabled ? 'switched on in ufw.conf, but its chains are not loaded' : 'switched off in ufw.conf';
  const hasFirewalld = !ids.has('firewalld') && (await hasProgram(host, 'firewalld'));
  return [
    ...(ufw === undefined ? [] : [{ id: 'ufw' as const, ...off, detail }]),
    ...(hasFirewalld ? [{ id: 'firewalld' as const, ...off, detail: 'installed, but its chains are not loaded' }] : []),
  ];
}
