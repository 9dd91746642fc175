import { TramdoError } from '#shared/errors.ts';
import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { ProductHint } from '#shared/plan.ts';
import type { Host } from '../../host/host.ts';
import { parseMdatpHealth } from './parse-mdatp-health.ts';
import type { RunningPrograms } from './running-programs.ts';

/** Where its program lies, and how it is asked; on macOS the program is a link into the application. */
const INSTALLATIONS = {
  linux: { program: '/usr/bin/mdatp', command: 'mdatp-health' },
  darwin: { program: '/usr/local/bin/mdatp', command: 'mdatp-health-darwin' },
} as const;
const DAEMON = 'wdavdaemon';
/** On macOS the same daemon runs once for the system and once for what needs no rights. */
const DAEMONS = [DAEMON, 'wdavdaemon_enterprise', 'wdavdaemon_unprivileged'];

/**
 * Asks Microsoft Defender for its state, when its program is installed and its daemon runs.
 *
 * It goes by the id of the plan's first product that knows the daemon or the program, else by `defender-endpoint`.
 *
 * @returns undefined when it is not installed
 * @throws {TramdoError} COMMAND_FAILED, OUTPUT_UNREADABLE, and those of the command
 */
export async function readMdatp(
  host: Host,
  running: RunningPrograms,
  hints: readonly ProductHint[],
): Promise<AntivirusProduct | undefined> {
  const { program, command } = INSTALLATIONS[host.platform === 'darwin' ? 'darwin' : 'linux'];
  if ((await host.stat(program)) === undefined) return undefined;
  const hint = hints.find(({ processes, paths }) => processes.includes(DAEMON) || paths.includes(program));
  const product = { id: hint?.id ?? 'defender-endpoint', name: 'Microsoft Defender' };
  const evidence = [`file ${program}`];
  const daemon = DAEMONS.find((name) => running.hasProcess(name));
  if (daemon === undefined) {
    return { ...product, realTime: 'off', isRunning: false, signatures: 'unknown', evidence };
  }
  const { stdout, exitCode } = await host.run(command);
  if (exitCode !== 0) throw new TramdoError('COMMAND_FAILED', `mdatp health ended with ${exitCode}`);
  const { version, isProtecting, signatures, signaturesAtMs } = parseMdatpHealth(stdout);
  return {
    ...product,
    ...(version === undefined ? {} : { version }),
    realTime: isProtecting ? 'on' : 'off',
    isRunning: true,
    signatures,
    ...(signaturesAtMs === undefined ? {} : { signaturesAt: new Date(signaturesAtMs).toISOString() }),
    evidence: ['answer mdatp health', `process ${daemon}`, ...evidence],
  };
}
