import type { Language } from '../catalogues/language.ts';
import { computeIndicators, definitionsOn } from '../indicators/compute-indicators.ts';
import { formulaTraits } from '../indicators/formulas/index.ts';
import type { IndicatorDefinition } from '../indicators/index-set.ts';
import type { IndicatorResult } from '../indicators/indicator-result.ts';
import { formatPair, formatPercentage, formatQuotient } from './format.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import type { OverviewModel } from './overview-model.ts';
import { TEXTS } from './texts.ts';

/** Prints the indicators of the whole register, the pair a/b beside every value. */
export function indicatorsTable(model: OverviewModel, language: Language): Html {
  const definitions = definitionsOn(model.indexSet.indicators, model.register.day);
  const rows = computeIndicators(model, ['register']).flatMap((result) => {
    const definition = definitions.find(({ id }) => id === result.indicatorId);
    return definition === undefined ? [] : [indicatorRow(result, definition, language)];
  });
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${TEXTS.indicator[language]}</th><th scope="col" class="number">${TEXTS.value[language]}</th>
<th scope="col" class="number">${TEXTS.pair[language]}</th><th scope="col" class="number">${TEXTS.coverage[language]}</th>
<th scope="col">${TEXTS.legalBasis[language]}</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>
<p class="muted small">${TEXTS.provisionalMeaning[language]}</p>`;
}

function indicatorRow(result: IndicatorResult, definition: IndicatorDefinition, language: Language): Html {
  const { a, b, coverage } = result;
  const isShare = formulaTraits(definition.formula.id).valueForm === 'share';
  const value = isShare ? formatPercentage(a, b, language) : formatQuotient(a, b, language);
  const mark =
    b > 0 && result.isProvisional
      ? html` <span class="tag provisional">${TEXTS.provisional[language]}</span>`
      : undefined;
  const coverageText =
    coverage === undefined
      ? TEXTS.unknown[language]
      : `${formatPercentage(coverage.reportingCount, coverage.registeredCount, language)} (${formatPair(coverage.reportingCount, coverage.registeredCount, language)})`;
  return html`<tr><th scope="row">${definition.name[language]}${mark}</th>
<td class="number" data-label="${TEXTS.value[language]}">${value}</td>
<td class="number" data-label="${TEXTS.pair[language]}">${formatPair(a, b, language)}</td>
<td class="number" data-label="${TEXTS.coverage[language]}">${coverageText}</td>
<td class="small" data-label="${TEXTS.legalBasis[language]}">${definition.legalBasis.join('; ')}</td></tr>
`;
}
