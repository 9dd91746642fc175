import type { Language } from '../catalogues/language.ts';
import { formatPair } from '../console/format.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { describePlace, type ResultDifference } from '../periods/compare-results.ts';
import { formatFigure } from '../periods/format-figure.ts';
import type { PeriodDraft } from '../periods/period-draft.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** Differences that are printed one by one; the number of the others is said. */
const MAX_PRINTED = 20;

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
  return [
    `Period ${document.period.id}, ${document.period.firstDay} to ${document.period.lastDay}, figures of ${document.day}, set ${document.facts.indexSet.id}`,
    ...totals.map((result) => {
      const mark = result.isProvisional ? '\tprovisional' : '';
      const value = formatFigure(document, result, language);
      return `${result.indicatorId}\t${formatPair(result.a, result.b, language)}\t${value}\tunknown ${result.unknownCount}${mark}`;
    }),
    ...warnings.map(({ code, text }) => `Warning ${code}: ${text[language]}`),
    ...(sealed === undefined ? [] : printChanges(`Against seal ${sealed.seal.seq} of this period`, sealed.differences)),
    ...(previous === undefined
      ? []
      : printChanges(`Against seal ${previous.seal.seq} of ${previous.seal.periodId}`, previous.differences)),
    `Content hash ${contentHash ?? ''}`,
  ];
}

function printChanges(title: string, differences: readonly ResultDifference[]): string[] {
  return [`${title}: ${differences.length} figures differ`, ...printDifferences(differences)];
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
