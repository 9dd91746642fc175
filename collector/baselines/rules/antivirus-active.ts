import { z } from 'zod';
import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import { asDecodedHere, productName, protectionOf } from '../antivirus-state.ts';
import type { Reason } from '../reasons.ts';
import { reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({});

/** Wants one product that says it protects in real time and is seen running. */
export const antivirusActive: Rule<'antivirus', typeof parameters> = {
  id: 'antivirus-active',
  needs: ['antivirus'],
  parameters,
  title: { vi: 'Phần mềm phòng, chống mã độc đang hoạt động', en: 'Antivirus active' },
  remedy: {
    vi: 'Mở phần mềm phòng, chống mã độc và bật "Bảo vệ theo thời gian thực". Nếu báo hết hạn, gia hạn bản quyền; nếu có hai phần mềm, chỉ giữ lại một. Trên Linux với ClamAV: bật cả hai dịch vụ clamav-daemon và clamav-clamonacc.',
    en: 'Open the antivirus product and turn "real-time protection" on. If it has expired, renew the licence; if there are two products, keep only one. On Linux with ClamAV, start both services clamav-daemon and clamav-clamonacc.',
  },
  judge({ seen, catalogues }) {
    const { products } = seen.antivirus;
    const [first] = products;
    if (first === undefined) return { verdict: 'fail', reason: reason('antivirus_none') };
    const active = products.find((product) => protectionOf(product, catalogues) === 'on');
    if (active !== undefined) {
      return { verdict: 'pass', reason: reason('antivirus_active', { product: productName(active) }) };
    }
    const open = products.find((product) => protectionOf(product, catalogues) === 'unknown');
    if (open !== undefined) return { verdict: 'unknown', reason: whyOpen(open) };
    return { verdict: 'fail', reason: whyOff(first) };
  },
};

function whyOpen(product: AntivirusProduct): Reason {
  const code = asDecodedHere(product).realTime === 'on' ? 'antivirus_running_unknown' : 'antivirus_real_time_unknown';
  return reason(code, { product: productName(product) });
}

function whyOff(product: AntivirusProduct): Reason {
  const name = productName(product);
  if (product.isRunning === false) return reason('antivirus_not_running', { product: name });
  return reason('antivirus_real_time_off', { product: name, state: asDecodedHere(product).realTime });
}
