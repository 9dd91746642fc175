import type { Language } from '../catalogues/language.ts';
import { COMPUTER_KINDS, countMachines, measuredGroups, registeredMachines } from '../indicators/counted-machines.ts';
import type { MachineGroup } from '../metrics/metric-family.ts';
import { MACHINE_STATES } from '../metrics/metric-family.ts';
import { byCode } from '../metrics/sort-samples.ts';
import type { DeclaredValue, RegisteredAgency } from '../register/register-state.ts';
import { formatCount } from './format.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import type { OverviewModel } from './overview-model.ts';
import { TEXTS } from './texts.ts';

const COLUMNS = [...MACHINE_STATES, 'declared'] as const;

type Counts = Readonly<Record<(typeof COLUMNS)[number], number>>;

/** Prints the agencies with their machines by state; the last row is the sum of the rows above. */
export function agenciesTable({ register: { agencies }, groups }: OverviewModel, language: Language): Html {
  if (agencies.length === 0) return html`<p>${TEXTS.noAgencies[language]}</p>`;
  const byAgency = Map.groupBy(groups, ({ agencyCode }) => agencyCode);
  const lines = agencies.toSorted(byCode).map((agency) => ({
    agency,
    counts: countStates(agency, byAgency.get(agency.code) ?? []),
  }));
  const total = (column: (typeof COLUMNS)[number]) => lines.reduce((sum, { counts }) => sum + counts[column], 0);
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${TEXTS.agency[language]}</th><th scope="col">${TEXTS.agencyCode[language]}</th>
${COLUMNS.map((column) => html`<th scope="col" class="number">${TEXTS[column][language]}</th>`)}
<th scope="col" class="number">${TEXTS.computersDeclared[language]}</th>
<th scope="col" class="number">${TEXTS.officials[language]}</th><th scope="col">${TEXTS.details[language]}</th></tr></thead>
<tbody>${lines.map(({ agency, counts }) => agencyRow(agency, counts, language))}</tbody>
<tfoot><tr><th scope="row">${TEXTS.total[language]}</th><td></td>
${COLUMNS.map((column) => numberCell(TEXTS[column][language], formatCount(total(column), language)))}
<td></td><td></td><td></td></tr></tfoot>
</table></div>`;
}

function countStates(agency: RegisteredAgency, groups: readonly MachineGroup[]): Counts {
  const inState = (state: string) => countMachines(groups.filter((group) => group.state === state));
  const measuredCount = countMachines(measuredGroups(groups, COMPUTER_KINDS));
  return {
    reporting: inState('reporting'),
    silent: inState('silent'),
    lost: inState('lost'),
    declared: registeredMachines(agency, groups, COMPUTER_KINDS) - measuredCount,
  };
}

function agencyRow(agency: RegisteredAgency, counts: Counts, language: Language): Html {
  const name = language === 'en' ? (agency.nameEn ?? agency.nameVi) : agency.nameVi;
  const declared = (number: DeclaredValue | undefined) =>
    number === undefined ? TEXTS.undeclared[language] : formatCount(number.value, language);
  const address = `/metrics/agencies/${encodeURIComponent(agency.code)}`;
  return html`<tr><th scope="row">${name}</th>
<td data-label="${TEXTS.agencyCode[language]}">${agency.code}</td>
${COLUMNS.map((column) => numberCell(TEXTS[column][language], formatCount(counts[column], language)))}
${numberCell(TEXTS.computersDeclared[language], declared(agency.numbers.computers))}
${numberCell(TEXTS.officials[language], declared(agency.numbers.officials))}
<td><a href="${address}" aria-label="${TEXTS.details[language]}: ${name}">${TEXTS.open[language]}</a></td></tr>
`;
}

function numberCell(label: string, text: string): Html {
  return html`<td class="number" data-label="${label}">${text}</td>`;
}
