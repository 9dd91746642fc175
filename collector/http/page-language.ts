import { isLanguage, type Language } from '../catalogues/language.ts';

/** The language a page is asked for in by `?lang=`; Vietnamese unless it says otherwise. */
export function pageLanguage(url: string): Language {
  // An address such as `//` is none that URL takes.
  const asked = new URLSearchParams(/\?(.*)$/s.exec(url)?.[1]).get('lang');
  return isLanguage(asked) ? asked : 'vi';
}

/** The same address in another language, or with another path when one is given. */
export function withLanguage(path: string, language: Language): string {
  return language === 'vi' ? path : `${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
}
