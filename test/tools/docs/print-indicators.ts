import { FORMULAS } from '#collector/indicators/formulas/index.ts';
import type { FormulaChoice, IndexSet, IndicatorDefinition } from '#collector/indicators/index-set.ts';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { markdownDocument, markdownTable } from './markdown.ts';

/** Prints collector/INDICATORS.md from the formulas and the index sets. */
export function printIndicators(): string {
  const formulas = FORMULAS.map(({ id, describes, coverageOf }) => [`\`${id}\``, describes.en, coverageOf]);
  return markdownDocument(
    'Indicators',
    'Figures that legal texts ask for, per agency, from `collector/indicators/`: always a (numerator) and b ' +
      '(denominator), which comes from the register wherever the register has it. Shares are derived from them and never ' +
      'stored. A machine of which something is unknown counts in b and not in a; coverage stands beside every figure. A past day is as it was shown at its end, but for what was declared for it later and for attempts on networks that machines told of later; seals never change. ' +
      'A customer adds sets of its own as files, `index-sets/*.json` in the folder of catalogues; ' +
      '`docs/samples/index-sets/` has one to begin with.',
    [
      ['## Formulas', markdownTable(['Formula', 'What a and b are', 'Coverage counts'], formulas)].join('\n\n'),
      ...INDEX_SETS.map(printSet),
    ],
  );
}

function printSet({ id, name, note, minimumCoverageRatio, indicators }: IndexSet): string {
  const head = ['Indicator', 'Vietnamese', 'English', 'Formula', 'Kinds counted', 'Legal basis', 'Valid', 'Note'];
  const about = `${name.vi} / ${name.en}. Provisional below a coverage of ${minimumCoverageRatio}.`;
  const doubts = note === undefined ? [] : [`${note.vi}\n\n${note.en}`];
  return [`## ${id}`, about, ...doubts, markdownTable(head, indicators.map(indicatorRow))].join('\n\n');
}

function indicatorRow(indicator: IndicatorDefinition): string[] {
  const { id, code, name, formula, countedKinds, legalBasis, note, validFrom, validTo } = indicator;
  const validity = validTo === undefined ? `from ${validFrom}` : `${validFrom} to ${validTo}`;
  return [
    code === undefined ? `\`${id}\`` : `\`${id}\` (${code})`,
    name.vi,
    name.en,
    formulaText(formula),
    countedKinds.join(', '),
    legalBasis.join('; '),
    validity,
    note?.en ?? '',
  ];
}

/** The formula with its parameters as they stand in the set. */
function formulaText({ id, ...parameters }: FormulaChoice): string {
  const texts = Object.entries(parameters).map(([name, value]) => `${name}: ${parameterText(value)}`);
  return texts.length === 0 ? `\`${id}\`` : `\`${id}\` (${texts.join('; ')})`;
}

function parameterText(value: unknown): string {
  if (Array.isArray(value)) return value.map(parameterText).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${parameterText(inner)}`)
    .join(' ');
}
