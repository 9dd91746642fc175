import type { AgentConfig } from '../config.ts';
import { currentPlatform } from '../host/current-platform.ts';
import { environment } from '../host/environment.ts';
import { chooseLanguage, type Language, systemLocale } from './language.ts';

/**
 * The language of whoever called the command.
 *
 * @throws {TramdoError} USAGE when `--lang` names one that nobody here speaks
 */
export function spokenLanguage({ lang }: AgentConfig): Language {
  return chooseLanguage({
    given: lang,
    environment: environment(),
    platform: currentPlatform(),
    systemLocale: systemLocale(),
  });
}
