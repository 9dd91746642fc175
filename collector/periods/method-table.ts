import type { Language } from '../catalogues/language.ts';
import { formatDate } from '../catalogues/viet-nam-time.ts';
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
    describes.get(definition.formula.id) ?? '',
    definition.countedKinds.join(', '),
    definition.legalBasis.join('; '),
    dateText(definition.validFrom),
    definition.validTo === undefined ? undefined : dateText(definition.validTo),
  ]);
  const blank = Array.from({ length: 6 }, () => undefined);
  return {
    name: EXPORT_TEXTS.method[language],
    titles: [],
    columns: [
      heading('indicatorId', 24),
      { ...heading('indicator', 44), isWrapped: true },
      heading('formula', 24),
      { ...heading('counts', 60), isWrapped: true },
      heading('machineKinds', 18),
      { ...heading('legalBasis', 40), isWrapped: true },
      heading('validFrom', 14),
      heading('validTo', 14),
    ],
    rows: [
      ...indicators,
      [EXPORT_TEXTS.set[language], `${facts.indexSet.id} · SHA-256 ${setHash}`, ...blank],
      [EXPORT_TEXTS.software[language], softwareVersion, ...blank],
      ...method.rules.map((rule) => [EXPORT_TEXTS.rule[language], rule[language], ...blank]),
    ],
  };
}

function dateText(date: string): string {
  return formatDate(Date.parse(date));
}
