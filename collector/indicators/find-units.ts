import { assertNever } from '#shared/assert-never.ts';
import type { DeclaredValue } from '../register/register-state.ts';
import { type AgencyInput, agencyInputs } from './agency-inputs.ts';
import { agencyLines } from './agency-lines.ts';
import { definitionsOn } from './compute-indicators.ts';
import { type Figure, figureOf, type MissingSubject, type Part, type Standing } from './formula.ts';
import { countsUnassigned, examine, formulaTraits } from './formulas/index.ts';
import type { IndicatorDefinition } from './index-set.ts';
import type { ResultScope } from './indicator-result.ts';
import type { IndicatorFacts } from './indicator-snapshot.ts';
import type { UnitReason } from './unit-reasons.ts';

/** Of which result the units are wanted. */
export interface UnitQuery {
  readonly indicatorId: string;
  readonly scope: ResultScope;
  /** For the scopes `agency` and `subtree`. */
  readonly agencyCode?: string;
  /** For the scope `level`. */
  readonly level?: string;
}

/** One unit, or several that nobody can tell apart, behind a figure. */
export interface Unit {
  readonly kind: 'machine' | 'machines' | 'agency' | 'declared' | 'item';
  readonly agencyCode: string;
  readonly standing: Standing;
  readonly reason: UnitReason;
  /** How many units it stands for in the figure. */
  readonly count: number;
  /** Machine id, item id, subject of a declared number, or what of an agency; absent when the kind says all. */
  readonly id?: string;
  /** What shows it, for a person; absent when the reason says all. */
  readonly evidence?: string;
  /** Day and source of what was declared. */
  readonly declared?: Pick<DeclaredValue, 'asOf' | 'source'>;
}

/** An agency that never declared something the figure needs. */
export interface MissingUnit {
  readonly agencyCode: string;
  readonly subject: MissingSubject;
  /** Whether the agency is in a and b all the same, with what was measured. */
  readonly hasFigure: boolean;
}

/** Everything behind one figure; of a share the counts of the lists add up to it. */
export interface UnitLists {
  readonly figure: Figure;
  readonly counted: readonly Unit[];
  readonly notCounted: readonly Unit[];
  readonly unknown: readonly Unit[];
  /** What a quotient divides by. */
  readonly base: readonly Unit[];
  readonly missing: readonly MissingUnit[];
}

/**
 * Lists the units behind a figure, by the same examination that counted them; pure. Lists are sorted by agency, then as
 * the facts are.
 *
 * @returns undefined when no indicator of that id is in force on the day
 */
export function findUnits(facts: IndicatorFacts, query: UnitQuery): UnitLists | undefined {
  const { indexSet, register } = facts;
  const definition = definitionsOn(indexSet.indicators, register.day).find(({ id }) => id === query.indicatorId);
  if (definition === undefined) return undefined;
  const sorted: Record<Standing, Unit[]> = { counted: [], not_counted: [], unknown: [], base: [] };
  const figure = { a: 0, b: 0, unknownCount: 0 };
  const missing: MissingUnit[] = [];
  for (const { input, isUnassigned } of inputsOf(facts, query, definition)) {
    const examination = examine(definition.formula, { ...input, countedKinds: definition.countedKinds });
    if (examination === undefined) continue;
    const parts = examination.parts ?? [];
    const { a, b, unknownCount } = figureOf(parts, formulaTraits(definition.formula.id).arithmetic);
    figure.a += a;
    figure.b += b;
    figure.unknownCount += unknownCount;
    for (const part of parts) sorted[part.standing].push(...unitsOf(part, input.agency.code));
    if (isUnassigned) continue;
    const hasFigure = examination.parts !== undefined;
    missing.push(...examination.missing.map((subject) => ({ agencyCode: input.agency.code, subject, hasFigure })));
  }
  const { counted, not_counted: notCounted, unknown, base } = sorted;
  return { figure, counted, notCounted, unknown, base, missing };
}

interface ScopedInput {
  readonly input: AgencyInput;
  readonly isUnassigned: boolean;
}

function inputsOf(facts: IndicatorFacts, query: UnitQuery, { formula }: IndicatorDefinition): readonly ScopedInput[] {
  const lines = agencyLines(facts.register);
  const { agencies, unassigned } = agencyInputs(facts, lines);
  const rest =
    unassigned === undefined || !countsUnassigned(formula.id) ? [] : [{ input: unassigned, isUnassigned: true }];
  const isIn = ({ agency: { code, level } }: AgencyInput) => {
    if (query.scope === 'register') return true;
    if (query.scope === 'level') return level === query.level;
    if (query.scope === 'agency') return code === query.agencyCode;
    return (lines.get(code) ?? []).some((above) => above.code === query.agencyCode);
  };
  if (query.scope === 'unassigned') return rest;
  const own = agencies.filter(isIn).map((input) => ({ input, isUnassigned: false }));
  return query.scope === 'register' ? [...own, ...rest] : own;
}

function unitsOf({ standing, reason, count, unit, evidence }: Part, agencyCode: string): readonly Unit[] {
  const alike = { agencyCode, standing, reason, ...(evidence === undefined ? {} : { evidence }) };
  switch (unit.kind) {
    case 'machines': {
      const { machineIds, agencyCode: own } = unit.group;
      if (machineIds === undefined) return [{ ...alike, kind: 'machines', count }];
      return machineIds.map((id) => ({ ...alike, agencyCode: own, kind: 'machine', id, count: 1 }));
    }
    case 'declared': {
      const { asOf, source } = unit.declared;
      return [{ ...alike, kind: 'declared', id: unit.subject, count, declared: { asOf, source } }];
    }
    case 'item': {
      const { itemId, asOf, source } = unit.item;
      return [{ ...alike, kind: 'item', id: `${unit.item.kind}/${itemId}`, count, declared: { asOf, source } }];
    }
    case 'agency':
      return [{ ...alike, kind: 'agency', count, ...(unit.detail === undefined ? {} : { id: unit.detail }) }];
    default:
      return assertNever(unit);
  }
}
