import { TramdoError } from '#shared/errors.ts';
import type { Language } from '../catalogues/language.ts';
import { DAY_MS, dayNumberOfDate, dayStartMs } from '../catalogues/viet-nam-time.ts';

/** Lengths of a reporting period, shortest first. */
export const PERIOD_KINDS = ['month', 'quarter', 'year'] as const;

/** One of {@link PERIOD_KINDS}. */
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** A month, quarter or year of the calendar in Asia/Ho_Chi_Minh; its figures are those of the end of its last day. */
export interface ReportingPeriod {
  /** `2026-07`, `2026-Q3` or `2026`. */
  readonly id: string;
  readonly kind: PeriodKind;
  /** `yyyy-mm-dd`. */
  readonly firstDay: string;
  /** `yyyy-mm-dd`. */
  readonly lastDay: string;
}

const PERIOD_ID = /^(20[0-9]{2})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?$/;

/**
 * Reads the id of a period.
 *
 * @throws {TramdoError} PERIOD_INVALID
 */
export function parsePeriod(text: string): ReportingPeriod {
  const [id, year, month, quarter] = PERIOD_ID.exec(text) ?? [];
  if (id === undefined || year === undefined) {
    throw new TramdoError(
      'PERIOD_INVALID',
      `Cannot use the period: current value is "${text.slice(0, 40)}", allowed is a month such as 2026-07, a quarter such as 2026-Q3 or a year such as 2026`,
    );
  }
  if (month !== undefined) return periodOf(id, 'month', { year, firstMonth: Number(month), lastMonth: Number(month) });
  if (quarter !== undefined) {
    const lastMonth = 3 * Number(quarter);
    return periodOf(id, 'quarter', { year, firstMonth: lastMonth - 2, lastMonth });
  }
  return periodOf(id, 'year', { year, firstMonth: 1, lastMonth: 12 });
}

/** First instant after the period, epoch milliseconds. */
export function periodEndMs({ lastDay }: ReportingPeriod): number {
  return dayStartMs(dayNumberOfDate(lastDay) + 1);
}

/** Tells whether a period is over at an instant; only then it can be sealed. */
export function hasEnded(period: ReportingPeriod, nowMs: number): boolean {
  return nowMs >= periodEndMs(period);
}

/** Every period of a year, months before their quarter, the year last. */
export function periodsOfYear(year: number): readonly ReportingPeriod[] {
  return [1, 2, 3, 4].flatMap((quarter) => [
    ...[2, 1, 0].map((back) => parsePeriod(`${year}-${String(3 * quarter - back).padStart(2, '0')}`)),
    parsePeriod(`${year}-Q${quarter}`),
    ...(quarter === 4 ? [parsePeriod(String(year))] : []),
  ]);
}

const QUARTERS = ['I', 'II', 'III', 'IV'] as const;

/** Names a period as reports do: `tháng 7/2026`, `quý III/2026`, `năm 2026`; in English `July 2026`, `Q3 2026`, `2026`. */
export function periodName({ id, kind }: ReportingPeriod, language: Language): string {
  const [year = '', part = ''] = id.split('-');
  if (kind === 'year') return language === 'vi' ? `năm ${year}` : year;
  if (kind === 'month')
    return language === 'vi' ? `tháng ${Number(part)}/${year}` : `${MONTHS[Number(part) - 1]} ${year}`;
  return language === 'vi' ? `quý ${QUARTERS[Number(part.slice(1)) - 1]}/${year}` : `${part} ${year}`;
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

function periodOf(
  id: string,
  kind: PeriodKind,
  span: { readonly year: string; readonly firstMonth: number; readonly lastMonth: number },
): ReportingPeriod {
  const firstDay = `${span.year}-${String(span.firstMonth).padStart(2, '0')}-01`;
  const nextMonth = `${span.year}-${String(span.lastMonth).padStart(2, '0')}-01`;
  return { id, kind, firstDay, lastDay: lastDayOfMonth(nextMonth) };
}

function lastDayOfMonth(firstDay: string): string {
  const first = new Date(firstDay);
  const next = Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1);
  return new Date(next - DAY_MS).toISOString().slice(0, 10);
}
