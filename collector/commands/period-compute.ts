import type { Language, LocalText } from '../catalogues/language.ts';
import { printDate } from '../catalogues/viet-nam-time.ts';
import { formatCount, formatPair } from '../console/format.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { describePlace, type ResultDifference } from '../periods/compare-results.ts';
import { formatFigure } from '../periods/format-figure.ts';
import type { PeriodDraft } from '../periods/period-draft.ts';
import type { SealRecord } from '../periods/seal-record.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** Differences that are printed one by one; the number of the others is said. */
const MAX_PRINTED = 20;

const TEXTS = {
  contentHash: { vi: 'Mã băm nội dung', en: 'Content hash' },
  figuresOf: { vi: 'số liệu cuối ngày', en: 'figures of' },
  period: { vi: 'Kỳ', en: 'Period' },
  provisional: { vi: 'tạm tính', en: 'provisional' },
  set: { vi: 'bộ chỉ số', en: 'set' },
  to: { vi: 'đến', en: 'to' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
  warning: { vi: 'Cảnh báo', en: 'Warning' },
} as const satisfies Record<string, LocalText>;

/** `period compute`: prints what would be sealed, with what to look at first. */
export const periodCompute: CollectorCommand = {
  name: 'period compute',
  usage: 'PERIOD [--set SET] [--lang vi|en]',
  summary: 'Prints the figures of a period (2026-07, 2026-Q3, 2026) as they would be sealed now, warnings and changes.',
  options: { set: { type: 'string' }, lang: { type: 'string' } },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const language = languageOption(options);
    const setId = textOption(options, 'set');
    const asked = { periodId: positionals[0] ?? '', ...(setId === undefined ? {} : { setId }) };
    return withDesks({ settings, nowMs }, async ({ periods }) => {
      const draft = await periods.draft(COMMAND_LINE, asked);
      for (const line of printDraft(draft, language)) say(line);
    });
  },
};

function printDraft({ document, contentHash, warnings, sealed, previous }: PeriodDraft, language: Language): string[] {
  const totals = document.results.filter(({ scope }) => scope === 'register');
  const text = (name: keyof typeof TEXTS) => TEXTS[name][language];
  return [
    `${text('period')} ${document.period.id}, ${printDate(document.period.firstDay)} ${text('to')} ${printDate(document.period.lastDay)}, ${text('figuresOf')} ${printDate(document.day)}, ${text('set')} ${document.facts.indexSet.id}`,
    ...totals.map((result) => {
      const mark = result.isProvisional ? `\t${text('provisional')}` : '';
      const value = formatFigure(document, result, language);
      return `${result.indicatorId}\t${formatPair(result.a, result.b, language)}\t${value}\t${text('unknown')} ${formatCount(result.unknownCount, language)}${mark}`;
    }),
    ...warnings.map((warning) => `${text('warning')} ${warning.code}: ${warning.text[language]}`),
    ...(sealed === undefined ? [] : printChanges(sealedTitle(sealed.seal, language), sealed.differences, language)),
    ...(previous === undefined
      ? []
      : printChanges(sealedTitle(previous.seal, language), previous.differences, language)),
    `${text('contentHash')} ${contentHash ?? ''}`,
  ];
}

function sealedTitle({ seq, periodId }: SealRecord, language: Language): string {
  return language === 'vi' ? `So với bản chốt ${seq} (kỳ ${periodId})` : `Against seal ${seq} (${periodId})`;
}

function printChanges(title: string, differences: readonly ResultDifference[], language: Language): string[] {
  const count = formatCount(differences.length, language);
  const said = language === 'vi' ? `${count} số liệu khác` : `${count} figures differ`;
  return [`${title}: ${said}`, ...printDifferences(differences)];
}

/** One line for each difference, a few of them, and how many others there are. */
export function printDifferences(differences: readonly ResultDifference[]): string[] {
  const lines = differences.slice(0, MAX_PRINTED).map((difference) => {
    const { before, after } = difference;
    return `  ${describePlace(difference)}: ${pairOf(before)} -> ${pairOf(after)}`;
  });
  const restCount = differences.length - lines.length;
  return restCount > 0 ? [...lines, `  and ${restCount} others`] : lines;
}

function pairOf(counts: ResultDifference['before']): string {
  return counts === undefined ? 'none' : `${counts.a}/${counts.b}`;
}
