/** Languages of pages and texts; Vietnamese comes first. */
export const LANGUAGES = ['vi', 'en'] as const;

/** One of {@link LANGUAGES}. */
export type Language = (typeof LANGUAGES)[number];

/** One text in every language. */
export type LocalText = Readonly<Record<Language, string>>;

/** Tells whether a text from outside (a query parameter) names a language. */
export function isLanguage(text: unknown): text is Language {
  return text === 'vi' || text === 'en';
}
