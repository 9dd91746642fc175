import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { askSocket } from '#agent/host/ask-socket.ts';
import { createRealHost } from '#agent/host/real-host.ts';
import { readRunningPrograms } from '#agent/probes/antivirus/running-programs.ts';
import { type RunningProcess, startProcess } from '../../child-process.ts';
import { freshFolder } from '../collector-process.ts';
import { endAfterwards } from '../leftovers.ts';
import { debianProgram } from './debian-program.ts';
import { replaceSystemFile } from './system-file.ts';

/** Where Debian's clamd, its clients and the agent look for the configuration. */
const CONFIGURATION_FILE = '/etc/clamav/clamd.conf';

/** A real ClamAV with on-access protection of one folder, by the configuration of the system. */
export interface ClamavDaemon {
  /** Starts clamd and clamonacc and waits until both work. */
  start(): Promise<void>;
  /** Ends both. */
  stop(): Promise<void>;
  /** Stops clamd in the middle of what it does, or lets it go on. */
  freeze(isFrozen: boolean): void;
  /** Makes a running clamd load another daily database. */
  load(database: Buffer): Promise<void>;
  /** Brings the configuration of the system back. */
  restore(): void;
}

/** Writes the configuration and the database; nothing is started yet. */
export function clamavWith(database: Buffer): ClamavDaemon {
  debianProgram('/usr/sbin/clamd', 'clamav-daemon');
  const folder = freshFolder('clamav');
  const socket = join(folder, 'clamd.sock');
  const databaseFile = join(folder, 'db/daily.cud');
  for (const name of ['', 'db', 'watch']) {
    mkdirSync(join(folder, name), { recursive: true });
    // clamd gives up root and makes its socket and lock here as the account of its package.
    chmodSync(join(folder, name), 0o777);
  }
  writeFileSync(databaseFile, database);
  const restore = replaceSystemFile(CONFIGURATION_FILE, configurationOf(folder));
  let running: readonly RunningProcess[] = [];
  return {
    start: async () => {
      const programs = await readRunningPrograms(createRealHost());
      if (programs.hasProcess('clamd')) throw new Error('Another clamd runs: stop it, as the agent would see it too');
      rmSync(socket, { force: true });
      const clamd = startDebian('/usr/sbin/clamd', 'clamav-daemon', [`--config-file=${CONFIGURATION_FILE}`]);
      running = [clamd];
      await until(clamd, async () => (await versionOf(socket)) !== undefined);
      const log = `--log=${join(folder, 'clamonacc.log')}`;
      const argv = [`--config-file=${CONFIGURATION_FILE}`, '--fdpass', '--foreground', log];
      const clamonacc = startDebian('/usr/sbin/clamonacc', 'clamav-daemon', argv);
      running = [clamonacc, clamd];
      await clamonacc.waitFor('ClamInotif: watching');
    },
    stop: async () => {
      for (const one of running) {
        one.stop('SIGCONT');
        one.stop();
        await one.ended;
      }
      running = [];
    },
    freeze: (isFrozen) => running.at(-1)?.stop(isFrozen ? 'SIGSTOP' : 'SIGCONT'),
    load: async (next) => {
      const before = await versionOf(socket);
      writeFileSync(databaseFile, next);
      await askSocket(socket, 'zRELOAD\0', undefined);
      await until(running.at(-1), async () => (await versionOf(socket)) !== before);
    },
    restore,
  };
}

function configurationOf(folder: string): string {
  return [
    `LocalSocket ${folder}/clamd.sock`,
    'FixStaleSocket yes',
    `DatabaseDirectory ${folder}/db`,
    `PidFile ${folder}/clamd.pid`,
    'Foreground yes',
    'User clamav',
    `OnAccessIncludePath ${folder}/watch`,
    'OnAccessPrevention yes',
    'OnAccessExcludeUname clamav',
    '',
  ].join('\n');
}

function startDebian(path: string, packageName: string, argv: readonly string[]): RunningProcess {
  return endAfterwards(startProcess(argv, { program: debianProgram(path, packageName) }));
}

/** The version clamd answers with; undefined while it does not listen. */
function versionOf(socket: string): Promise<string | undefined> {
  return askSocket(socket, 'zVERSION\0', undefined);
}

async function until(running: RunningProcess | undefined, isSo: () => Promise<boolean>): Promise<void> {
  let hasEnded = false;
  running?.ended.then(() => {
    hasEnded = true;
  });
  while (!(await isSo())) {
    if (hasEnded) throw new Error(`clamd ended: ${running?.lines.join('\n')}`);
    await delay(100);
  }
}
