import { z } from 'zod';
import { judgeSetting } from '../judge-setting.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({});

/** Wants SMB 1 off. */
export const smb1Off: Rule<'hardening', typeof parameters> = {
  id: 'smb1-off',
  needs: ['hardening'],
  parameters,
  title: { vi: 'Giao thức SMB 1 đã tắt', en: 'SMB 1 off' },
  remedy: {
    vi: 'Windows: mở "Bật hoặc tắt tính năng Windows", bỏ chọn "SMB 1.0/CIFS File Sharing Support" rồi khởi động lại. Linux có Samba: đặt "server min protocol = SMB2" trong smb.conf. Máy in, máy quét cũ chỉ biết SMB 1 thì nên thay. macOS: ghi hai dòng "[default]" và "protocol_vers_map=6" vào /etc/nsmb.conf.',
    en: 'Windows: open "Turn Windows features on or off", clear "SMB 1.0/CIFS File Sharing Support", restart. Linux with Samba: set "server min protocol = SMB2" in smb.conf. Replace printers and scanners that know only SMB 1. macOS: write the two lines "[default]" and "protocol_vers_map=6" into /etc/nsmb.conf.',
  },
  judge: ({ seen }) => judgeSetting(seen.hardening.smb1, { setting: 'SMB 1', off: 'smb1_off', on: 'smb1_on' }),
};
