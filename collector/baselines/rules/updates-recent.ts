import { z } from 'zod';
import { DAY_MS } from '../../catalogues/viet-nam-time.ts';
import { ageInDays, reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({
  maxDays: z.number().positive().default(31).describe('Largest age of the newest installed update, in days'),
  listMaxDays: z
    .number()
    .positive()
    .default(7)
    .describe('Largest age of the look for updates that found none, in days'),
});

/**
 * Wants updates installed within `maxDays`, or proof that none waits: none pending by lists of at most `listMaxDays`.
 * Without that proof an old date fails, because makers publish updates every month.
 */
export const updatesRecent: Rule<'updates', typeof parameters> = {
  id: 'updates-recent',
  needs: ['updates'],
  parameters,
  title: { vi: 'Đã cập nhật trong 31 ngày', en: 'Updated within 31 days' },
  remedy: {
    vi: 'Windows: mở "Cài đặt", "Windows Update", chọn "Kiểm tra bản cập nhật" rồi khởi động lại máy. Debian, Ubuntu: chạy "sudo apt update && sudo apt upgrade". Rocky, Fedora: chạy "sudo dnf upgrade". macOS: mở "Cài đặt hệ thống", "Cài đặt chung", "Cập nhật phần mềm".',
    en: 'Windows: open "Settings", "Windows Update", choose "Check for updates", then restart. Debian, Ubuntu: run "sudo apt update && sudo apt upgrade". Rocky, Fedora: run "sudo dnf upgrade". macOS: open "System Settings", "General", "Software Update".',
  },
  judge({ seen, atMs }, { maxDays, listMaxDays }) {
    const { lastInstalledAt, lastCheckedAt, pendingCount, source } = seen.updates;
    const installedAtMs = lastInstalledAt === undefined ? undefined : Date.parse(lastInstalledAt);
    const checkedAtMs = lastCheckedAt === undefined ? undefined : Date.parse(lastCheckedAt);
    const installedHoldsMs = installedAtMs === undefined ? 0 : installedAtMs + maxDays * DAY_MS + 1;
    const checkedHoldsMs = checkedAtMs === undefined || pendingCount !== 0 ? 0 : checkedAtMs + listMaxDays * DAY_MS + 1;
    const holdsUntilMs = Math.max(installedHoldsMs, checkedHoldsMs);
    if (installedAtMs !== undefined && atMs < installedHoldsMs) {
      return { verdict: 'pass', reason: reason('updates_recent', { installedAtMs, maxDays }), holdsUntilMs };
    }
    if (checkedAtMs !== undefined && atMs < checkedHoldsMs) {
      return { verdict: 'pass', reason: reason('updates_none_pending', { checkedAtMs }), holdsUntilMs };
    }
    if (installedAtMs === undefined) return { verdict: 'unknown', reason: reason('updates_date_unknown', { source }) };
    const ageDays = ageInDays(installedAtMs, atMs);
    return { verdict: 'fail', reason: reason('updates_old', { installedAtMs, ageDays, maxDays }) };
  },
};
