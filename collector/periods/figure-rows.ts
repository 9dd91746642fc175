import type { Language } from '../catalogues/language.ts';
import type { Cell, Column, FormedNumber } from '../exports/table.ts';
import { formulaTraits } from '../indicators/formulas/index.ts';
import type { IndicatorResult } from '../indicators/indicator-result.ts';
import { EXPORT_TEXTS, LEVEL_NAMES, SCOPE_NAMES } from './export-texts.ts';
import type { SealDocument } from './seal-document.ts';

/** Columns of a list of figures: the pair a and b always stands beside the value. */
export function figureColumns(language: Language): readonly Column[] {
  const column = (key: keyof typeof EXPORT_TEXTS, widthCharacters: number, form?: Column['form']) => ({
    heading: EXPORT_TEXTS[key][language],
    widthCharacters,
    ...(form === undefined ? {} : { form }),
  });
  return [
    column('agencyCode', 16),
    { ...column('agency', 32), isWrapped: true },
    column('level', 16),
    column('scope', 20),
    column('indicatorId', 22),
    { ...column('indicator', 44), isWrapped: true },
    column('a', 11),
    column('b', 11),
    column('value', 11),
    column('unit', 9),
    column('unknown', 10),
    column('reporting', 11),
    column('registered', 11),
    column('coverage', 11, 'share'),
    column('missing', 12),
    column('status', 12),
  ];
}

/** One figure as a row of {@link figureColumns}; a quotient of nothing is an empty cell. */
export function figureRow(document: SealDocument, result: IndicatorResult, language: Language): readonly Cell[] {
  const { facts } = document;
  const definition = facts.indexSet.indicators.find(({ id }) => id === result.indicatorId);
  const agency = facts.register.agencies.find(({ code }) => code === result.agencyCode);
  const form = definition === undefined ? 'number' : formulaTraits(definition.formula.id).valueForm;
  const name = language === 'en' ? (agency?.nameEn ?? agency?.nameVi) : agency?.nameVi;
  const { a, b, coverage } = result;
  return [
    result.agencyCode,
    name ?? '',
    LEVEL_NAMES[result.level][language],
    SCOPE_NAMES[result.scope][language],
    result.indicatorId,
    definition?.name[language] ?? result.indicatorId,
    a,
    b,
    b === 0 ? undefined : valueCell(a, b, form),
    UNITS[form],
    result.unknownCount,
    coverage?.reportingCount,
    coverage?.registeredCount,
    coverage === undefined ? undefined : shareOf(coverage.reportingCount, coverage.registeredCount),
    result.missingCount,
    (result.isProvisional ? EXPORT_TEXTS.provisional : EXPORT_TEXTS.final)[language],
  ];
}

type ValueForm = 'share' | 'number' | 'kbps';

const UNITS = { share: '%', number: '', kbps: 'kbit/s' } as const satisfies Record<ValueForm, string>;

function valueCell(a: number, b: number, form: ValueForm): FormedNumber {
  return form === 'share' ? { value: shareOf(a, b) ?? 0, form: 'share' } : { value: a / b, form: 'number' };
}

/** A share as two digits of a percentage show it; what is not all of them is never shown as 100 %. */
function shareOf(a: number, b: number): number | undefined {
  if (b === 0) return undefined;
  return a < b ? Math.min(a / b, 0.9999) : a / b;
}
