import {
  SCHEDULED_INTERVAL_SECONDS,
  type ServiceMode,
  type ServiceProgram,
  serviceArguments,
} from './service-program.ts';

/** Names of the units: the process that stays; in scheduled mode the timer and what it starts. */
export const SYSTEMD_UNITS = {
  resident: 'tramdo-agent.service',
  report: 'tramdo-agent-report.service',
  timer: 'tramdo-agent.timer',
} as const;

/** What the unit is made of. */
export interface SystemdUnitOptions {
  readonly program: ServiceProgram;
  readonly mode: ServiceMode;
}

/** Name of the folder below `/var/lib` that systemd makes for the agent; agent/config.ts has the same default. */
const STATE_DIRECTORY = 'tramdo-agent';

/**
 * Ceilings. Memory counts everything in the unit, page cache that can be given back included: the resident process
 * (55 MB), the report process (100 MB) and the largest command, a package manager that builds its cache in memory
 * (apt 120 MB, dnf 300 MB). Whatever is above is ended alone (`OOMPolicy=continue`) and becomes a named failure.
 */
const CEILINGS = [
  'Nice=10',
  'IOSchedulingClass=idle',
  'CPUQuota=50%',
  'MemoryMax=512M',
  'OOMPolicy=continue',
  'TasksMax=128',
];

/**
 * The sandbox. Every line was held against what the probes read (agent/PROBES.md); left out, with the reason:
 * - `PrivateDevices`: the volume that is asked for its encryption is named by a link in `/dev/mapper`.
 *   `DevicePolicy=closed` refuses to open a disk all the same.
 * - `ProtectProc`, `ProcSubset`: the antivirus probe looks for processes of other accounts.
 * - `PrivateNetwork`, `IPAddressDeny`: the agent tries the networks that its plan names.
 * - `User`: rules of the packet filter, serial numbers and the settings of services are root's to read.
 */
const SANDBOX = [
  'ProtectSystem=strict',
  'ProtectHome=yes',
  'PrivateTmp=yes',
  'PrivateMounts=yes',
  'DevicePolicy=closed',
  // V8 keeps to it as it is started with --jitless (service-program.ts).
  'MemoryDenyWriteExecute=yes',
  'NoNewPrivileges=yes',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'LockPersonality=yes',
  'RemoveIPC=yes',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'SystemCallArchitectures=native',
  // @pkey: V8 asks for memory protection keys at its start, where the processor has them.
  'SystemCallFilter=@system-service @pkey',
  'SystemCallErrorNumber=EPERM',
  // nft and iptables-save; iptables-legacy-save and ping; the socket folders of chrony and of scanners, which belong
  // to their own accounts (root without this capability is refused there).
  'CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_RAW CAP_DAC_OVERRIDE',
  'KeyringMode=private',
  'UMask=0077',
];

/**
 * What may be written beside the state folder: chronyc puts its own end of the socket beside chrony's, and dnf does not
 * even list updates when it cannot open its log and its cache. A path that is not there is passed over.
 */
const WRITABLE = [
  '-/run/chrony',
  '-/var/cache/dnf',
  '-/var/cache/libdnf5',
  '-/var/lib/dnf',
  '-/var/log/dnf.log',
  '-/var/log/dnf.librepo.log',
  '-/var/log/dnf.rpm.log',
  '-/var/log/dnf5.log',
  '-/var/log/hawkey.log',
];

/**
 * Text of the unit file: {@link SYSTEMD_UNITS}`.resident` or `.report`, by the mode (systemd.unit(5), systemd.exec(5),
 * systemd.resource-control(5)).
 *
 * A setting that an older systemd does not know is passed over by it with a warning; the agent then runs with less
 * of a sandbox, and not at all worse.
 */
export function systemdUnit({ program, mode }: SystemdUnitOptions): string {
  const isResident = mode === 'resident';
  const paths = program.statePath === undefined ? WRITABLE : [program.statePath, ...WRITABLE];
  return unitText({
    Unit: [
      `Description=tramdo agent${isResident ? '' : ' (one report)'}`,
      'After=network.target',
      // A PC that is out of order for a day is served again without anybody's hand.
      ...(isResident ? ['StartLimitIntervalSec=0'] : []),
    ],
    Service: [
      `Type=${isResident ? 'exec' : 'oneshot'}`,
      `ExecStart=${[program.nodePath, ...serviceArguments(program, mode)].map(quoteWord).join(' ')}`,
      ...(isResident ? RESIDENT_LINES : REPORT_LINES),
      `StateDirectory=${STATE_DIRECTORY}`,
      'StateDirectoryMode=0700',
      'SyslogIdentifier=tramdo-agent',
      ...CEILINGS,
      ...SANDBOX,
      `ReadWritePaths=${paths.map(quotePath).join(' ')}`,
    ],
    ...(isResident ? { Install: ['WantedBy=multi-user.target'] } : {}),
  });
}

/** 75 is how the agent ends in order to be started anew, by an update; it is no failure. */
const RESIDENT_LINES = [
  'Restart=always',
  'RestartSec=10',
  'SuccessExitStatus=75',
  'KillMode=mixed',
  'TimeoutStopSec=20',
];

const REPORT_LINES = ['TimeoutStartSec=600', 'SuccessExitStatus=75'];

/**
 * Text of the timer of scheduled mode (systemd.timer(5)): every 15 minutes, shifted by an amount that is the same
 * every time and different on every machine; soon after the start, and once after a sleep however long it was.
 */
export function systemdTimer(): string {
  const minutes = SCHEDULED_INTERVAL_SECONDS / 60;
  return unitText({
    Unit: ['Description=tramdo agent, every 15 minutes'],
    Timer: [
      `OnCalendar=*:0/${minutes}`,
      'OnBootSec=120',
      `RandomizedDelaySec=${SCHEDULED_INTERVAL_SECONDS - 60}`,
      'FixedRandomDelay=yes',
      'AccuracySec=30',
      `Unit=${SYSTEMD_UNITS.report}`,
    ],
    Install: ['WantedBy=timers.target'],
  });
}

function unitText(sections: Readonly<Record<string, readonly string[]>>): string {
  const parts = Object.entries(sections).map(([name, lines]) => [`[${name}]`, ...lines, ''].join('\n'));
  return parts.join('\n');
}

/** A word of a command line (systemd.service(5)), where `$` begins a variable. */
function quoteWord(word: string): string {
  return quotePath(word).replaceAll('$', '$$$$');
}

/** A word of a list (systemd.syntax(7)), where `%` begins a specifier. */
function quotePath(word: string): string {
  const escaped = word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%');
  return /[\s;'"\\]/.test(word) ? `"${escaped}"` : escaped;
}
