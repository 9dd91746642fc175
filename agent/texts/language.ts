import type { Platform } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';

/** Languages in which the agent speaks to people. */
export const LANGUAGES = ['vi', 'en'] as const;

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** What the language is chosen from. */
export interface LanguageQuestion {
  /** Value of `--lang`; absent: the system decides. */
  readonly given: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: Platform;
  /** BCP 47 tag of the user's locale. */
  readonly systemLocale: string;
}

/**
 * Chooses the language: what was said, else the first of LC_ALL, LC_MESSAGES and LANG that is set (POSIX.1-2024, base
 * definitions, 8.2; not on Windows, where only ported programs set them), else the system's locale, else English.
 *
 * @throws {TramdoError} USAGE when something else was said
 */
export function chooseLanguage({ given, environment, platform, systemLocale }: LanguageQuestion): Language {
  if (given !== undefined) {
    const known = LANGUAGES.find((language) => language === given);
    if (known !== undefined) return known;
    throw new TramdoError('USAGE', `There is no language "${given}": use --lang ${LANGUAGES.join(' or --lang ')}`);
  }
  const names = platform === 'win32' ? [] : ['LC_ALL', 'LC_MESSAGES', 'LANG'];
  const variable = names.map((name) => environment[name]).find((text) => text !== undefined && text !== '');
  return /^vi(?![a-z])/i.test(variable ?? systemLocale) ? 'vi' : 'en';
}

/** The locale of whoever runs the agent, as the system has it. */
export function systemLocale(): string {
  return Intl.DateTimeFormat().resolvedOptions().locale;
}
