import { assertNever } from '#shared/assert-never.ts';
import { type AgencyInput, agencyInputs } from '../indicators/agency-inputs.ts';
import { agencyLines } from '../indicators/agency-lines.ts';
import { definitionsOn } from '../indicators/compute-indicators.ts';
import type { Part } from '../indicators/formula.ts';
import { examine, formulaTraits } from '../indicators/formulas/index.ts';
import type { IndicatorDefinition } from '../indicators/index-set.ts';
import type { IndicatorFacts } from '../indicators/indicator-snapshot.ts';
import type { MachineGroup } from '../metrics/metric-family.ts';
import type { SealedUnits } from './seal-document.ts';

type Lists = {
  -readonly [Key in keyof SealedUnits]: SealedUnits[Key] extends readonly (infer Item)[] ? Item[] : SealedUnits[Key];
};

/**
 * Where every unit stands, indicator by indicator, as the formulas say it; pure. Machines are named by the place of
 * their group in `facts.groups`.
 *
 * @returns the indicators in force on the day of the register, sorted by id; lists are sorted by agency as the facts are
 */
export function sealedUnits(facts: IndicatorFacts): readonly SealedUnits[] {
  const inputs = agencyInputs(facts, agencyLines(facts.register));
  const places = new Map(facts.groups.map((group, index) => [group, index]));
  return definitionsOn(facts.indexSet.indicators, facts.register.day).map((definition) => {
    const lists: Lists = {
      indicatorId: definition.id,
      machines: [],
      declared: [],
      items: [],
      agencies: [],
      missing: [],
    };
    const machines = new Map<string, { standing: Part['standing']; reason: string; groups: number[] }>();
    const rest = countsUnassigned(definition) ? inputs.unassigned : undefined;
    for (const input of [...inputs.agencies, ...(rest === undefined ? [] : [rest])]) {
      addAgency({ definition, input, lists, machines, places });
    }
    lists.machines = [...machines].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, side]) => side);
    return lists;
  });
}

/** Machines without an agency are in the figures of the whole register where its machines are counted. */
function countsUnassigned({ formula }: IndicatorDefinition): boolean {
  const { arithmetic, coverageOf } = formulaTraits(formula.id);
  return arithmetic === 'share' && coverageOf === 'machines';
}

interface Adding {
  readonly definition: IndicatorDefinition;
  readonly input: AgencyInput;
  readonly lists: Lists;
  readonly machines: Map<string, { standing: Part['standing']; reason: string; groups: number[] }>;
  readonly places: ReadonlyMap<MachineGroup, number>;
}

function addAgency({ definition, input, lists, machines, places }: Adding): void {
  const { countedKinds, formula } = definition;
  const examination = examine(formula, { ...input, countedKinds });
  if (examination === undefined) return;
  const agencyCode = input.agency.code;
  if (examination.missing.length > 0 && agencyCode !== '') {
    lists.missing.push({ agencyCode, subjects: examination.missing });
  }
  for (const { standing, reason, count, unit, evidence } of examination.parts ?? []) {
    switch (unit.kind) {
      case 'machines': {
        const group = places.get(unit.group);
        if (group === undefined || count !== unit.group.machineCount) {
          throw new RangeError('A formula counted machines that are not among the facts, or only some that are alike');
        }
        const name = `${standing} ${reason}`;
        const side = machines.get(name) ?? { standing, reason, groups: [] };
        side.groups.push(group);
        machines.set(name, side);
        break;
      }
      case 'declared':
        lists.declared.push({ agencyCode, standing, reason, subject: unit.subject, count });
        break;
      case 'item':
        lists.items.push({ agencyCode, standing, reason, kind: unit.item.kind, itemId: unit.item.itemId, count });
        break;
      case 'agency':
        lists.agencies.push({
          agencyCode,
          standing,
          reason,
          ...(unit.detail === undefined ? {} : { detail: unit.detail }),
          ...(evidence === undefined ? {} : { evidence }),
        });
        break;
      default:
        assertNever(unit);
    }
  }
}
