import type { AgencyVersion, DeclaredNumber } from './agency.ts';
import type { DeclaredItem } from './declared-item.ts';
import type { RegisterFacts } from './register-state.ts';

/** Facts to be kept; one with the key of an older one replaces it. What is absent stays as it is. */
export type RegisterChange = Partial<RegisterFacts>;

/** Keys of facts to be forgotten, as when an import is undone. */
export interface RegisterKeys {
  /** With their versions; refused by the database while something else refers to the agency. */
  readonly agencyCodes?: readonly string[];
  readonly versions?: readonly Pick<AgencyVersion, 'code' | 'from'>[];
  readonly numbers?: readonly Pick<DeclaredNumber, 'agencyCode' | 'subject' | 'asOf'>[];
  readonly items?: readonly Pick<DeclaredItem, 'agencyCode' | 'kind' | 'itemId' | 'asOf'>[];
}

/**
 * The facts as they are after a change, before anything is written; pure, in no order.
 *
 * The store gives an agency without a version its first one; so a new agency of the change gets one here, too.
 */
export function applyRegisterChange(facts: RegisterFacts, change: RegisterChange): RegisterFacts {
  const versions = overlay(facts.versions, change.versions, versionKey);
  const named = new Set(change.agencies === undefined ? [] : versions.map(({ code }) => code));
  const firsts = (change.agencies ?? []).filter(({ code }) => !named.has(code));
  return {
    agencies: overlay(facts.agencies, change.agencies, ({ code }) => code),
    versions: [
      ...versions,
      ...firsts.map(({ validFrom: _from, validTo: _to, replacedBy: _by, ...form }): AgencyVersion => form),
    ],
    numbers: overlay(facts.numbers, change.numbers, numberKey),
    items: overlay(facts.items, change.items, itemKey),
  };
}

function overlay<Fact>(
  before: readonly Fact[],
  changed: readonly Fact[] | undefined,
  keyOf: (fact: Fact) => string,
): readonly Fact[] {
  if (changed === undefined || changed.length === 0) return before;
  return [...new Map([...before, ...changed].map((fact) => [keyOf(fact), fact])).values()];
}

function versionKey({ code, from }: AgencyVersion): string {
  return `${code} ${from ?? ''}`;
}

function numberKey({ agencyCode, subject, asOf }: DeclaredNumber): string {
  return `${agencyCode} ${subject} ${asOf}`;
}

function itemKey({ agencyCode, kind, itemId, asOf }: DeclaredItem): string {
  return `${agencyCode} ${kind} ${itemId} ${asOf}`;
}
