import { TramdoError } from '#shared/errors.ts';
import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { Host } from '../../host/host.ts';
import { readSignatureDate } from './clamav-signature-date.ts';
import { type ClamdConfiguration, parseClamdConf } from './parse-clamd-conf.ts';
import { type ClamdVersion, parseClamdVersion } from './parse-clamd-version.ts';
import type { RunningPrograms } from './running-programs.ts';

/** Programs that show ClamAV is installed; configurations stay behind when packages are removed. */
const PROGRAMS = [
  '/usr/sbin/clamd',
  '/usr/bin/clamd',
  '/usr/local/sbin/clamd',
  '/usr/bin/clamscan',
  '/usr/local/bin/clamscan',
  '/opt/homebrew/bin/clamscan',
];

/** Where clamd's configuration lies: Debian and SUSE, the RHEL family, its own default, then macOS. */
const CONFIGURATIONS = [
  '/etc/clamav/clamd.conf',
  '/etc/clamd.d/scan.conf',
  '/etc/clamd.conf',
  '/usr/local/etc/clamd.conf',
  '/usr/local/etc/clamav/clamd.conf',
  '/opt/homebrew/etc/clamav/clamd.conf',
];

/** Built into the packages of every distribution of Linux, and into the one for macOS. */
const DATABASE_DIRECTORIES = { linux: '/var/lib/clamav', darwin: '/usr/local/share/clamav' } as const;

/**
 * Asks ClamAV by its own socket (clamd(8)): `PING` whether it works, `VERSION` what it has loaded.
 *
 * Protection while files are used is on when clamd answers and clamonacc, which hands it the files, runs; a clamd
 * that listens on TCP only is not asked, so its protection is unknown. There is no clamonacc for macOS: off.
 *
 * @returns undefined when ClamAV is not installed
 * @throws {TramdoError} what the socket leads to: a clamd that does not answer in time, or may not be asked
 */
export async function readClamav(host: Host, running: RunningPrograms): Promise<AntivirusProduct | undefined> {
  const installed = await firstPresent(host, PROGRAMS);
  const hasDaemon = running.hasProcess('clamd');
  if (installed === undefined && !hasDaemon) return undefined;
  const configuration = await readConfiguration(host);
  // systemd may hold the socket of a stopped clamd and would start it for whoever asks: a look must not do that.
  const answer = hasDaemon ? await askClamd(host, configuration.localSocket) : undefined;
  const hasOnAccess = running.hasProcess('clamonacc');
  const builtIn = DATABASE_DIRECTORIES[host.platform === 'darwin' ? 'darwin' : 'linux'];
  const signaturesAtMs = await readSignatureDate(host, configuration.databaseDirectory ?? builtIn, answer);
  const isUnasked = answer === undefined && configuration.localSocket === undefined && configuration.hasTcpSocket;
  return {
    id: 'clamav',
    name: 'ClamAV',
    ...(answer === undefined ? {} : { version: answer.engine }),
    realTime: judgeRealTime({ isAnswering: answer !== undefined, isUnasked: isUnasked && hasDaemon, hasOnAccess }),
    isRunning: answer !== undefined || (isUnasked && hasDaemon),
    signatures: 'unknown',
    ...(signaturesAtMs === undefined ? {} : { signaturesAt: new Date(signaturesAtMs).toISOString() }),
    evidence: [
      ...(answer === undefined ? [] : [`answer ${configuration.localSocket}`.slice(0, 200)]),
      ...(hasDaemon ? ['process clamd'] : []),
      ...(hasOnAccess ? ['process clamonacc'] : []),
      ...(installed === undefined ? [] : [`file ${installed}`]),
    ],
  };
}

function judgeRealTime(seen: {
  readonly isAnswering: boolean;
  readonly isUnasked: boolean;
  readonly hasOnAccess: boolean;
}): AntivirusProduct['realTime'] {
  if (!seen.hasOnAccess) return 'off';
  if (seen.isUnasked) return 'unknown';
  return seen.isAnswering ? 'on' : 'off';
}

async function firstPresent(host: Host, paths: readonly string[]): Promise<string | undefined> {
  const statuses = await Promise.all(paths.map((path) => host.stat(path)));
  return paths.find((_, index) => statuses[index] !== undefined);
}

async function readConfiguration(host: Host): Promise<ClamdConfiguration> {
  for (const path of CONFIGURATIONS) {
    const text = await host.readText(path);
    if (text !== undefined) return parseClamdConf(text);
  }
  return { hasTcpSocket: false };
}

/** The answer to VERSION; undefined when nobody listens. */
async function askClamd(host: Host, socketPath: string | undefined): Promise<ClamdVersion | undefined> {
  if (socketPath === undefined) return undefined;
  const pong = await host.ask(socketPath, 'zPING\0');
  if (pong === undefined) return undefined;
  if (pong !== 'PONG\0') throw unreadable(socketPath, pong);
  const text = await host.ask(socketPath, 'zVERSION\0');
  if (text === undefined) return undefined;
  const version = parseClamdVersion(text);
  if (version === undefined) throw unreadable(socketPath, text);
  return version;
}

function unreadable(socketPath: string, answer: string): TramdoError {
  const shown = JSON.stringify(answer.slice(0, 80));
  return new TramdoError('OUTPUT_UNREADABLE', `Cannot understand clamd on "${socketPath}": current value is ${shown}`);
}
