import type { Language } from '../catalogues/language.ts';
import { dayNumber, printDate } from '../catalogues/viet-nam-time.ts';
import { formatCount } from '../console/format.ts';
import { MEASURED_DAYS, type MeasuredLine, measuredLines } from '../networks/measured-lines.ts';
import { DECLARED_SUBJECTS } from '../register/agency.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import type { AgencyRecord } from '../register/agency-record.ts';
import type { DeclaredItem } from '../register/declared-item.ts';
import { LEVEL_NAMES } from '../register/level-names.ts';
import { type RegisterTotal, registerTotals } from '../register/register-totals.ts';
import {
  AGENCY_TEXTS,
  ITEM_TEXTS,
  LINE_TEXTS,
  printDeclaredNumber,
  SOLUTION_TEXTS,
  SUBJECT_TEXTS,
} from './agency-texts.ts';
import type { CollectorCommand } from './command.ts';
import { dayOption } from './day-option.ts';
import { languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';
import { withStore } from './with-store.ts';

/** `agency show`: says in plain words what the register knows of an agency. */
export const agencyShow: CollectorCommand = {
  name: 'agency show',
  usage: 'CODE [--at DATE] [--lang vi|en]',
  summary: 'Says what the register knows of an agency on a day (today): names, place, numbers, things, totals below.',
  options: { at: { type: 'string' }, lang: { type: 'string' } },
  positionalCount: 1,
  async run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    const at = dayOption(options, 'at');
    const code = parseAgencyCode(positionals[0] ?? '');
    const measured = await withStore(input.settings, ({ lineSamples }) =>
      lineSamples.since(dayNumber(input.nowMs()) - MEASURED_DAYS, code),
    );
    return withDesks(input, async ({ register }) => {
      const record = await register.record(code, at);
      const totals = registerTotals(await register.state(at), code);
      for (const line of [...aboutAgency(record, language), ...declaredLines(record, language)]) say(line);
      for (const line of measuredTexts(measuredLines(measured), language)) say(line);
      if (record.children.length > 0) for (const line of totalLines(totals, language)) say(line);
      if (record.versions.length > 1) for (const line of versionLines(record, language)) say(line);
    });
  },
};

function aboutAgency(record: AgencyRecord, language: Language): readonly string[] {
  const { code, day, form, validity, predecessors, children, isValid } = record;
  const { validFrom, validTo, replacedBy } = validity;
  const span = `${dateText(validFrom, AGENCY_TEXTS.ever[language])} – ${dateText(validTo, AGENCY_TEXTS.noEnd[language])}`;
  const line = (name: keyof typeof AGENCY_TEXTS, text: string | undefined) =>
    text === undefined || text === '' ? [] : [`${AGENCY_TEXTS[name][language]}: ${text}`];
  return [
    `${code} ${form.nameVi}${form.nameEn === undefined ? '' : ` (${form.nameEn})`}`,
    ...line('state', dateText(day, '')),
    ...(isValid ? [] : [AGENCY_TEXTS.notValid[language]]),
    ...line('level', LEVEL_NAMES[form.level][language]),
    ...line('parent', form.parentCode),
    ...line('valid', span),
    ...line('replacedBy', replacedBy),
    ...line('predecessors', predecessors.join(', ')),
    ...line('below', children.join(', ')),
  ];
}

function declaredLines({ numbers, items }: AgencyRecord, language: Language): readonly string[] {
  const ofNumbers = DECLARED_SUBJECTS.flatMap((subject) => {
    const number = numbers[subject];
    if (number === undefined) return [];
    const { value, asOf, source } = number;
    return [
      `  ${SUBJECT_TEXTS[subject][language]}: ${printDeclaredNumber(subject, value, language)} (${dateText(asOf, '')}, ${source})`,
    ];
  });
  const ofItems = items.map(
    (item) =>
      `  ${ITEM_TEXTS[item.kind][language]} ${item.itemId}: ${itemText(item, language)} (${dateText(item.asOf, '')}, ${item.source})`,
  );
  const lines = [...ofNumbers, ...ofItems];
  return [
    '',
    `${AGENCY_TEXTS.declared[language]}:`,
    ...(lines.length === 0 ? [`  ${AGENCY_TEXTS.none[language]}`] : lines),
  ];
}

function itemText(item: DeclaredItem, language: Language): string {
  switch (item.kind) {
    case 'line':
      return [
        LINE_TEXTS[item.lineKind][language],
        `${formatCount(item.capacityKbps, language)} kbit/s`,
        ...listed(item.provider),
      ].join(', ');
    case 'solution':
      return [SOLUTION_TEXTS[item.solutionType][language], ...listed(item.name)].join(', ');
    case 'system': {
      const level = item.level === undefined ? [] : [`${AGENCY_TEXTS.level[language]} ${item.level}`];
      return [item.name, ...level].join(', ');
    }
    case 'place':
      return [item.range, ...listed(item.gateway)].join(', ');
    default:
      return `${item.productId}, ${item.documentNumber}`;
  }
}

function measuredTexts(lines: readonly MeasuredLine[], language: Language): readonly string[] {
  if (lines.length === 0) return [];
  const texts = lines.map(({ network, medianBitsPerSecond }) => {
    return `  ${network}: ${formatCount(Math.round(medianBitsPerSecond / 1_000), language)} kbit/s`;
  });
  return ['', `${AGENCY_TEXTS.measured[language]}:`, ...texts];
}

function listed(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

function totalLines(totals: readonly RegisterTotal[], language: Language): readonly string[] {
  const lines = totals
    .filter(({ declaredCount }) => declaredCount > 0)
    .map(({ subject, value, missing }) => {
      const rest = missing.length === 0 ? '' : ` (${missing.length} ${AGENCY_TEXTS.missing[language]})`;
      return `  ${SUBJECT_TEXTS[subject][language]}: ${formatCount(value, language)}${rest}`;
    });
  return lines.length === 0 ? [] : ['', `${AGENCY_TEXTS.totals[language]}:`, ...lines];
}

function versionLines({ versions }: AgencyRecord, language: Language): readonly string[] {
  const lines = versions.map(({ from, nameVi, level, parentCode }) => {
    const place = [LEVEL_NAMES[level][language], ...listed(parentCode)].join(', ');
    return `  ${dateText(from, AGENCY_TEXTS.ever[language])}: ${nameVi} (${place})`;
  });
  return ['', `${AGENCY_TEXTS.versions[language]}:`, ...lines];
}

/** `dd/MM/yyyy` of a date `yyyy-mm-dd`. */
function dateText(date: string | undefined, absent: string): string {
  return date === undefined ? absent : printDate(date);
}
