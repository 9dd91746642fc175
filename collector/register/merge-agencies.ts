import { TramdoError } from '#shared/errors.ts';
import { addDays } from '../catalogues/viet-nam-time.ts';
import {
  type Agency,
  DECLARED_SUBJECTS,
  type DeclaredNumber,
  type DeclaredSubject,
  declaredNumber,
  parseDeclared,
} from './agency.ts';
import { endable, handOver } from './close-agency.ts';
import type { DeclaredItem } from './declared-item.ts';
import { applyRegisterChange, type RegisterChange } from './register-change.ts';
import { type RegisteredAgency, type RegisterFacts, registerAt } from './register-state.ts';
import { agencyOf } from './set-form.ts';

/** Several agencies that become one. */
export interface MergeOrder {
  /** The one that goes on, in the register already or beginning with the merger. */
  readonly into: string;
  /** Set when it begins with the merger; what it says of its own validity is replaced. */
  readonly newAgency?: Agency;
  readonly from: readonly string[];
  /** First day of the one and first day without the others, `yyyy-mm-dd`. */
  readonly on: string;
  /**
   * Document that says so; with it the sums of what the merged agencies declared become what the one declares, and
   * their lines, solutions, systems and deployments become its own. Absent: nothing is declared for it.
   */
  readonly sumSource?: string;
}

/** What a merger comes to. */
export interface MergeOutcome {
  readonly change: RegisterChange;
  /** Numbers that are not declared as a sum, with the agencies that never declared theirs. */
  readonly missing: readonly { readonly subject: DeclaredSubject; readonly agencyCodes: readonly string[] }[];
  /** Numbers that are not declared as a sum as the one has declared its own for that day or later. */
  readonly kept: readonly DeclaredSubject[];
}

/**
 * The change that makes several agencies one; pure.
 *
 * Sums take in what the one had declared itself when it existed before, so that the totals above stay what they were.
 * For `lan` the sum is 1 when one of them has a local network.
 *
 * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_EXISTS, AGENCY_INVALID
 */
export function planMerge(facts: RegisterFacts, order: MergeOrder): MergeOutcome {
  const { into, from, on } = order;
  const begun = begin(facts, order);
  const closed = [...new Set(from)].toSorted().map((code) => close(begun, code, order));
  const tree = { agencies: [...begunAgencies(order), ...closed], versions: handOver(begun, new Set(from), into, on) };
  if (order.sumSource === undefined) return { change: tree, missing: [], kept: [] };
  const parts = registerAt(facts, addDays(on, -1)).agencies.filter(({ code }) => code === into || from.includes(code));
  const { numbers, ...left } = sumNumbers(facts, parts, order, order.sumSource);
  return { change: { ...tree, numbers, items: takeOver(facts, parts, order, order.sumSource) }, ...left };
}

function begin(facts: RegisterFacts, order: MergeOrder): RegisterFacts {
  if (order.from.length === 0) throw new TramdoError('AGENCY_INVALID', 'Cannot merge as no agency is named in "from"');
  if (order.newAgency === undefined) {
    agencyOf(facts, order.into);
    return facts;
  }
  if (facts.agencies.some(({ code }) => code === order.into)) {
    throw new TramdoError('AGENCY_EXISTS', `Cannot begin the agency "${order.into}" as it is in the register already`);
  }
  return applyRegisterChange(facts, { agencies: begunAgencies(order) });
}

function begunAgencies({ newAgency, into, on }: MergeOrder): readonly Agency[] {
  if (newAgency === undefined) return [];
  const { nameVi, nameEn, level, parentCode } = newAgency;
  return [
    {
      code: into,
      nameVi,
      level,
      validFrom: on,
      ...(nameEn === undefined ? {} : { nameEn }),
      ...(parentCode === undefined ? {} : { parentCode }),
    },
  ];
}

function close(facts: RegisterFacts, code: string, { into, on }: MergeOrder): Agency {
  const agency = endable(facts, code, on);
  const refuse = (why: string) => new TramdoError('AGENCY_INVALID', `Cannot merge the agency "${code}" as ${why}`);
  if (code === into) throw refuse('it is the one that goes on; name only those that end in "from"');
  if (agency.replacedBy !== undefined) throw refuse(`it was replaced by "${agency.replacedBy}" already`);
  const lastDay = addDays(on, -1);
  if (agency.validTo !== undefined && agency.validTo < lastDay) {
    throw refuse(`it ended on ${agency.validTo}, before the merger on ${on}`);
  }
  return { ...agency, validTo: lastDay, replacedBy: into };
}

function sumNumbers(facts: RegisterFacts, parts: readonly RegisteredAgency[], order: MergeOrder, source: string) {
  const { into: agencyCode, on: asOf } = order;
  const own = facts.numbers.filter((number) => number.agencyCode === agencyCode && number.asOf >= asOf);
  const numbers: DeclaredNumber[] = [];
  const missing: MergeOutcome['missing'][number][] = [];
  const kept: DeclaredSubject[] = [];
  for (const subject of DECLARED_SUBJECTS) {
    const declared = parts.flatMap((part) => part.numbers[subject]?.value ?? []);
    const without = parts.filter((part) => part.numbers[subject] === undefined).map(({ code }) => code);
    if (declared.length === 0) continue;
    if (own.some((number) => number.subject === subject)) kept.push(subject);
    else if (without.length > 0) missing.push({ subject, agencyCodes: without });
    else {
      const value = subject === 'lan' ? Math.max(...declared) : declared.reduce((sum, part) => sum + part, 0);
      numbers.push(parseDeclared(declaredNumber, { agencyCode, subject, value, asOf, source }));
    }
  }
  return { numbers, missing, kept };
}

/** Two agencies may have called things alike; the later one gets a number behind its id. */
function takeOver(
  facts: RegisterFacts,
  parts: readonly RegisteredAgency[],
  { into, on: asOf }: MergeOrder,
  source: string,
): readonly DeclaredItem[] {
  const nameOf = ({ kind, itemId }: DeclaredItem) => `${kind} ${itemId}`;
  const taken = new Set(facts.items.filter(({ agencyCode }) => agencyCode === into).map(nameOf));
  return parts
    .filter(({ code }) => code !== into)
    .flatMap(({ items }) => items)
    .map((item) => {
      let renamed: DeclaredItem = { ...item, agencyCode: into, asOf, source };
      for (let number = 2; taken.has(nameOf(renamed)); number += 1) {
        renamed = { ...renamed, itemId: `${item.itemId.slice(0, 58)}-${number}` };
      }
      taken.add(nameOf(renamed));
      return renamed;
    });
}
