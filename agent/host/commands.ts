import type { Platform } from '#shared/enrolment.ts';

/** One command a probe may run. */
export interface Command {
  readonly platform: Platform;
  /** Program and arguments, fixed: nothing from outside ever becomes an argument, but for `takes`. */
  readonly argv: readonly [program: string, ...rest: string[]];
  /** `host`: one IP address or DNS name of the plan follows, checked by `isHostArgument()`; no probe runs such a one. */
  readonly takes?: 'host';
  /** Why it is run, for PROBES.md and for whoever audits the agent. */
  readonly why: string;
  /** Needs root or SYSTEM to tell the whole truth. */
  readonly needsPrivilege: boolean;
  /** Deadline, in milliseconds; then it is killed with its children. */
  readonly deadlineMs: number;
}

/** Every command the agent may run, by id, sorted: a closed list that an auditor can read in one place. */
export const COMMANDS = {
  'apt-list-upgradable': {
    platform: 'linux',
    argv: ['apt', 'list', '--upgradable'],
    why: 'Counts the updates that wait, without a lock; three to eight times cheaper than a simulated upgrade',
    needsPrivilege: false,
    deadlineMs: 30_000,
  },
  'chronyc-tracking': {
    platform: 'linux',
    argv: ['chronyc', '-n', '-c', 'tracking'],
    why: 'Asks chrony for its source, its offset and whether it is synchronised',
    needsPrivilege: false,
    deadlineMs: 5_000,
  },
  'dnf-check-update': {
    platform: 'linux',
    argv: ['dnf', '--cacheonly', '--quiet', 'check-update'],
    why: 'Counts the updates that wait, from the lists already on the disk',
    needsPrivilege: true,
    deadlineMs: 60_000,
  },
  'dnf-list-security': {
    platform: 'linux',
    argv: ['dnf', '--cacheonly', '--quiet', 'updateinfo', 'list', '--security'],
    why: 'Counts the updates that mend security, from the lists already on the disk',
    needsPrivilege: true,
    deadlineMs: 60_000,
  },
  'ip-address': {
    platform: 'linux',
    argv: ['ip', '-json', 'address', 'show'],
    why: 'Lists interfaces with their addresses',
    needsPrivilege: false,
    deadlineMs: 5_000,
  },
  'ip6tables-legacy-save': {
    platform: 'linux',
    argv: ['ip6tables-legacy-save', '-t', 'filter'],
    why: 'Lists the IPv6 rules that the old kernel interface holds beside nftables',
    needsPrivilege: true,
    deadlineMs: 5_000,
  },
  'ip6tables-save': {
    platform: 'linux',
    argv: ['ip6tables-save', '-t', 'filter'],
    why: 'Lists the IPv6 rules where the nft program is missing',
    needsPrivilege: true,
    deadlineMs: 5_000,
  },
  'iptables-legacy-save': {
    platform: 'linux',
    argv: ['iptables-legacy-save', '-t', 'filter'],
    why: 'Lists the IPv4 rules that the old kernel interface holds beside nftables',
    needsPrivilege: true,
    deadlineMs: 5_000,
  },
  'iptables-save': {
    platform: 'linux',
    argv: ['iptables-save', '-t', 'filter'],
    why: 'Lists the IPv4 rules where the nft program is missing',
    needsPrivilege: true,
    deadlineMs: 5_000,
  },
  'mdatp-health': {
    platform: 'linux',
    argv: ['mdatp', 'health', '--output', 'json'],
    why: 'Asks Microsoft Defender for its state; only where its daemon runs',
    needsPrivilege: false,
    deadlineMs: 10_000,
  },
  'nft-list-ruleset': {
    platform: 'linux',
    argv: ['nft', '--json', '--terse', '--stateless', 'list', 'ruleset'],
    why: 'Lists the packet filter of the kernel, without counters and without the members of sets',
    needsPrivilege: true,
    deadlineMs: 5_000,
  },
  'ntpq-variables': {
    platform: 'linux',
    argv: ['ntpq', '-n', '-c', 'rv 0 leap,stratum,refid,offset'],
    why: 'Asks ntpd for its source, its offset and whether it is synchronised',
    needsPrivilege: false,
    deadlineMs: 5_000,
  },
  'ping-darwin': {
    platform: 'darwin',
    argv: ['ping', '-n', '-c', '1'],
    takes: 'host',
    why: 'Sends one echo request to an icmp:// target of the plan',
    needsPrivilege: false,
    deadlineMs: 10_000,
  },
  'ping-linux': {
    platform: 'linux',
    argv: ['ping', '-n', '-c', '1'],
    takes: 'host',
    why: 'Sends one echo request to an icmp:// target of the plan',
    needsPrivilege: false,
    deadlineMs: 10_000,
  },
  'ping-win32': {
    platform: 'win32',
    argv: ['ping.exe', '-n', '1'],
    takes: 'host',
    why: 'Sends one echo request to an icmp:// target of the plan',
    needsPrivilege: false,
    deadlineMs: 10_000,
  },
  'timedatectl-timesync': {
    platform: 'linux',
    argv: ['timedatectl', 'show-timesync', '--property=ServerName', '--property=ServerAddress'],
    why: 'Asks systemd-timesyncd for the server it follows',
    needsPrivilege: false,
    deadlineMs: 5_000,
  },
  'uname-machine': {
    platform: 'linux',
    argv: ['uname', '-m'],
    why: 'Names the architecture on kernels before 6.1, which have no file for it',
    needsPrivilege: false,
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Command>;

/** Id of a command of the closed list. */
export type CommandId = keyof typeof COMMANDS;
