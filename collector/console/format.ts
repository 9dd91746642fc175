import type { Language } from '../catalogues/language.ts';

const LOCALES = { vi: 'vi-VN', en: 'en-GB' } as const satisfies Record<Language, string>;

const WHOLE = {
  vi: new Intl.NumberFormat(LOCALES.vi, { maximumFractionDigits: 0 }),
  en: new Intl.NumberFormat(LOCALES.en, { maximumFractionDigits: 0 }),
};

const TWO_DIGITS = {
  vi: new Intl.NumberFormat(LOCALES.vi, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  en: new Intl.NumberFormat(LOCALES.en, { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
};

/** Prints a count: `1.234` in Vietnamese, `1,234` in English. */
export function formatCount(count: number, language: Language): string {
  return WHOLE[language].format(count);
}

/** Prints a divided by b as a percentage with two digits, never rounded up to 100; `–` when b is 0. */
export function formatPercentage(a: number, b: number, language: Language): string {
  if (b === 0) return '–';
  const hundredths = Math.round((a / b) * 10_000);
  // 99.996 % is not all of them.
  const honest = a < b && hundredths === 10_000 ? 9_999 : hundredths;
  return `${TWO_DIGITS[language].format(honest / 100)} %`;
}

/** Prints a divided by b with two digits; `–` when b is 0. */
export function formatQuotient(a: number, b: number, language: Language): string {
  return b === 0 ? '–' : TWO_DIGITS[language].format(a / b);
}

/** Prints the pair that stands beside every ratio: `1.234/2.000`. */
export function formatPair(a: number, b: number, language: Language): string {
  return `${formatCount(a, language)}/${formatCount(b, language)}`;
}
