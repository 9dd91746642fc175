import { describe, expect, it } from 'vitest';
import { backupNameAt, cutShort, isBackupDue, surplusBackups } from '#collector/operations/backup-schedule.ts';

/** 02:00:05 in Viet Nam. */
const AT_TWO_MS = Date.parse('2026-07-29T19:00:05Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

describe('backupNameAt()', () => {
  it('names the instant in Viet Nam so that names sort by age', () => {
    expect(backupNameAt(AT_TWO_MS)).toBe('tramdo-2026-07-30T020005.backup');
  });
});

describe('isBackupDue()', () => {
  const yesterday = backupNameAt(AT_TWO_MS - DAY_MS);
  const today = backupNameAt(AT_TWO_MS);

  it.each([
    { when: 'there is none yet', names: [], atMs: AT_TWO_MS, isDue: true },
    { when: 'the hour came round since the newest', names: [yesterday], atMs: AT_TWO_MS, isDue: true },
    { when: 'the hour has not come yet today', names: [yesterday], atMs: AT_TWO_MS - HOUR_MS, isDue: false },
    { when: 'it was made already', names: [yesterday, today], atMs: AT_TWO_MS + HOUR_MS, isDue: false },
    { when: 'the collector was off at the hour', names: [yesterday], atMs: AT_TWO_MS + 6 * HOUR_MS, isDue: true },
    { when: 'the folder holds other files only', names: ['note.txt', 'tramdo.sqlite'], atMs: AT_TWO_MS, isDue: true },
    {
      when: 'a name of next year was given under a wrong clock',
      names: ['tramdo-2027-07-30T020000.backup'],
      atMs: AT_TWO_MS,
      isDue: true,
    },
  ])('says $isDue when $when', ({ names, atMs, isDue }) => {
    expect(isBackupDue(names, 2, atMs)).toBe(isDue);
  });
});

describe('surplusBackups()', () => {
  it('names the oldest of its own backups and never another file', () => {
    const names = [3, 1, 2].map((day) => backupNameAt(AT_TWO_MS + day * DAY_MS));
    expect(surplusBackups(['a.backup', ...names, 'tramdo.sqlite'], 2)).toEqual([backupNameAt(AT_TWO_MS + DAY_MS)]);
    expect(surplusBackups(names, 3)).toEqual([]);
  });
});

describe('cutShort()', () => {
  it('names drafts of scheduled backups only', () => {
    const draft = 'tramdo-2026-07-30T020005.backup.4711.draft';
    expect(cutShort([draft, `${draft}-journal`, 'mine.backup.4711.draft', backupNameAt(AT_TWO_MS)])).toEqual([
      draft,
      `${draft}-journal`,
    ]);
  });
});
