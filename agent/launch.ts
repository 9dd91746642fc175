import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig } from './config.ts';
import { wallClockMs } from './host/clock.ts';
import { currentPlatform } from './host/current-platform.ts';
import { environment } from './host/environment.ts';
import { isSupervised, reportToSupervisor } from './host/supervisor-link.ts';
import { log } from './log.ts';
import { chooseProgram, type ProgramChoice, type Purpose } from './update/choose-program.ts';
import { purposeOf, statePathOption } from './update/purpose-of.ts';
import { readReleaseKeyFile } from './update/release-key-file.ts';
import { isIntact, MAIN_MODULE, readUpdateRecord, slotFolder, writeUpdateRecord } from './update/update-folder.ts';
import { type UpdateRecord, withFailure } from './update/update-record.ts';
import { AGENT_VERSION } from './version.ts';

/** The oldest Node that runs the agent: packages bring their own, whoever runs the file by hand may not. */
const OLDEST_NODE = 22;

/**
 * Entry of the installed agent: runs the program of the package, or a newer release that lies in the state folder.
 * `process.argv[1]` stays this file, so that every process the agent starts goes through here too.
 *
 * This file is never updated, and loads as little as it can: it stays in the memory of the resident process.
 */
async function launch(argv: readonly string[]): Promise<void> {
  const { node } = process.versions;
  if (Number.parseInt(node, 10) < OLDEST_NODE) {
    process.stderr.write(`Cannot run with Node ${node}: the agent needs Node ${OLDEST_NODE} or newer\n`);
    process.exitCode = 1;
    return;
  }
  const programFolder = dirname(process.argv[1] ?? '');
  const statePath = readConfig({ state: statePathOption(argv) }, environment(), currentPlatform()).statePath;
  const places = { programFolder, statePath, purpose: purposeOf(argv, environment()) };
  for (;;) {
    const choice = choose(places);
    const { program, isTrial } = choice;
    if (program === undefined) return startModule(programFolder);
    if (isTrial && argv[0] === 'run' && !isSupervised()) {
      // Only now: what a trial needs would stay in the memory of every resident process.
      const { superviseTrial } = await import('./update/supervise-trial.ts');
      process.exitCode = await superviseTrial({ statePath, version: program.version, argv });
      return;
    }
    try {
      await startModule(slotFolder(statePath, program.slot));
      reportToSupervisor();
      return;
    } catch (error) {
      const isKept = giveUp(statePath, program.version, `it cannot be loaded: ${String(error)}`);
      // The watching process sees what became of the trial and starts anew.
      if (isSupervised()) return;
      if (!isKept) return startModule(programFolder);
    }
  }
}

interface Places {
  readonly programFolder: string;
  readonly statePath: string;
  readonly purpose: Purpose;
}

/** Whatever is wrong with what updates keep: the program of the package runs. */
function choose({ programFolder, statePath, purpose }: Places): Pick<ProgramChoice, 'program' | 'isTrial'> {
  try {
    if (purpose === 'package' || readReleaseKeyFile(programFolder) === undefined) return { isTrial: false };
    const record = readUpdateRecord(statePath);
    const choice = chooseProgram(record, {
      purpose,
      builtInVersion: AGENT_VERSION,
      isIntact: (program) => isIntact(statePath, program),
      isCounted: isSupervised(),
      nowMs: wallClockMs(),
    });
    if (choice.record !== record) keep(statePath, record, choice.record);
    return choice;
  } catch (error) {
    log('warn', { err: String(error) }, 'Updates could not be looked at, the program of the package runs');
    return { isTrial: false };
  }
}

function keep(statePath: string, before: UpdateRecord, after: UpdateRecord): void {
  writeUpdateRecord(statePath, after);
  const { failed } = after;
  if (failed === undefined || failed === before.failed) return;
  if (failed.version === before.failed?.version && failed.atMs === before.failed.atMs) return;
  log('warn', { version: failed.version, reason: failed.reason }, 'Update failed, the agent goes back');
}

/** Goes back for good; false when the disk does not take it, and the next choice would be the same. */
function giveUp(statePath: string, version: string, reason: string): boolean {
  try {
    const record = readUpdateRecord(statePath);
    keep(statePath, record, withFailure(record, version, { reason, atMs: wallClockMs() }));
    return true;
  } catch (error) {
    log('error', { err: String(error), version, reason }, 'Update failed and could not be given up');
    return false;
  }
}

async function startModule(folder: string): Promise<void> {
  await import(pathToFileURL(join(folder, MAIN_MODULE)).href);
}

await launch(process.argv.slice(2));
