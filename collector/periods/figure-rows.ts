import type { Language } from '../catalogues/language.ts';
import type { Cell, Column, FormedNumber } from '../exports/table.ts';
import { formulaTraits } from '../indicators/formulas/index.ts';
import type { IndicatorResult } from '../indicators/indicator-result.ts';
import { LEVEL_NAMES } from '../register/level-names.ts';
import { EXPORT_TEXTS, SCOPE_NAMES } from './export-texts.ts';
import type { SealDocument } from './seal-document.ts';

/** Columns of a list of figures: the pair a and b always stands beside the value. */
export function figureColumns(language: Language): readonly Column[] {
  const column = (key: keyof typeof EXPORT_TEXTS, widthCharacters: number, form?: Column['form']) => ({
    heading: EXPORT_TEXTS[key][language],
    widthCharacters,
    ...(form === undefined ? {} : { form }),
  });
  return [
    column('agencyCode', 14),
    { ...column('agency', 30), isWrapped: true },
    { ...column('level', 14), isWrapped: true },
    { ...column('scope', 14), isWrapped: true },
    { ...column('indicatorId', 19), isWrapped: true },
    { ...column('indicator', 36), isWrapped: true },
    column('a', 11),
    column('b', 11),
    column('value', 11),
    { ...column('unit', 7), isCentred: true },
    column('unknown', 9),
    column('reporting', 10),
    column('registered', 10),
    column('coverage', 10, 'share'),
    column('missing', 10),
    { ...column('status', 11), isCentred: true },
  ];
}

/** How many of {@link figureColumns}, the first ones, say which agency it is. */
export const AGENCY_COLUMNS = 2;

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
    result.level === '' ? '' : LEVEL_NAMES[result.level][language],
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
