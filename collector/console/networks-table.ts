import type { Language } from '../catalogues/language.ts';
import { RESULT_TEXTS } from '../connectivity/result-texts.ts';
import { NETWORK_RESULTS, type NetworkFigures } from '../metrics/metric-family.ts';
import { formatCount, formatPair, formatPercentage } from './format.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import type { OverviewModel } from './overview-model.ts';
import { TEXTS } from './texts.ts';

/** Most agencies that are named in one row; how many more there are is said. */
const MOST_NAMED = 8;

/**
 * Prints what agencies had of each network within the window of availability, as the indicators count it: agencies by
 * result, five-minute slots reached of those in which a PC was on, and which agencies did not reach it.
 */
export function networksTable(model: OverviewModel, language: Language): Html {
  const byNetwork = Map.groupBy(model.networks, ({ network }) => network);
  if (byNetwork.size === 0) return html`<p>${TEXTS.noNetworks[language]}</p>`;
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${TEXTS.network[language]}</th>
${NETWORK_RESULTS.map((result) => html`<th scope="col" class="number">${RESULT_TEXTS[result][language]}</th>`)}
<th scope="col" class="number">${TEXTS.slotsReached[language]}</th><th scope="col">${TEXTS.notReachedBy[language]}</th></tr></thead>
<tbody>${[...byNetwork.values()].map((figures) => networkRow(figures, model, language))}</tbody>
</table></div>
<p class="muted small">${TEXTS.networksMeaning[language]}</p>`;
}

function networkRow(figures: readonly NetworkFigures[], model: OverviewModel, language: Language): Html {
  const [{ network, kind } = { network: '', kind: 'lan' as const }] = figures;
  const count = (result: string) => figures.filter(({ windowResult }) => windowResult === result).length;
  const a = figures.reduce((sum, { slotsReached }) => sum + slotsReached, 0);
  const b = figures.reduce((sum, { slotsOn }) => sum + slotsOn, 0);
  const name = model.networkNames.get(network) ?? network;
  return html`<tr><th scope="row">${name}<br><span class="muted small">${network} · ${TEXTS[KIND_OF[kind]][language]}</span></th>
${NETWORK_RESULTS.map(
  (result) =>
    html`<td class="number" data-label="${RESULT_TEXTS[result][language]}">${formatCount(count(result), language)}</td>`,
)}
<td class="number" data-label="${TEXTS.slotsReached[language]}">${formatPercentage(a, b, language)}<br>
<span class="muted small">${formatPair(a, b, language)}</span></td>
<td class="small" data-label="${TEXTS.notReachedBy[language]}">${agenciesWithout(figures, model, language)}</td></tr>
`;
}

const KIND_OF = { internet: 'netInternet', lan: 'netLan', tslcd: 'netTslcd', wan: 'netWan' } as const;

function agenciesWithout(
  figures: readonly NetworkFigures[],
  { register: { agencies } }: OverviewModel,
  language: Language,
): string {
  const names = new Map(
    agencies.map(({ code, nameVi, nameEn }) => [code, language === 'en' ? (nameEn ?? nameVi) : nameVi]),
  );
  const cut = figures
    .filter(({ windowResult }) => windowResult === 'not_reached')
    .map(({ agencyCode }) => `${names.get(agencyCode) ?? agencyCode} (${agencyCode})`)
    .toSorted();
  if (cut.length <= MOST_NAMED) return cut.join('; ') || '–';
  return `${cut.slice(0, MOST_NAMED).join('; ')}; … +${formatCount(cut.length - MOST_NAMED, language)}`;
}
