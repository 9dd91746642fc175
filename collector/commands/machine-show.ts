import { TramdoError } from '#shared/errors.ts';
import { isProbeId, OBSERVATIONS, type ObservationMap } from '#shared/observations/index.ts';
import type { StoredObservation } from '../baselines/evaluate.ts';
import { reasonText } from '../baselines/reasons.ts';
import { ruleById } from '../baselines/rules/index.ts';
import { isLanguage, type Language } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { Machine } from '../store/machine-store.ts';
import type { MachineStanding } from '../store/report-rows.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { describeObservations } from './describe-observations.ts';
import { findMachine } from './find-machine.ts';
import { MACHINE_TEXTS } from './machine-texts.ts';
import { withStore } from './with-store.ts';

/** `machine show`: says in plain words what was found on a machine and how it was judged. */
export const machineShow: CollectorCommand = {
  name: 'machine show',
  usage: 'ID [--lang vi|en]',
  summary: 'Says in plain words what was found on a machine and how every rule was judged, and why.',
  options: { lang: { type: 'string' } },
  positionalCount: 1,
  run: ({ settings, options, positionals, say }) =>
    withStore(settings, async (store) => {
      const language = textOption(options, 'lang') ?? 'vi';
      if (!isLanguage(language)) {
        throw new TramdoError('USAGE', `Cannot use --lang: current value is "${language}", allowed are vi and en`);
      }
      const machine = await findMachine(store, positionals[0] ?? '');
      const { machineId } = machine;
      const standing = (await store.reports.standings([machine])).get(machineId);
      const observations = (await store.reports.observations([machine])).get(machineId) ?? new Map();
      const verdicts = (await store.reports.verdicts([machine])).get(machineId)?.verdicts ?? [];
      for (const line of aboutMachine(machine, standing, language)) say(line);
      say('');
      say(MACHINE_TEXTS.found[language]);
      for (const line of describeObservations(seenValues(observations), language)) say(`  ${line}`);
      for (const [probeId, failure] of failures(observations)) say(`  ${probeId}: ${failure}`);
      say('');
      say(MACHINE_TEXTS.judged[language]);
      for (const { ruleId, verdict, reason } of verdicts) {
        const title = ruleById(ruleId)?.title[language] ?? ruleId;
        say(`  ${MACHINE_TEXTS[verdict][language].padEnd(14)} ${title}: ${reasonText(reason, language)}`);
      }
    }),
};

function aboutMachine(machine: Machine, standing: MachineStanding | undefined, language: Language): readonly string[] {
  const hasReported = standing !== undefined && standing.reportCount > 0;
  const seen = hasReported ? formatDateTime(standing.lastSeenAtMs) : MACHINE_TEXTS.never[language];
  const retired = machine.retiredAtMs === undefined ? [] : [MACHINE_TEXTS.retired[language]];
  return [
    `${machine.hostname} (${machine.machineId})`,
    `${MACHINE_TEXTS.agency[language]}: ${machine.agencyCode}`,
    `${MACHINE_TEXTS.lastReport[language]}: ${seen}`,
    ...retired,
  ];
}

function seenValues(observations: ReadonlyMap<string, StoredObservation>): ObservationMap {
  const entries = [...observations].flatMap(([probeId, { value, failure }]) => {
    if (!isProbeId(probeId) || failure !== undefined) return [];
    const parsed = OBSERVATIONS[probeId].safeParse(value);
    return parsed.success ? [[probeId, parsed.data] as const] : [];
  });
  return Object.fromEntries(entries);
}

function failures(observations: ReadonlyMap<string, StoredObservation>): readonly (readonly [string, string])[] {
  return [...observations]
    .flatMap(([probeId, { failure }]) =>
      failure === undefined ? [] : [[probeId, `${failure.code}: ${failure.message}`] as const],
    )
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}
