import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptRound } from '#agent/attempt-round.ts';
import { REAL_WAY_MACHINE } from '#agent/host/attempts/way-machine.ts';
import { wallClockMs } from '#agent/host/clock.ts';
import { createReportRunner } from '#agent/host/report-runner.ts';
import { createPathFinder } from '#agent/path-finder.ts';
import { keepRound, keepUnreported, knownGateways } from '#agent/resident-facts.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';

/** Of a machine that belongs to nobody; only beacons would be shown something made of it. */
const MACHINE_ID = '019a0000-0000-7000-8000-000000000001';

/**
 * Does the work of the resident agent as fast as it can: rounds of attempts, and after every fifth the start of a
 * report process, which ends at once. After every fifth part it prints what it holds.
 *
 * Run as `node --expose-gc resident-driver.ts STATE_FOLDER ROUNDS TARGET…`.
 */
async function drive([statePath = '', roundCount = '0', ...targets]: readonly string[]): Promise<void> {
  const folder = stateFolderAt(statePath);
  mkdirSync(statePath, { recursive: true });
  // The runner starts the program of its own process again, without the compiler that TypeScript would need.
  process.argv[1] = join(statePath, 'report.mjs');
  writeFileSync(process.argv[1], '');
  const { signal } = new AbortController();
  const reports = createReportRunner({ folder, startedAtMs: wallClockMs(), signal });
  const networks = [{ id: 'office', name: 'LAN', kind: 'lan' as const, targets }];
  const rounds = Number(roundCount);
  for (let done = 1; done <= rounds; done += 1) {
    const atMs = wallClockMs();
    const findPath = createPathFinder(REAL_WAY_MACHINE, () => knownGateways(folder));
    keepRound(folder, atMs, await attemptRound(networks, { machineId: MACHINE_ID, atMs, findPath, signal }));
    keepUnreported(folder);
    if (done % 5 === 0) {
      await reports.run();
      // As a report does: a file that only grows would be read into ever more memory.
      rmSync(folder.attemptsFile);
    }
    if (done % (rounds / 5) === 0) await sayWhatIsHeld(done);
  }
}

async function sayWhatIsHeld(round: number): Promise<void> {
  // What ended in this turn of the event loop is let go in the next one.
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  globalThis.gc?.();
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim();
  const held = {
    round,
    heapBytes: process.memoryUsage().heapUsed,
    externalBytes: process.memoryUsage().external,
    rssBytes: process.memoryUsage().rss,
    openFileCount: readdirSync('/proc/self/fd').length,
    childCount: children === '' ? 0 : children.split(' ').length,
  };
  console.log(JSON.stringify(held));
}

await drive(process.argv.slice(2));
