import { z } from 'zod';
import { assertNever } from '#shared/assert-never.ts';
import { reason } from '../reasons.ts';
import type { Judgement, Rule } from '../rule.ts';

const parameters = z.strictObject({});

/** Wants the system volume of a laptop to be encrypted; other kinds are not judged. */
export const diskEncrypted: Rule<'disk-encryption', typeof parameters> = {
  id: 'disk-encrypted',
  needs: ['disk-encryption'],
  appliesTo: ['laptop'],
  parameters,
  title: { vi: 'Ổ hệ thống đã mã hóa (máy tính xách tay)', en: 'System disk encrypted (laptops)' },
  remedy: {
    vi: 'Windows: mở "Quản lý BitLocker" và bật cho ổ C: (nếu đang tạm dừng, chọn "Tiếp tục bảo vệ"), cất khóa khôi phục ở nơi an toàn ngoài máy. Linux: cài lại hệ điều hành với tùy chọn mã hóa LUKS. Sao lưu dữ liệu trước khi làm. macOS: mở "Cài đặt hệ thống", "Quyền riêng tư & Bảo mật", bật FileVault.',
    en: 'Windows: open "Manage BitLocker", turn it on for drive C: (choose "Resume protection" where it is suspended), and keep the recovery key in a safe place off the machine. Linux: install again with LUKS encryption chosen. Back up the data first. macOS: open "System Settings", "Privacy & Security", and turn FileVault on.',
  },
  judge({ seen }) {
    const judgements = seen['disk-encryption'].volumes.filter(({ isSystem }) => isSystem).map(judgeVolume);
    const failed = judgements.find(({ verdict }) => verdict === 'fail');
    const open = judgements.find(({ verdict }) => verdict === 'unknown');
    const decided = failed ?? open ?? judgements[0];
    return decided ?? { verdict: 'unknown', reason: reason('disk_system_volume_missing') };
  },
};

interface Volume {
  readonly mount: string;
  readonly method: string;
  readonly state: 'encrypted' | 'encrypting' | 'decrypting' | 'suspended' | 'not_encrypted' | 'unknown';
}

function judgeVolume({ mount, method, state }: Volume): Judgement {
  switch (state) {
    case 'encrypted':
      return { verdict: 'pass', reason: reason('disk_encrypted', { mount, method }) };
    case 'not_encrypted':
      return { verdict: 'fail', reason: reason('disk_not_encrypted', { mount }) };
    case 'encrypting':
    case 'decrypting':
      return { verdict: 'fail', reason: reason('disk_partly_encrypted', { mount, state }) };
    case 'suspended':
      return { verdict: 'fail', reason: reason('disk_suspended', { mount }) };
    case 'unknown':
      return { verdict: 'unknown', reason: reason('disk_state_unknown', { mount }) };
    default:
      return assertNever(state);
  }
}
