import { FORMULAS } from '#collector/indicators/formulas/index.ts';
import type { FormulaChoice, IndexSet, IndicatorDefinition } from '#collector/indicators/index-set.ts';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { markdownDocument, markdownTable } from './markdown.ts';

/** Prints collector/INDICATORS.md from the formulas and the index sets. */
export function printIndicators(): string {
  const formulas = FORMULAS.map(({ id, describes }) => [`\`${id}\``, describes]);
  return markdownDocument(
    'Indicators',
    'Figures that legal texts ask for, per agency, from `collector/indicators/`: always a (numerator) and b ' +
      '(denominator), which comes from the register wherever the register has it. Shares are derived from them and never ' +
      'stored. A machine of which something is unknown counts in b and not in a; coverage stands beside every figure.',
    [
      ['## Formulas', markdownTable(['Formula', 'What a and b are'], formulas)].join('\n\n'),
      ...INDEX_SETS.map(printSet),
    ],
  );
}

function printSet({ id, name, indicators }: IndexSet): string {
  const head = ['Indicator', 'Vietnamese', 'English', 'Formula', 'Kinds counted', 'Legal basis', 'Valid'];
  return [`## ${id}`, `${name.vi} / ${name.en}.`, markdownTable(head, indicators.map(indicatorRow))].join('\n\n');
}

function indicatorRow(indicator: IndicatorDefinition): string[] {
  const { id, name, formula, countedKinds, legalBasis, validFrom, validTo } = indicator;
  const validity = validTo === undefined ? `from ${validFrom}` : `${validFrom} to ${validTo}`;
  return [
    `\`${id}\``,
    name.vi,
    name.en,
    formulaText(formula),
    countedKinds.join(', '),
    legalBasis.join('; '),
    validity,
  ];
}

function formulaText(formula: FormulaChoice): string {
  if (formula.id === 'machines-passing') return `\`${formula.id}\` (${formula.ruleIds.join(', ')})`;
  if (formula.id === 'machines-failing') return `\`${formula.id}\` (${formula.ruleId})`;
  return `\`${formula.id}\``;
}
