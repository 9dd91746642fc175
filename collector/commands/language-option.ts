import { TramdoError } from '#shared/errors.ts';
import { isLanguage, type Language } from '../catalogues/language.ts';
import { type OptionValues, textOption } from './command.ts';

/** The option `--lang` of every command that speaks to people in both languages. */
export const LANGUAGE_OPTION = { lang: { type: 'string' } } as const;

/** How the usage of a command shows {@link LANGUAGE_OPTION}. */
export const LANGUAGE_USAGE = '[--lang vi|en]';

/**
 * The language of `--lang`; Vietnamese when it was not given.
 *
 * @throws {TramdoError} USAGE
 */
export function languageOption(options: OptionValues): Language {
  const language = textOption(options, 'lang') ?? 'vi';
  if (isLanguage(language)) return language;
  throw new TramdoError('USAGE', `Cannot use --lang: current value is "${language}", allowed are vi and en`);
}
