import { type AgencyInput, agencyInputs } from './agency-inputs.ts';
import { agencyLines } from './agency-lines.ts';
import { machineCoverage, measuredCoverage } from './counted-machines.ts';
import { type Examination, figureOf } from './formula.ts';
import { countsUnassigned, examine, type FormulaTraits, formulaTraits } from './formulas/index.ts';
import { type IndicatorDefinition, isInForce } from './index-set.ts';
import { type Coverage, type IndicatorResult, RESULT_SCOPES, type ResultScope } from './indicator-result.ts';
import type { IndicatorFacts } from './indicator-snapshot.ts';
import { type AgencyPart, rollUp } from './roll-up.ts';

/**
 * Computes every indicator in force on the day of the register, for every scope; pure.
 *
 * Sums are sums of agencies: the whole register is all of its agencies and the machines that belong to none, a level or
 * a subtree is its agencies. An agency that never declared what a figure is made of is in neither a nor b and is counted
 * as missing.
 *
 * @param scopes only these; all of them unless told
 * @returns sorted by indicator id, then agency code, then scope, then level, so that the whole register comes first
 */
export function computeIndicators(
  facts: IndicatorFacts,
  scopes: readonly ResultScope[] = RESULT_SCOPES,
): readonly IndicatorResult[] {
  const { indexSet, register } = facts;
  const lines = agencyLines(register);
  const inputs = agencyInputs(facts, lines);
  const wanted = new Set(scopes);
  return definitionsOn(indexSet.indicators, register.day).flatMap((definition) =>
    rollUp({
      indicatorId: definition.id,
      minimumCoverageRatio: indexSet.minimumCoverageRatio,
      scopes: wanted,
      parts: inputs.agencies.flatMap((input) => agencyPart(definition, input) ?? []),
      unassigned: inputs.unassigned === undefined ? undefined : unassignedPart(definition, inputs.unassigned),
      lines,
    }),
  );
}

/** The definitions in force on a day `yyyy-mm-dd`, sorted by id. */
export function definitionsOn(
  definitions: readonly IndicatorDefinition[],
  day: string,
): readonly IndicatorDefinition[] {
  return definitions.filter((definition) => isInForce(definition, day)).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function agencyPart(definition: IndicatorDefinition, input: AgencyInput): AgencyPart | undefined {
  const { formula, countedKinds } = definition;
  const examination = examine(formula, { ...input, countedKinds });
  if (examination === undefined) return undefined;
  const traits = formulaTraits(formula.id);
  const coverage =
    traits.coverageOf === 'machines'
      ? machineCoverage(input.agency, input.groups, countedKinds)
      : agencyCoverage(examination);
  return { agency: input.agency, ...countsOf(examination, traits), coverage };
}

/** Machines that are there; that their agency is no more is no number that anybody failed to declare. */
function unassignedPart(definition: IndicatorDefinition, input: AgencyInput): AgencyPart | undefined {
  const part = countsUnassigned(definition.formula.id) ? agencyPart(definition, input) : undefined;
  if (part === undefined) return undefined;
  const coverage = measuredCoverage(input.groups, definition.countedKinds);
  return { ...part, agencyCount: 0, missingCount: 0, coverage };
}

function countsOf({ parts, missing }: Examination, { arithmetic }: FormulaTraits) {
  return {
    ...figureOf(parts ?? [], arithmetic),
    agencyCount: parts === undefined ? 0 : 1,
    missingCount: missing.length > 0 ? 1 : 0,
  };
}

/** One agency asked, and whether nothing about it is left open. */
function agencyCoverage({ parts, missing }: Examination): Coverage {
  const isKnown = missing.length === 0 && parts?.every(({ standing }) => standing !== 'unknown') === true;
  return { reportingCount: isKnown ? 1 : 0, registeredCount: 1 };
}
