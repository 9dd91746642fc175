import { reasonText } from '../baselines/reasons.ts';
import { ruleById } from '../baselines/rules/index.ts';
import type { Language } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { safeHostname } from '../metrics/machine-families.ts';
import type { MachineDetail } from '../metrics/metric-family.ts';
import type { Html } from './html.ts';
import { html } from './html.ts';
import type { OverviewMachine, OverviewModel } from './overview-model.ts';
import { KIND_TEXTS, TEXTS } from './texts.ts';

type MachineVerdict = MachineDetail['verdicts'][number];

/** Prints the machines with the rules they fail or that are unknown, why, and what to do; worst first, then by name. */
export function machinesTable({ machines }: OverviewModel, language: Language): Html {
  if (machines === undefined) return html`<p>${TEXTS.tooManyMachines[language]}</p>`;
  if (machines.length === 0) return html`<p>${TEXTS.noMachines[language]}</p>`;
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${TEXTS.machine[language]}</th><th scope="col">${TEXTS.agency[language]}</th>
<th scope="col">${TEXTS.state[language]}</th><th scope="col">${TEXTS.lastReport[language]}</th>
<th scope="col">${TEXTS.toImprove[language]}</th></tr></thead>
<tbody>${machines.toSorted(worstFirst).map((machine) => machineRow(machine, language))}</tbody>
</table></div>`;
}

function countVerdicts(machine: OverviewMachine, wanted: 'fail' | 'unknown'): number {
  return machine.verdicts.filter(({ verdict }) => verdict === wanted).length;
}

function worstFirst(a: OverviewMachine, b: OverviewMachine): number {
  const byFailed = countVerdicts(b, 'fail') - countVerdicts(a, 'fail');
  if (byFailed !== 0) return byFailed;
  const byUnknown = countVerdicts(b, 'unknown') - countVerdicts(a, 'unknown');
  if (byUnknown !== 0) return byUnknown;
  return a.hostname < b.hostname ? -1 : 1;
}

function machineRow(machine: OverviewMachine, language: Language): Html {
  const { hostname, kind, agencyCode, state, lastSeenAtMs, verdicts } = machine;
  const kindText = kind === undefined ? TEXTS.kindUnspecified : KIND_TEXTS[kind];
  const wrong = [
    ...verdicts.filter(({ verdict }) => verdict === 'fail'),
    ...verdicts.filter(({ verdict }) => verdict === 'unknown'),
  ];
  const lastReport = lastSeenAtMs === undefined ? TEXTS.never[language] : formatDateTime(lastSeenAtMs);
  return html`<tr><th scope="row">${safeHostname(hostname)}<br><span class="muted small">${kindText[language]}</span></th>
<td data-label="${TEXTS.agency[language]}">${agencyCode}</td>
<td data-label="${TEXTS.state[language]}">${TEXTS[state][language]}</td>
<td data-label="${TEXTS.lastReport[language]}">${lastReport}</td>
<td class="wide">${wrong.length === 0 ? goodNews(verdicts, language) : html`<ul class="rules">${wrong.map((one) => ruleItem(one, language))}</ul>`}</td></tr>
`;
}

function goodNews(verdicts: readonly MachineVerdict[], language: Language): Html | undefined {
  if (verdicts.length === 0) return html`<span class="tag unknown">${TEXTS.unknown[language]}</span>`;
  return html`<span class="tag pass">${TEXTS.allMachinesPass[language]}</span>`;
}

function ruleItem({ ruleId, verdict, reason }: MachineVerdict, language: Language): Html {
  const rule = ruleById(ruleId);
  const label = verdict === 'fail' ? TEXTS.fail : TEXTS.unknown;
  const remedy =
    rule === undefined
      ? undefined
      : html`<details><summary>${TEXTS.remedy[language]}</summary>${rule.remedy[language]}</details>`;
  return html`<li><span class="tag ${verdict}">${label[language]}</span> <strong>${rule?.title[language] ?? ruleId}</strong>:
${reasonText(reason, language)}.${remedy}</li>
`;
}
