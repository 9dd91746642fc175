import { dayNumber, dayNumberOfDate } from '../catalogues/viet-nam-time.ts';
import type { AgencyFigures, MachineGroup } from '../metrics/metric-family.ts';
import { countMachines, measuredGroups, registeredMachines } from './counted-machines.ts';
import type { Figure } from './formula.ts';
import { computeFormula } from './formulas/index.ts';
import type { IndexSet, IndicatorDefinition } from './index-set.ts';

/** Code that stands for the whole register in results. */
export const WHOLE_REGISTER = '';

/** How much of the register the figures rest on: machines reporting, of registered machines. */
export interface Coverage {
  readonly reportingCount: number;
  readonly registeredCount: number;
}

/** One indicator of one agency, or of the whole register; the ratio is derived where it is shown. */
export interface IndicatorResult {
  readonly indicatorId: string;
  /** {@link WHOLE_REGISTER} for the sum of all agencies. */
  readonly agencyCode: string;
  /** Level of the agency; empty for the whole register. */
  readonly level: string;
  readonly a: number;
  readonly b: number;
  /** Undefined when an agency with machines never declared how many computers it has. */
  readonly coverage: Coverage | undefined;
}

/** What the figures are computed from. */
export interface IndicatorInput {
  readonly indexSet: IndexSet;
  readonly agencies: readonly AgencyFigures[];
  readonly groups: readonly MachineGroup[];
  /** Instant that decides which definitions are in force, epoch milliseconds. */
  readonly atMs: number;
}

/**
 * Computes every indicator in force, for every agency and for the whole register (agency code empty). The whole is
 * the sum of the agencies that have a figure; an agency whose register lacks the number is in neither a nor b.
 *
 * @returns sorted by indicator id, then agency code, so that the whole register comes first
 */
export function computeIndicators(input: IndicatorInput): readonly IndicatorResult[] {
  const groups = Map.groupBy(input.groups, ({ agencyCode }) => agencyCode);
  const agencies = input.agencies.toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return input.indexSet.indicators
    .filter((definition) => isInForce(definition, input.atMs))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((definition) => {
      const parts = agencies.flatMap((agency) => {
        const own = groups.get(agency.code) ?? [];
        return agencyResult(definition, agency, own) ?? [];
      });
      return [wholeRegister(definition.id, parts), ...parts];
    });
}

/** Tells whether a definition is valid on the day of an instant, in Asia/Ho_Chi_Minh. */
export function isInForce({ validFrom, validTo }: IndicatorDefinition, atMs: number): boolean {
  const today = dayNumber(atMs);
  return dayNumberOfDate(validFrom) <= today && (validTo === undefined || today <= dayNumberOfDate(validTo));
}

function agencyResult(
  definition: IndicatorDefinition,
  agency: AgencyFigures,
  groups: readonly MachineGroup[],
): IndicatorResult | undefined {
  const { countedKinds, id, formula } = definition;
  const figure: Figure | undefined = computeFormula(formula, { groups, agency, countedKinds });
  if (figure === undefined) return undefined;
  const measured = measuredGroups(groups, countedKinds);
  const coverage: Coverage = {
    reportingCount: countMachines(measured.filter(({ state }) => state === 'reporting')),
    registeredCount: registeredMachines(agency, groups, countedKinds),
  };
  const isUnknown = agency.computerCount === undefined && coverage.registeredCount > 0;
  return {
    indicatorId: id,
    agencyCode: agency.code,
    level: agency.level,
    ...figure,
    coverage: isUnknown ? undefined : coverage,
  };
}

function wholeRegister(indicatorId: string, parts: readonly IndicatorResult[]): IndicatorResult {
  let coverage: Coverage | undefined = { reportingCount: 0, registeredCount: 0 };
  for (const part of parts) {
    coverage = coverage === undefined || part.coverage === undefined ? undefined : addCoverage(coverage, part.coverage);
  }
  return {
    indicatorId,
    agencyCode: WHOLE_REGISTER,
    level: '',
    a: parts.reduce((sum, part) => sum + part.a, 0),
    b: parts.reduce((sum, part) => sum + part.b, 0),
    coverage,
  };
}

function addCoverage(one: Coverage, other: Coverage): Coverage {
  return {
    reportingCount: one.reportingCount + other.reportingCount,
    registeredCount: one.registeredCount + other.registeredCount,
  };
}
