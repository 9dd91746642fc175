import { z } from 'zod';

/** Days of machine history that periods of the year before last may still ask for. */
const TWO_YEARS_DAYS = 740;

/** Longest time that anything is kept, in days. */
const MOST_DAYS = 36_500;

/** Settings of backups and of how long things are kept; part of the settings of the collector. */
export const upkeepSettings = {
  backupFolder: z
    .string()
    .min(1)
    .max(4_096)
    .optional()
    .describe('Folder for a backup every day, best on another disk; without it none is made by itself'),
  backupHour: z.int().min(0).max(23).default(2).describe('Hour of the daily backup, Asia/Ho_Chi_Minh'),
  backupKeepCount: z
    .int()
    .min(2)
    .max(3_650)
    .default(14)
    .describe('Daily backups that are kept; older ones are removed'),
  keepObservationHistoryDays: z
    .int()
    .min(31)
    .max(MOST_DAYS)
    .default(400)
    .describe('Days for which it is kept what machines were seen as; the newest is always kept'),
  keepMachineEventDays: z
    .int()
    .min(31)
    .max(MOST_DAYS)
    .default(1_100)
    .describe('Days for which it is kept what happened to machines'),
  keepMachineHistoryDays: z
    .int()
    .min(TWO_YEARS_DAYS)
    .max(MOST_DAYS)
    .default(800)
    .describe(
      'Days for which it is kept how machines were counted and what was reached, so that a period can be computed again; figures of days that rest on older ones are refused',
    ),
} as const;
