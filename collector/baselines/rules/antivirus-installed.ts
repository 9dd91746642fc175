import { z } from 'zod';
import { productName } from '../antivirus-state.ts';
import { reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({});

/** Wants any antivirus product to be installed, running or not. */
export const antivirusInstalled: Rule<'antivirus', typeof parameters> = {
  id: 'antivirus-installed',
  needs: ['antivirus'],
  parameters,
  title: { vi: 'Đã cài phần mềm phòng, chống mã độc', en: 'Antivirus installed' },
  remedy: {
    vi: 'Cài phần mềm phòng, chống mã độc mà cơ quan được cấp. Máy Windows có sẵn Microsoft Defender: mở "Bảo mật Windows", mục "Bảo vệ khỏi vi-rút và mối đe dọa" rồi bật lên.',
    en: 'Install the antivirus product your agency was given. Windows comes with Microsoft Defender: open "Windows Security", "Virus & threat protection", and turn it on.',
  },
  judge({ seen }) {
    const { products } = seen.antivirus;
    if (products.length === 0) return { verdict: 'fail', reason: reason('antivirus_none') };
    return { verdict: 'pass', reason: reason('antivirus_found', { products: products.map(productName).join(', ') }) };
  },
};
