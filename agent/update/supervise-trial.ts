import { wallClockMs } from '../host/clock.ts';
import { startWatchedChild } from '../host/watched-child.ts';
import { log } from '../log.ts';
import { EXIT_RESTART } from './exit-restart.ts';
import { readReportMs, readUpdateRecord, writeUpdateRecord } from './update-folder.ts';
import { withFailure } from './update-record.ts';
import { FIRST_WATCH, LOOK_MS, type TrialWatch, watchTrial } from './watch-trial.ts';

/**
 * Runs a release that has not proved itself in a process of its own and watches over it, since code that hangs cannot
 * watch over itself. It costs a second process, for as long as the trial lasts.
 *
 * @returns the exit status: the child's own when it ended by itself, else {@link EXIT_RESTART}, so that whatever the
 * trial came to is started anew without a watch
 */
export async function superviseTrial(options: {
  readonly statePath: string;
  readonly version: string;
  readonly argv: readonly string[];
}): Promise<number> {
  const { statePath, version, argv } = options;
  log('info', { version }, 'Update is on trial');
  const child = startWatchedChild(argv);
  const reportMs = readReportMs(statePath);
  let watch: TrialWatch = FIRST_WATCH;
  for (;;) {
    const ended = await endedOrLook(child.ended);
    if (ended !== 'look') return ended ?? EXIT_RESTART;
    const record = readUpdateRecord(statePath);
    const next = watchTrial(watch, { record, version, signCount: child.takeSigns(), reportMs });
    if (next === 'over') {
      child.stop();
      await child.ended;
      return EXIT_RESTART;
    }
    if ('reason' in next) {
      writeUpdateRecord(statePath, withFailure(record, version, { reason: next.reason, atMs: wallClockMs() }));
      log('warn', { version, reason: next.reason }, 'Update failed, the agent goes back');
      child.kill();
      await child.ended;
      return EXIT_RESTART;
    }
    watch = next;
  }
}

async function endedOrLook(ended: Promise<number | undefined>): Promise<number | undefined | 'look'> {
  let timer: NodeJS.Timeout | undefined;
  const look = new Promise<'look'>((resolve) => {
    timer = setTimeout(() => resolve('look'), LOOK_MS);
  });
  const first = await Promise.race([ended, look]);
  clearTimeout(timer);
  return first;
}
