import type { Language } from './language.ts';

/** What `proxy` says. */
export interface ProxyTexts {
  readonly set: (shown: string) => string;
  readonly none: string;
  readonly system: string;
  readonly next: string;
}

const en: ProxyTexts = {
  set: (shown) => `From now on the collector is reached through ${shown}.`,
  none: 'From now on no proxy is used.',
  system: 'From now on the environment and the system decide on the proxy.',
  next: 'See with "tramdo-agent doctor" whether it works.',
};

const vi: ProxyTexts = {
  set: (shown) => `Từ nay kết nối tới máy chủ thu thập qua ${shown}.`,
  none: 'Từ nay không dùng proxy.',
  system: 'Từ nay proxy theo biến môi trường và thiết lập của hệ thống.',
  next: 'Chạy "tramdo-agent doctor" để kiểm tra.',
};

/** What `proxy` says in every language. */
export const PROXY_TEXTS: Readonly<Record<Language, ProxyTexts>> = { vi, en };
