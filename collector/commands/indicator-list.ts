import type { Language } from '../catalogues/language.ts';
import { formatPair, formatPercentage, formatQuotient } from '../console/format.ts';
import { TEXTS } from '../console/texts.ts';
import { formulaTraits } from '../indicators/formulas/index.ts';
import type { IndicatorDefinition } from '../indicators/index-set.ts';
import type { IndicatorResult } from '../indicators/indicator-result.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `indicator list`: prints the figures of the whole register, or of an agency alone and with what is below it. */
export const indicatorList: CollectorCommand = {
  name: 'indicator list',
  usage: '[--set ID] [--at DATE] [--agency CODE] [--lang vi|en]',
  summary: 'Prints figures of a day (now): indicator, scope, value, a/b, coverage, whether provisional, name, by tabs.',
  options: { set: { type: 'string' }, at: { type: 'string' }, agency: { type: 'string' }, lang: { type: 'string' } },
  positionalCount: 0,
  run(input) {
    const { options, say } = input;
    const language = languageOption(options);
    const day = dayOption(options, 'at');
    const agency = textOption(options, 'agency');
    const agencyCode = agency === undefined ? undefined : parseAgencyCode(agency);
    return withDesks(input, async ({ indicators }) => {
      const scopes = agencyCode === undefined ? (['register'] as const) : (['agency', 'subtree'] as const);
      const setId = textOption(options, 'set');
      const { results, definitions } = await indicators.results({ setId, day, agencyCode, scopes });
      const byId = new Map(definitions.map((definition) => [definition.id, definition]));
      for (const result of results) say(resultLine(result, byId.get(result.indicatorId), language));
    });
  },
};

function resultLine(result: IndicatorResult, definition: IndicatorDefinition | undefined, language: Language): string {
  const { indicatorId, scope, agencyCode, a, b, coverage, isProvisional } = result;
  const form = definition === undefined ? 'number' : formulaTraits(definition.formula.id).valueForm;
  const value = form === 'share' ? formatPercentage(a, b, language) : formatQuotient(a, b, language);
  const covered =
    coverage === undefined
      ? TEXTS.unknown[language]
      : formatPair(coverage.reportingCount, coverage.registeredCount, language);
  const mark = isProvisional ? TEXTS.provisional[language] : '-';
  const place = agencyCode === '' ? scope : `${scope} ${agencyCode}`;
  return [
    indicatorId,
    place,
    value,
    formatPair(a, b, language),
    covered,
    mark,
    definition?.name[language] ?? indicatorId,
  ].join('\t');
}
