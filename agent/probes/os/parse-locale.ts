import { parseAssignments } from '../parse-assignments.ts';

/** Modifiers of POSIX locale names that are scripts (`sr_RS@latin`), as BCP 47 writes them (ISO 15924). */
const SCRIPTS: Readonly<Record<string, string>> = { latin: 'Latn', cyrillic: 'Cyrl', devanagari: 'Deva' };

/**
 * The language of messages in `/etc/default/locale` or `/etc/locale.conf`, as BCP 47: `vi_VN.UTF-8` is `vi-VN`.
 *
 * `LC_ALL` goes before `LC_MESSAGES` before `LANG`, as in locale(7). Undefined for `C` and `POSIX`, which name no language.
 */
export function parseDisplayLanguage(text: string): string | undefined {
  const settings = parseAssignments(text);
  const locale = [settings.get('LC_ALL'), settings.get('LC_MESSAGES'), settings.get('LANG')].find(
    (value) => value !== undefined && value !== '',
  );
  const [, language, region, modifier] =
    /^([a-z]{2,3})(?:_([A-Z]{2}|\d{3}))?(?:\.[\w-]+)?(?:@(\w+))?$/.exec(locale ?? '') ?? [];
  if (language === undefined) return undefined;
  return [language, SCRIPTS[modifier ?? ''], region].filter((part) => part !== undefined).join('-');
}
