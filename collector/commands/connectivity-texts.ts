import type { Language } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';

/** Sentences of the commands about connectivity, by language. */
export const CONNECTIVITY_TEXTS = {
  since: {
    vi: (start: string) => `mất kết nối từ ${start}`,
    en: (start: string) => `outage since ${start}`,
  },
  lasts: { vi: 'chưa hết', en: 'lasts' },
  down: {
    vi: (count: string) => `${count} khoảng 5 phút không kết nối được`,
    en: (count: string) => `${count} slots of 5 minutes down`,
  },
  unknown: {
    vi: (count: string) => `${count} khoảng chưa rõ`,
    en: (count: string) => `${count} slots unknown`,
  },
  machines: {
    vi: (count: string) => `nhiều nhất ${count} máy cùng lúc`,
    en: (count: string) => `at most ${count} machines at once`,
  },
  none: { vi: 'Không có lần mất kết nối nào trong khoảng thời gian xét.', en: 'No outage in the window.' },
} as const;

/** Prints an instant, or a dash where there is none. */
export function instantOrDash(atMs: number | undefined): string {
  return atMs === undefined ? '-' : formatDateTime(atMs);
}

/** Says since when an outage lasts, or prints a dash where none does. */
export function lastingOutageText(startMs: number | undefined, language: Language): string {
  return startMs === undefined ? '-' : CONNECTIVITY_TEXTS.since[language](formatDateTime(startMs));
}
