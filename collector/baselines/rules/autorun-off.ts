import { z } from 'zod';
import { judgeSetting } from '../judge-setting.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({});

/** Wants programs on removable media not to start by themselves. */
export const autorunOff: Rule<'hardening', typeof parameters> = {
  id: 'autorun-off',
  needs: ['hardening'],
  parameters,
  title: { vi: 'Tự chạy từ USB, đĩa đã tắt', en: 'Autorun off' },
  remedy: {
    vi: 'Windows: mở "Cài đặt", "Bluetooth và thiết bị", "Tự phát" và tắt; trong mạng có máy chủ miền, đặt chính sách "Turn off Autoplay" cho tất cả các ổ. Linux: tắt tự chạy phần mềm trong mục "Thiết bị rời" của phần cài đặt.',
    en: 'Windows: open "Settings", "Bluetooth & devices", "AutoPlay" and turn it off; in a domain set the policy "Turn off Autoplay" for all drives. Linux: turn off starting software under "Removable media" in the settings.',
  },
  judge: ({ seen }) =>
    judgeSetting(seen.hardening.autorun, { setting: 'autorun', off: 'autorun_off', on: 'autorun_on' }),
};
