import type { Language } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { COMPUTER_KINDS, countMachines, measuredGroups, registeredMachines } from '../indicators/counted-machines.ts';
import { agenciesTable } from './agencies-table.ts';
import { formatCount, formatPair, formatPercentage } from './format.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import { indicatorsTable } from './indicators-table.ts';
import { renderPage } from './layout.ts';
import { machinesTable } from './machines-table.ts';
import { networksTable } from './networks-table.ts';
import type { OverviewModel } from './overview-model.ts';
import { KIND_TEXTS, TEXTS } from './texts.ts';

/** Prints the overview: counts with coverage, indicators, networks, agencies, and what is wrong with which machine. */
export function renderOverview(model: OverviewModel, language: Language): string {
  const title = TEXTS.title[language];
  const content = html`<p class="muted">${TEXTS.asOf[language]} ${formatDateTime(model.atMs)} (Asia/Ho_Chi_Minh) ·
${TEXTS.baseline[language]}: ${model.baseline.name[language]}</p>
${headline(model, language)}
<h2 id="indicators">${TEXTS[model.isPart === true ? 'indicatorsWithin' : 'indicators'][language]}</h2>
${indicatorsTable(model, language)}
<h2 id="networks">${TEXTS.networks[language]}</h2>
${networksTable(model, language)}
<h2 id="agencies">${TEXTS.agencies[language]}</h2>
${agenciesTable(model, language)}
<h2 id="machines">${TEXTS.machines[language]}</h2>
${machinesTable(model, language)}`;
  return renderPage({ title, language, path: '/', content, hasMetrics: model.isPart !== true });
}

function headline({ register, groups, indexSet }: OverviewModel, language: Language): Html {
  const { agencies } = register;
  const kinds = indexSet.indicators[0]?.countedKinds ?? COMPUTER_KINDS;
  const measured = measuredGroups(groups, kinds);
  const reportingCount = countMachines(measured.filter(({ state }) => state === 'reporting'));
  const byAgency = Map.groupBy(groups, ({ agencyCode }) => agencyCode);
  const registeredCount = agencies.reduce(
    (sum, agency) => sum + registeredMachines(agency, byAgency.get(agency.code) ?? [], kinds),
    0,
  );
  const isDeclared = agencies.every(({ code, numbers }) => numbers.computers !== undefined || !byAgency.has(code));
  const pair = formatPair(reportingCount, registeredCount, language);
  const coverage = isDeclared
    ? html`<strong>${formatPercentage(reportingCount, registeredCount, language)}</strong> ${pair}<br>
<span class="muted small">${kinds.map((kind) => KIND_TEXTS[kind][language]).join(', ')}: ${TEXTS.coverageMeaning[language]}</span>`
    : html`<strong>–</strong> ${pair}<br><span class="muted small">${TEXTS.coverageUnknown[language]}</span>`;
  const inState = (state: string) =>
    formatCount(countMachines(groups.filter((group) => group.state === state)), language);
  return html`<ul class="cards">
<li>${TEXTS.agencies[language]} <strong>${formatCount(agencies.length, language)}</strong></li>
<li>${TEXTS.reporting[language]} <strong>${inState('reporting')}</strong></li>
<li>${TEXTS.silent[language]} <strong>${inState('silent')}</strong></li>
<li>${TEXTS.lost[language]} <strong>${inState('lost')}</strong></li>
<li>${TEXTS.coverage[language]} ${coverage}</li>
</ul>`;
}
