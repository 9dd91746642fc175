import { loadIndexSets } from '../indicators/load-index-sets.ts';
import type { CollectorCommand } from './command.ts';
import { languageOption } from './language-option.ts';

/** `index-set list`: prints the index sets and what was not verified of them. */
export const indexSetList: CollectorCommand = {
  name: 'index-set list',
  usage: '[--lang vi|en]',
  summary: 'Prints every index set: id, number of indicators, name and note, by tabs.',
  options: { lang: { type: 'string' } },
  positionalCount: 0,
  async run({ settings, options, say }) {
    const language = languageOption(options);
    for (const { id, name, note, indicators } of loadIndexSets(settings.catalogues)) {
      say([id, indicators.length, name[language], note?.[language] ?? '-'].join('\t'));
    }
  },
};
