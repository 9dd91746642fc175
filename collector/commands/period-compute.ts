import type { Language } from '../catalogues/language.ts';
import { printDate } from '../catalogues/viet-nam-time.ts';
import { formatCount, formatPair } from '../console/format.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import type { ResultDifference } from '../periods/compare-results.ts';
import { describeChange } from '../periods/describe-change.ts';
import { SCOPE_NAMES } from '../periods/export-texts.ts';
import { formatFigure } from '../periods/format-figure.ts';
import type { PeriodDraft } from '../periods/period-draft.ts';
import type { SealRecord } from '../periods/seal-record.ts';
import { LEVEL_NAMES } from '../register/level-names.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { LANGUAGE_OPTION, languageOption } from './language-option.ts';
import { PERIOD_TEXTS } from './period-texts.ts';
import { withDesks } from './with-desks.ts';

/** Differences that are printed one by one; the number of the others is said. */
const MAX_PRINTED = 20;

const { contentHash, figuresOf, period, provisional, set, to, unknown, warning } = PERIOD_TEXTS;
const WORDS = { contentHash, figuresOf, period, provisional, set, to, unknown, warning };

/** `period compute`: prints what would be sealed, with what to look at first. */
export const periodCompute: CollectorCommand = {
  name: 'period compute',
  usage: 'PERIOD [--set SET] [--lang vi|en]',
  summary: 'Prints the figures of a period (2026-07, 2026-Q3, 2026) as they would be sealed now, warnings and changes.',
  options: { set: { type: 'string' }, ...LANGUAGE_OPTION },
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
  const text = (name: keyof typeof WORDS) => WORDS[name][language];
  return [
    `${text('period')} ${document.period.id}, ${printDate(document.period.firstDay)} ${text('to')} ${printDate(document.period.lastDay)}, ${text('figuresOf')} ${printDate(document.day)}, ${text('set')} ${document.facts.indexSet.id}`,
    ...totals.map((result) => {
      const mark = result.isProvisional ? `\t${text('provisional')}` : '';
      const value = formatFigure(document, result, language);
      return `${result.indicatorId}\t${formatPair(result.a, result.b, language)}\t${value}\t${text('unknown')} ${formatCount(result.unknownCount, language)}${mark}`;
    }),
    ...warnings.map((warning) => `${text('warning')} ${warning.code}: ${warning.text[language]}`),
    ...(sealed === undefined ? [] : printChanges(sealed.seal, sealed.differences, language)),
    ...(previous === undefined ? [] : printChanges(previous.seal, previous.differences, language)),
    `${text('contentHash')} ${contentHash ?? ''}`,
  ];
}

function printChanges(
  { seq, periodId }: SealRecord,
  differences: readonly ResultDifference[],
  language: Language,
): string[] {
  const title = PERIOD_TEXTS.against[language](seq, periodId);
  const said = PERIOD_TEXTS.differing[language](formatCount(differences.length, language));
  return [`${title}: ${said}`, ...printDifferences(differences, language)];
}

/** One line for each difference, a few of them, and how many others there are. */
export function printDifferences(differences: readonly ResultDifference[], language: Language): string[] {
  const lines = differences
    .slice(0, MAX_PRINTED)
    .map((difference) => `  ${placeText(difference, language)}: ${describeChange(difference, language)}`);
  const restCount = differences.length - lines.length;
  return restCount > 0 ? [...lines, `  ${PERIOD_TEXTS.others[language](formatCount(restCount, language))}`] : lines;
}

function placeText({ indicatorId, scope, agencyCode, level }: ResultDifference, language: Language): string {
  const ofLevel = level === '' ? '' : LEVEL_NAMES[level][language];
  const where = agencyCode === '' ? ofLevel : agencyCode;
  return [indicatorId, ...(where === '' ? [] : [where]), `(${SCOPE_NAMES[scope][language]})`].join(' ');
}
