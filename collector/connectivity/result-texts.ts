import type { LocalText } from '../catalogues/language.ts';
import type { NetworkResult } from '../metrics/metric-family.ts';

/** Results of networks in words. */
export const RESULT_TEXTS: Readonly<Record<NetworkResult, LocalText>> = {
  verified: { vi: 'đã xác thực', en: 'verified' },
  reached: { vi: 'kết nối được', en: 'reached' },
  not_reached: { vi: 'không kết nối được', en: 'not reached' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
};
