import type { FastifyBaseLogger } from 'fastify';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import type { Settings } from '../config.ts';
import { backUpBeside } from '../store/backup/backup-beside.ts';
import { BackupFolder } from '../store/backup/backup-folder.ts';
import type { Store } from '../store/store.ts';
import { backupNameAt, cutShort, isBackupDue, surplusBackups } from './backup-schedule.ts';
import { clockDoubt } from './clock-doubt.ts';
import { noteBackup } from './note-backup.ts';
import { forgetOld } from './retention.ts';

/** Pause before a backup that failed is tried again, in milliseconds. */
const RETRY_MS = 900_000;

/** Pause between two small transactions of forgetting, in milliseconds. */
const BREATH_MS = 50;

/** Machines whose clocks are asked before anything is forgotten; the middle one counts. */
const ASKED_CLOCKS = 15;

/** Who is written down for what the collector does by itself. */
const SCHEDULE = { kind: 'command', id: '', name: 'schedule' } as const;

/** What upkeep works with. */
export interface UpkeepParts {
  readonly settings: Pick<
    Settings,
    | 'backupFolder'
    | 'backupHour'
    | 'backupKeepCount'
    | 'data'
    | 'database'
    | 'keepMachineEventDays'
    | 'keepMachineHistoryDays'
    | 'keepObservationHistoryDays'
  >;
  readonly store: Store;
  readonly log: FastifyBaseLogger;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** What a collector does for its own data: a backup and some forgetting every day. */
export class Upkeep {
  readonly #parts: UpkeepParts;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #failedAtMs: number | undefined;
  #forgottenDay: number | undefined;
  #hasWarned = false;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** Begins what is due, every minute; it never waits for it, and nothing begins twice. */
  beginDue(): void {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined;
    });
  }

  /** Waits until what was begun is done. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Ends what is under way; a backup that was cut short is never taken for a whole one. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #work(): Promise<void> {
    await this.#attempt('Scheduled backup failed', () => this.#backUp());
    await this.#attempt('Old rows could not be forgotten', () => this.#forget());
  }

  /** The top of scheduled work: what failed is told and tried again later. */
  async #attempt(failure: string, work: () => Promise<void>): Promise<void> {
    try {
      if (!this.#stopping.signal.aborted) await work();
    } catch (err) {
      if (!this.#stopping.signal.aborted) this.#parts.log.error({ err }, failure);
    }
  }

  async #backUp(): Promise<void> {
    const { settings, store, log, nowMs } = this.#parts;
    const { backupFolder, backupHour, backupKeepCount, database, data: dataFolder } = settings;
    const atMs = nowMs();
    if (backupFolder === undefined || Math.abs(atMs - (this.#failedAtMs ?? Number.NEGATIVE_INFINITY)) < RETRY_MS)
      return;
    this.#failedAtMs = atMs;
    const folder = new BackupFolder(backupFolder);
    const names = folder.list();
    if (isBackupDue(names, backupHour, atMs)) {
      const target = folder.pathOf(backupNameAt(atMs));
      const done = await backUpBeside({ database, dataFolder, target, nowMs: atMs }, this.#stopping.signal);
      await noteBackup(store, { kind: 'schedule', actor: SCHEDULE, target, ...done });
      folder.remove([...surplusBackups(folder.list(), backupKeepCount), ...cutShort(names)]);
      log.info({ backup: target, bytes: done.bytes, durationMs: nowMs() - atMs }, 'Backup was made and checked');
    }
    this.#failedAtMs = undefined;
  }

  async #forget(): Promise<void> {
    const { settings, store, log, nowMs } = this.#parts;
    const atMs = nowMs();
    const today = dayNumber(atMs);
    if (this.#forgottenDay === today || (await this.#doubtsClock(atMs))) return;
    this.#forgottenDay = today;
    const pause = () => this.#breathe();
    const forgotten = await forgetOld({ store, kept: settings, nowMs: atMs, pause });
    if (Object.values(forgotten).some((count) => count > 0)) log.info(forgotten, 'Old rows were forgotten');
  }

  /** A clock that leapt ahead would forget everything at once, and what is forgotten does not come back. */
  async #doubtsClock(atMs: number): Promise<boolean> {
    const { store, log } = this.#parts;
    const lastBeatMs = await store.absences.lastBeatMs();
    const absences = await store.absences.list();
    const machineOffsetsMs = await store.upkeep.newestClockOffsets(ASKED_CLOCKS);
    const doubt = clockDoubt({ absences, lastBeatMs, machineOffsetsMs }, atMs);
    if (doubt !== undefined && !this.#hasWarned) {
      log.warn(doubt, 'Nothing old is forgotten as the clock may have leapt ahead; check the time of this computer');
    }
    this.#hasWarned = doubt !== undefined;
    return this.#hasWarned;
  }

  async #breathe(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
    this.#stopping.signal.throwIfAborted();
  }
}
