import type { Language } from '../catalogues/language.ts';
import { formatPercentage, formatQuotient } from '../console/format.ts';
import { formulaTraits } from '../indicators/formulas/index.ts';
import type { IndicatorResult } from '../indicators/indicator-result.ts';
import type { SealDocument } from './seal-document.ts';

/** Prints the value of a figure in the form of its formula: `85,32 %`, `1,25` or `512,00 kbit/s`. */
export function formatFigure(
  { facts }: SealDocument,
  { indicatorId, a, b }: IndicatorResult,
  language: Language,
): string {
  const definition = facts.indexSet.indicators.find(({ id }) => id === indicatorId);
  const form = definition === undefined ? 'number' : formulaTraits(definition.formula.id).valueForm;
  if (form === 'share') return formatPercentage(a, b, language);
  return `${formatQuotient(a, b, language)}${form === 'kbps' && b > 0 ? ' kbit/s' : ''}`;
}
