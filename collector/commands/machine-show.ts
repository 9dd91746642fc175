import { isProbeId, OBSERVATIONS, type ObservationMap } from '#shared/observations/index.ts';
import type { StoredObservation } from '../baselines/evaluate.ts';
import { reasonText } from '../baselines/reasons.ts';
import { ruleById } from '../baselines/rules/index.ts';
import type { Language, LocalText } from '../catalogues/language.ts';
import { formatDateTime, printDate } from '../catalogues/viet-nam-time.ts';
import type { MachineRecord } from '../machines/machine-record.ts';
import type { CollectorCommand } from './command.ts';
import { describeObservations } from './describe-observations.ts';
import { languageOption } from './language-option.ts';
import { CONFLICT_TEXTS, DECISION_TEXTS, EVENT_TEXTS, MACHINE_TEXTS } from './machine-texts.ts';
import { withDesks } from './with-desks.ts';

/** Probes whose subject has a word of its own. */
const SUBJECTS = [
  'antivirus',
  'connectivity',
  'diskEncryption',
  'firewall',
  'hardware',
  'network',
  'os',
  'updates',
] as const;

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
      for (const line of failures(record.observations, language)) say(`  ${line}`);
      say('');
      say(MACHINE_TEXTS.judged[language]);
      for (const { ruleId, verdict, reason } of record.verdicts) {
        const title = ruleById(ruleId)?.title[language] ?? ruleId;
        say(`  ${MACHINE_TEXTS[verdict][language].padEnd(14)} ${title}: ${reasonText(reason, language)}`);
      }
      say('');
      say(MACHINE_TEXTS.events[language]);
      for (const { atMs, event, detail } of record.events)
        say(`  ${formatDateTime(atMs)} ${EVENT_TEXTS[event][language]} ${detailText(detail, language)}`.trimEnd());
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
    ...open.flatMap(({ kind, otherId }) =>
      word('conflict', `${CONFLICT_TEXTS[kind][language]} ${otherId ?? ''}`.trimEnd()),
    ),
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

function failures(observations: ReadonlyMap<string, StoredObservation>, language: Language): readonly string[] {
  return [...observations]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([probeId, { failure }]) => {
      if (failure === undefined) return [];
      const { code, message } = failure;
      return [`${probeText(probeId, language)}: ${MACHINE_TEXTS.notAnswered[language]} (${code}: ${message})`];
    });
}

function probeText(probeId: string, language: Language): string {
  const subject = SUBJECTS.find((name) => name === probeId.replace(/-(\w)/, (_, letter) => letter.toUpperCase()));
  return subject === undefined ? probeId : MACHINE_TEXTS[subject][language];
}

/** The first word of what an event says may be a kind of conflict or a decision; ids and names stay as they are. */
function detailText(detail: string, language: Language): string {
  const [first = '', ...rest] = detail.split(' ');
  const texts: Readonly<Record<string, LocalText>> = { ...CONFLICT_TEXTS, ...DECISION_TEXTS };
  const known = Object.hasOwn(texts, first) ? texts[first] : undefined;
  return known === undefined ? detail : [known[language], ...rest].join(' ');
}
