import { z } from 'zod';
import { assertNever } from '#shared/assert-never.ts';
import { reason } from '../reasons.ts';
import type { Judgement, Rule } from '../rule.ts';

const parameters = z.strictObject({
  maxMinutes: z.number().positive().default(15).describe('Longest idle time before the session locks, in minutes'),
});

/** Wants the session to lock after at most `maxMinutes` without use. */
export const screenLock: Rule<'hardening', typeof parameters> = {
  id: 'screen-lock',
  needs: ['hardening'],
  parameters,
  title: { vi: 'Màn hình tự khóa trong 15 phút', en: 'Screen locks within 15 minutes' },
  remedy: {
    vi: 'Windows: mở "Cài đặt trình bảo vệ màn hình", đặt chờ 15 phút hoặc ít hơn và chọn "Khi tiếp tục, hiển thị màn hình đăng nhập". Linux: mở "Cài đặt", "Quyền riêng tư", "Khóa màn hình". macOS: chỉ thấy được khi cài bằng hồ sơ cấu hình chung cho máy (com.apple.screensaver).',
    en: 'Windows: open the screen saver settings, wait 15 minutes or less, and choose "On resume, display logon screen". Linux: open "Settings", "Privacy", "Screen Lock". macOS: only a configuration profile for the whole machine (com.apple.screensaver) can be seen.',
  },
  judge({ seen }, { maxMinutes }) {
    const { screenLock: setting, screenLockAfterSeconds } = seen.hardening;
    switch (setting) {
      case 'on':
        return judgeDelay(screenLockAfterSeconds, maxMinutes);
      case 'off':
        return { verdict: 'fail', reason: reason('screen_lock_off') };
      case 'not_applicable':
        return { verdict: 'not_applicable', reason: reason('setting_not_applicable') };
      case 'unknown':
        return { verdict: 'unknown', reason: reason('setting_unknown', { setting: 'screen lock' }) };
      default:
        return assertNever(setting);
    }
  },
};

function judgeDelay(afterSeconds: number | undefined, maxMinutes: number): Judgement {
  if (afterSeconds === undefined) return { verdict: 'unknown', reason: reason('screen_lock_delay_unknown') };
  const params = { afterMinutes: Math.ceil(afterSeconds / 6) / 10, maxMinutes };
  if (afterSeconds <= maxMinutes * 60) return { verdict: 'pass', reason: reason('screen_lock_in_time', params) };
  return { verdict: 'fail', reason: reason('screen_lock_too_late', params) };
}
