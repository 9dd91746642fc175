import type { Language } from './language.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const BYTE_STEPS = [
  { size: 1_000_000_000, unit: 'GB' },
  { size: 1_000_000, unit: 'MB' },
  { size: 1_000, unit: 'KB' },
] as const;

/** Units of a length of time, largest first; a length is said in the first one of which it holds two. */
const DURATIONS = [
  { ms: DAY_MS, vi: 'ngày', en: 'days' },
  { ms: HOUR_MS, vi: 'giờ', en: 'hours' },
  { ms: MINUTE_MS, vi: 'phút', en: 'minutes' },
  { ms: SECOND_MS, vi: 'giây', en: 'seconds' },
] as const;

/**
 * An instant in the time of the system: `dd/MM/yyyy HH:mm` in Vietnamese, `yyyy-MM-dd HH:mm:ss` in English; `?` where
 * there is none.
 *
 * @param timeZone IANA name; absent: the system's
 */
export function formatInstant(atMs: number, language: Language, timeZone?: string): string {
  if (!Number.isFinite(atMs)) return '?';
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hourCycle: 'h23' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const { year, month, day, hour, minute, second } = parts;
  return language === 'vi'
    ? `${day}/${month}/${year} ${hour}:${minute}`
    : `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

/** A size in B, KB, MB or GB (powers of ten), with the language's decimal sign. */
export function formatBytes(bytes: number, language: Language): string {
  if (bytes < 1_000) return `${bytes} B`;
  const step = BYTE_STEPS.find(({ size }) => bytes >= size) ?? BYTE_STEPS[2];
  const value = bytes / step.size;
  const digits = value < 100 ? 1 : 0;
  return `${formatNumber(Number(value.toFixed(digits)), language)} ${step.unit}`;
}

/** A number: in Vietnamese with a decimal comma and dots for thousands, in English the other way round. */
export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'vi' ? 'vi-VN' : 'en-GB').format(value);
}

/** A length of time in its largest fitting unit: `3 phút`, `2 days`, `1,5 giây`. */
export function formatDuration(ms: number, language: Language): string {
  const length = Math.abs(ms);
  const unit = DURATIONS.find((one) => length >= 2 * one.ms) ?? DURATIONS[3];
  const value = length / unit.ms;
  return `${formatNumber(value < 10 ? Number(value.toFixed(1)) : Math.round(value), language)} ${unit[language]}`;
}
