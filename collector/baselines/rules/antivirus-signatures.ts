import { z } from 'zod';
import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { Catalogues } from '../../catalogues/catalogues.ts';
import { protectionOf, signatureAge } from '../antivirus-state.ts';
import { reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({
  maxDays: z.number().positive().default(7).describe('Largest age of the signatures, in days of 24 hours'),
});

/** Wants signatures of at most `maxDays`, of the product that protects; of any product only where none does. */
export const antivirusSignatures: Rule<'antivirus', typeof parameters> = {
  id: 'antivirus-signatures',
  needs: ['antivirus'],
  parameters,
  title: { vi: 'Mẫu nhận diện mã độc còn mới', en: 'Antivirus signatures fresh' },
  remedy: {
    vi: 'Mở phần mềm phòng, chống mã độc và chọn "Cập nhật". Nếu không cập nhật được, kiểm tra mạng, hạn bản quyền, hoặc máy chủ cập nhật nội bộ. Trên Linux với ClamAV: kiểm tra dịch vụ clamav-freshclam.',
    en: 'Open the antivirus product and choose "Update". If that fails, look at the network, the licence, or the update server of the agency. On Linux with ClamAV, look at the service clamav-freshclam.',
  },
  judge({ seen, catalogues, atMs }, { maxDays }) {
    const ages = deciding(seen.antivirus.products, catalogues).map((product) => signatureAge(product, maxDays, atMs));
    const [first] = ages;
    if (first === undefined) return { verdict: 'fail', reason: reason('antivirus_none') };
    const fresh = ages.filter(({ state }) => state === 'fresh');
    const open = ages.find(({ state }) => state === 'unknown');
    const best = fresh.find(({ holdsUntilMs }) => holdsUntilMs === undefined) ?? fresh.toSorted(longestFirst)[0];
    const decided = best ?? open ?? first;
    const verdict = best !== undefined ? 'pass' : open !== undefined ? 'unknown' : 'fail';
    const { holdsUntilMs } = decided;
    return { verdict, reason: decided.reason, ...(holdsUntilMs === undefined ? {} : { holdsUntilMs }) };
  },
};

/** Fresh signatures of a product that gave way to another one say nothing of the one that protects. */
function deciding(products: readonly AntivirusProduct[], catalogues: Catalogues): readonly AntivirusProduct[] {
  for (const wanted of ['on', 'unknown'] as const) {
    const some = products.filter((product) => protectionOf(product, catalogues) === wanted);
    if (some.length > 0) return some;
  }
  return products;
}

function longestFirst(a: { readonly holdsUntilMs?: number }, b: { readonly holdsUntilMs?: number }): number {
  return (b.holdsUntilMs ?? 0) - (a.holdsUntilMs ?? 0);
}
