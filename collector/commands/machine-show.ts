import { isProbeId, OBSERVATIONS, type ObservationMap } from '#shared/observations/index.ts';
import type { StoredObservation } from '../baselines/evaluate.ts';
import { reasonText } from '../baselines/reasons.ts';
import { ruleById } from '../baselines/rules/index.ts';
import type { Language } from '../catalogues/language.ts';
import { formatDateTime, printDate } from '../catalogues/viet-nam-time.ts';
import type { MachineRecord } from '../machines/machine-record.ts';
import type { CollectorCommand } from './command.ts';
import { describeObservations } from './describe-observations.ts';
import { languageOption } from './language-option.ts';
import { EVENT_TEXTS, MACHINE_TEXTS } from './machine-texts.ts';
import { withDesks } from './with-desks.ts';

/** `machine show`: says in plain words what was found on a machine and how it was judged. */
export const machineShow: CollectorCommand = {
  name: 'machine show',
  usage: 'ID [--lang vi|en]',
  summary: 'Says in plain words what was found on a machine and how every rule was judged, and why.',
  options: { lang: { type: 'string' } },
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      const { say } = input;
      const language = languageOption(input.options);
      const record = await machines.show(input.positionals[0] ?? '');
      for (const line of aboutMachine(record, language)) say(line);
      say('');
      say(MACHINE_TEXTS.found[language]);
      for (const line of describeObservations(seenValues(record.observations), language)) say(`  ${line}`);
      for (const [probeId, failure] of failures(record.observations)) say(`  ${probeId}: ${failure}`);
      say('');
      say(MACHINE_TEXTS.judged[language]);
      for (const { ruleId, verdict, reason } of record.verdicts) {
        const title = ruleById(ruleId)?.title[language] ?? ruleId;
        say(`  ${MACHINE_TEXTS[verdict][language].padEnd(14)} ${title}: ${reasonText(reason, language)}`);
      }
      say('');
      say(MACHINE_TEXTS.events[language]);
      for (const { atMs, event, detail } of record.events)
        say(`  ${formatDateTime(atMs)} ${EVENT_TEXTS[event][language]} ${detail}`.trimEnd());
    }),
};

function aboutMachine(record: MachineRecord, language: Language): readonly string[] {
  const { machine, state, standing, notes, conflicts, asset } = record;
  const hasReported = standing !== undefined && standing.reportCount > 0;
  const seen = hasReported ? formatDateTime(standing.lastSeenAtMs) : MACHINE_TEXTS.never[language];
  const open = conflicts.filter(({ decision }) => decision === undefined);
  const word = (name: keyof typeof MACHINE_TEXTS, text: string | undefined) =>
    text === undefined ? [] : [`${MACHINE_TEXTS[name][language]}: ${text}`];
  return [
    `${machine.hostname} (${machine.machineId})`,
    ...word('agency', machine.agencyCode),
    ...word('lastReport', seen),
    ...word('state', MACHINE_TEXTS[state][language]),
    ...word('asset', asset?.assetId),
    ...word('location', notes.location),
    ...word('purpose', notes.purpose),
    ...word('responsibleUnit', notes.responsibleUnit),
    ...word('supportEnd', notes.supportEnd === undefined ? undefined : printDate(notes.supportEnd)),
    ...open.flatMap(({ kind, otherId }) => word('conflict', `${kind} ${otherId ?? ''}`)),
    ...(asset?.state === 'misconnected' ? [MACHINE_TEXTS.misconnected[language]] : []),
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
