import { DAY_MS, dayNumber, dayStartMs, isoDateTimeOf } from '../catalogues/viet-nam-time.ts';

const HOUR_MS = 3_600_000;

/** Name of a scheduled backup: the instant in Asia/Ho_Chi_Minh, so that names sort by age. */
const NAME = /^tramdo-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})\.backup$/;

/** Name of the backup that is begun at an instant, such as `tramdo-2026-07-30T020000.backup`. */
export function backupNameAt(atMs: number): string {
  return `tramdo-${isoDateTimeOf(atMs).replaceAll(':', '')}.backup`;
}

/** What a scheduled backup that was cut short leaves behind, see writeBackup. */
const DRAFT = /^tramdo-[0-9T-]+\.backup\.\d+\.draft(?:-journal|-wal|-shm)?$/;

/**
 * Tells whether a backup is due: none of the folder was begun since the hour of the day came round last. A collector
 * that was off at that hour makes it up when it is on again.
 *
 * @param hour 0 to 23 in Asia/Ho_Chi_Minh
 */
export function isBackupDue(names: readonly string[], hour: number, nowMs: number): boolean {
  const newestAtMs = Math.max(0, ...names.flatMap((name) => begunAtMs(name) ?? []));
  // A name of tomorrow was given under a wrong clock and must not stop today's backup.
  return newestAtMs < lastRoundMs(hour, nowMs) || newestAtMs > nowMs + DAY_MS;
}

/** The scheduled backups that are more than are kept, oldest first; other files of the folder are never named. */
export function surplusBackups(names: readonly string[], keepCount: number): readonly string[] {
  const backups = names.filter((name) => NAME.test(name)).toSorted();
  return backups.slice(0, Math.max(0, backups.length - keepCount));
}

/** Files of the folder that scheduled backups left behind when they were cut short. */
export function cutShort(names: readonly string[]): readonly string[] {
  return names.filter((name) => DRAFT.test(name));
}

function lastRoundMs(hour: number, nowMs: number): number {
  const todayMs = dayStartMs(dayNumber(nowMs)) + hour * HOUR_MS;
  return todayMs <= nowMs ? todayMs : todayMs - DAY_MS;
}

/** When a scheduled backup was begun by its name, epoch milliseconds; undefined for other files. */
function begunAtMs(name: string): number | undefined {
  const [, date, hours, minutes, seconds] = NAME.exec(name) ?? [];
  return date === undefined ? undefined : Date.parse(`${date}T${hours}:${minutes}:${seconds}+07:00`);
}
