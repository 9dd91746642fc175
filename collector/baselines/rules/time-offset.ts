import { z } from 'zod';
import { reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({
  maxSeconds: z.number().positive().default(60).describe('Largest offset of the clock either way, in seconds'),
});

/** Wants the clock right: by the machine's own time service, else by the collector's clock at the newest report. */
export const timeOffset: Rule<'time', typeof parameters> = {
  id: 'time-offset',
  needs: ['time'],
  parameters,
  title: { vi: 'Đồng hồ đúng giờ', en: 'Clock right' },
  remedy: {
    vi: 'Windows: mở "Cài đặt", "Ngày và giờ", bật "Tự đặt giờ" rồi chọn "Đồng bộ ngay". Linux: chạy "sudo timedatectl set-ntp true". Nếu mỗi lần mở máy lại sai giờ, thay pin CMOS trên bo mạch chủ.',
    en: 'Windows: open "Settings", "Date & time", turn "Set time automatically" on and choose "Sync now". Linux: run "sudo timedatectl set-ntp true". If the time is wrong at every start, replace the CMOS battery.',
  },
  judge({ seen, machine }, { maxSeconds }) {
    const said = seen.time.offsetSeconds;
    const measured = machine.clockOffsetMs === undefined ? undefined : Math.round(machine.clockOffsetMs / 1_000);
    const offsetSeconds = said ?? measured;
    if (offsetSeconds === undefined) return { verdict: 'unknown', reason: reason('clock_offset_unknown') };
    const params = { offsetSeconds, maxSeconds, source: said === undefined ? 'collector' : seen.time.service };
    if (Math.abs(offsetSeconds) <= maxSeconds) return { verdict: 'pass', reason: reason('clock_right', params) };
    return { verdict: 'fail', reason: reason('clock_off', params) };
  },
};
