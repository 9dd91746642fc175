import { describe, expect, it } from 'vitest';
import { chooseLanguage } from '#agent/texts/language.ts';

const ask = (given: Partial<Parameters<typeof chooseLanguage>[0]>) =>
  chooseLanguage({ given: undefined, environment: {}, platform: 'linux', systemLocale: 'en-US', ...given });

describe('chooseLanguage()', () => {
  it.each<{ when: string; question: Partial<Parameters<typeof chooseLanguage>[0]>; language: string }>([
    { when: 'it was said', question: { given: 'vi', environment: { LANG: 'en_US.UTF-8' } }, language: 'vi' },
    { when: 'LANG is Vietnamese', question: { environment: { LANG: 'vi_VN.UTF-8' } }, language: 'vi' },
    { when: 'LC_ALL outranks LANG', question: { environment: { LANG: 'vi_VN', LC_ALL: 'C' } }, language: 'en' },
    { when: 'LC_MESSAGES outranks LANG', question: { environment: { LANG: 'C', LC_MESSAGES: 'vi' } }, language: 'vi' },
    {
      when: 'an empty variable does not count',
      question: { environment: { LC_ALL: '', LANG: 'vi_VN' } },
      language: 'vi',
    },
    { when: 'only the system says', question: { systemLocale: 'vi-VN' }, language: 'vi' },
    {
      when: 'Windows has a variable of a ported program',
      question: { platform: 'win32', environment: { LANG: 'en_US' }, systemLocale: 'vi-VN' },
      language: 'vi',
    },
    { when: 'another language only begins alike', question: { environment: { LANG: 'vik' } }, language: 'en' },
    { when: 'nobody says anything', question: {}, language: 'en' },
  ])('gives $language when $when', ({ question, language }) => {
    expect(ask(question)).toBe(language);
  });

  it('refuses a language that nobody here speaks', () => {
    expect(() => ask({ given: 'fr' })).toThrow(
      expect.objectContaining({ code: 'USAGE', message: 'There is no language "fr": use --lang vi or --lang en' }),
    );
  });
});
