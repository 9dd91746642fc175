import { z } from 'zod';
import { reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({
  maxSeconds: z.number().positive().default(60).describe('Largest offset of the clock either way, in seconds'),
});

/**
 * Wants the clock right, by the machine's own time service and by the collector's clock at the newest report; the worse
 * of the two counts, since a service that lost its servers may hold a wrong clock to be right.
 */
export const timeOffset: Rule<'time', typeof parameters> = {
  id: 'time-offset',
  needs: ['time'],
  parameters,
  title: { vi: 'Đồng hồ đúng giờ', en: 'Clock right' },
  remedy: {
    vi: 'Windows: mở "Cài đặt", "Ngày và giờ", bật "Tự đặt giờ" rồi chọn "Đồng bộ ngay". Linux: chạy "sudo timedatectl set-ntp true". Nếu mỗi lần mở máy lại sai giờ, thay pin CMOS trên bo mạch chủ. macOS: mở "Cài đặt hệ thống", "Cài đặt chung", "Ngày & Giờ", bật "Tự động đặt giờ và ngày".',
    en: 'Windows: open "Settings", "Date & time", turn "Set time automatically" on and choose "Sync now". Linux: run "sudo timedatectl set-ntp true". If the time is wrong at every start, replace the CMOS battery. macOS: open "System Settings", "General", "Date & Time", and turn "Set time and date automatically" on.',
  },
  judge({ seen, machine }, { maxSeconds }) {
    const said = { offsetSeconds: seen.time.offsetSeconds, source: seen.time.service };
    const measuredMs = machine.clockOffsetMs;
    const measured = { offsetSeconds: measuredMs && Math.round(measuredMs / 1_000), source: 'collector' };
    const [worst] = [said, measured]
      .flatMap(({ offsetSeconds, source }) => (offsetSeconds === undefined ? [] : [{ offsetSeconds, source }]))
      .toSorted((a, b) => Math.abs(b.offsetSeconds) - Math.abs(a.offsetSeconds));
    if (worst === undefined) return { verdict: 'unknown', reason: reason('clock_offset_unknown') };
    const { offsetSeconds } = worst;
    const params = { ...worst, maxSeconds };
    if (Math.abs(offsetSeconds) <= maxSeconds) return { verdict: 'pass', reason: reason('clock_right', params) };
    return { verdict: 'fail', reason: reason('clock_off', params) };
  },
};
