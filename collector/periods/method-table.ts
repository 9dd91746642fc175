import type { Language } from '../catalogues/language.ts';
import { printDate } from '../catalogues/viet-nam-time.ts';
import { KIND_TEXTS } from '../console/texts.ts';
import type { Table } from '../exports/table.ts';
import { definitionsOn } from '../indicators/compute-indicators.ts';
import { EXPORT_TEXTS } from './export-texts.ts';
import type { SealDocument } from './seal-document.ts';

/** How each indicator in force was computed, and which documents ask for it. */
export function methodTable({ facts, day, method, setHash, softwareVersion }: SealDocument, language: Language): Table {
  const describes = new Map(method.formulas.map((formula) => [formula.id, formula.describes]));
  const heading = (key: keyof typeof EXPORT_TEXTS, widthCharacters: number) => ({
    heading: EXPORT_TEXTS[key][language],
    widthCharacters,
  });
  const indicators = definitionsOn(facts.indexSet.indicators, day).map((definition) => [
    definition.id,
    definition.name[language],
    definition.formula.id,
    describes.get(definition.formula.id)?.[language] ?? '',
    definition.countedKinds.map((kind) => KIND_TEXTS[kind][language]).join(', '),
    definition.legalBasis.join('; '),
    printDate(definition.validFrom),
    definition.validTo === undefined ? undefined : printDate(definition.validTo),
  ]);
  // In the widest column, where a sentence takes two lines.
  const wide = (key: keyof typeof EXPORT_TEXTS, text: string) =>
    [EXPORT_TEXTS[key][language], undefined, undefined, text, undefined, undefined, undefined, undefined] as const;
  return {
    name: EXPORT_TEXTS.method[language],
    titles: [],
    columns: [
      { ...heading('indicatorId', 20), isWrapped: true },
      { ...heading('indicator', 34), isWrapped: true },
      { ...heading('formula', 20), isWrapped: true },
      { ...heading('counts', 60), isWrapped: true },
      { ...heading('machineKinds', 14), isWrapped: true },
      { ...heading('legalBasis', 40), isWrapped: true },
      heading('validFrom', 11),
      heading('validTo', 11),
    ],
    rows: [
      ...indicators,
      wide('set', `${facts.indexSet.id} · SHA-256 ${setHash}`),
      wide('software', softwareVersion),
      ...method.rules.map((rule) => wide('rule', rule[language])),
    ],
  };
}
