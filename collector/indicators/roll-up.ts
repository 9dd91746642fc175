import { AGENCY_LEVELS } from '../register/agency.ts';
import type { RegisteredAgency } from '../register/register-state.ts';
import type { AgencyLines } from './agency-lines.ts';
import type { Figure } from './formula.ts';
import {
  type Coverage,
  type IndicatorResult,
  isCovered,
  type ResultScope,
  WHOLE_REGISTER,
} from './indicator-result.ts';

/** The figure of one agency that is added up. */
export interface AgencyPart extends Figure {
  readonly agency: RegisteredAgency;
  /** 1 when the agency is in a and b, else 0. */
  readonly agencyCount: number;
  /** 1 when it never declared what the figure needs, else 0. */
  readonly missingCount: number;
  readonly coverage: Coverage | undefined;
}

/** What an indicator is added up from, and for. */
export interface RollUp {
  readonly indicatorId: string;
  readonly minimumCoverageRatio: number;
  readonly scopes: ReadonlySet<ResultScope>;
  /** Of the agencies that are asked, sorted by code. */
  readonly parts: readonly AgencyPart[];
  /** Of machines that belong to no agency: in the sum of the whole register, and in no other. */
  readonly unassigned: AgencyPart | undefined;
  readonly lines: AgencyLines;
}

type Place = Pick<IndicatorResult, 'scope' | 'agencyCode' | 'level'>;

/** Adds the figures of agencies up for each scope asked for; sorted by agency code, then scope, then level. */
export function rollUp(terms: RollUp): readonly IndicatorResult[] {
  const { scopes, parts, unassigned } = terms;
  const nowhere = { agencyCode: WHOLE_REGISTER, level: '' } as const;
  const rest = unassigned === undefined ? [] : [unassigned];
  const results: IndicatorResult[] = [];
  if (scopes.has('register')) results.push(sum(terms, { scope: 'register', ...nowhere }, [...parts, ...rest]));
  if (scopes.has('unassigned') && unassigned !== undefined) {
    results.push(sum(terms, { scope: 'unassigned', ...nowhere }, rest));
  }
  if (scopes.has('level')) results.push(...levelResults(terms));
  const own = scopes.has('agency')
    ? parts.map((part) => sum(terms, { scope: 'agency', ...placeOf(part.agency) }, [part]))
    : [];
  const subtrees = scopes.has('subtree') ? subtreeResults(terms) : [];
  return [...results, ...[...own, ...subtrees].toSorted(byCode)];
}

function placeOf({ code, level }: RegisteredAgency) {
  return { agencyCode: code, level };
}

/** Sorting is stable, so that an agency alone comes before its subtree. */
function byCode(a: IndicatorResult, b: IndicatorResult): number {
  if (a.agencyCode === b.agencyCode) return 0;
  return a.agencyCode < b.agencyCode ? -1 : 1;
}

function levelResults(terms: RollUp): readonly IndicatorResult[] {
  const byLevel = Map.groupBy(terms.parts, ({ agency }) => agency.level);
  return AGENCY_LEVELS.toSorted().flatMap((level) => {
    const parts = byLevel.get(level);
    return parts === undefined ? [] : [sum(terms, { scope: 'level', agencyCode: WHOLE_REGISTER, level }, parts)];
  });
}

/** Only of agencies with another one below them: the subtree of any other is the agency alone. */
function subtreeResults(terms: RollUp): readonly IndicatorResult[] {
  const members = new Map<string, AgencyPart[]>();
  for (const part of terms.parts) {
    for (const { code } of terms.lines.get(part.agency.code) ?? []) {
      const known = members.get(code);
      if (known === undefined) members.set(code, [part]);
      else known.push(part);
    }
  }
  const heads = new Map([...terms.lines.values()].flatMap((line) => line.slice(1)).map((head) => [head.code, head]));
  return [...heads.values()].map((head) =>
    sum(terms, { scope: 'subtree', ...placeOf(head) }, members.get(head.code) ?? []),
  );
}

function sum(terms: RollUp, place: Place, parts: readonly AgencyPart[]): IndicatorResult {
  const total = { a: 0, b: 0, unknownCount: 0, agencyCount: 0, missingCount: 0 };
  let coverage: Coverage | undefined = { reportingCount: 0, registeredCount: 0 };
  for (const part of parts) {
    total.a += part.a;
    total.b += part.b;
    total.unknownCount += part.unknownCount;
    total.agencyCount += part.agencyCount;
    total.missingCount += part.missingCount;
    coverage = coverage === undefined || part.coverage === undefined ? undefined : addCoverage(coverage, part.coverage);
  }
  const isProvisional = total.missingCount > 0 || !isCovered(coverage, terms.minimumCoverageRatio);
  return { indicatorId: terms.indicatorId, ...place, ...total, coverage, isProvisional };
}

function addCoverage(one: Coverage, other: Coverage): Coverage {
  return {
    reportingCount: one.reportingCount + other.reportingCount,
    registeredCount: one.registeredCount + other.registeredCount,
  };
}
