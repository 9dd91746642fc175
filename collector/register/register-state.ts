import { dayNumberOfDate } from '../catalogues/viet-nam-time.ts';
import type { Agency, AgencyVersion, DeclaredNumber, DeclaredSubject } from './agency.ts';
import type { DeclaredItem } from './declared-item.ts';

/** Everything that was ever declared, as the store keeps it. */
export interface RegisterFacts {
  readonly agencies: readonly Agency[];
  readonly versions: readonly AgencyVersion[];
  readonly numbers: readonly DeclaredNumber[];
  readonly items: readonly DeclaredItem[];
}

/** A declared number as it held on a day. */
export type DeclaredValue = Pick<DeclaredNumber, 'value' | 'asOf' | 'source'>;

/** An agency as it was on a day, with what it had declared by then. */
export interface RegisteredAgency extends Omit<Agency, 'validFrom' | 'validTo' | 'replacedBy'> {
  /** By subject; a subject that was never declared is absent, which is not zero. */
  readonly numbers: { readonly [Subject in DeclaredSubject]?: DeclaredValue };
  /** Things that had not ended, sorted by kind and item id. */
  readonly items: readonly DeclaredItem[];
}

/** The register as it stood on a day: what indicators, pages and seals read. */
export interface RegisterState {
  /** The day, `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  readonly day: string;
  /** Agencies valid on that day, sorted by code. */
  readonly agencies: readonly RegisteredAgency[];
}

/** The register as it stood on a day: its agencies with the names, levels and parents of that day; pure. */
export function registerAt(facts: RegisterFacts, day: string): RegisterState {
  const versions = Map.groupBy(facts.versions, ({ code }) => code);
  const numbers = Map.groupBy(facts.numbers, ({ agencyCode }) => agencyCode);
  const items = Map.groupBy(facts.items, ({ agencyCode }) => agencyCode);
  const agencies = facts.agencies
    .filter((agency) => existsOn(agency, day))
    .map((agency) => ({
      ...formOn(agency, versions.get(agency.code) ?? [], day),
      numbers: numbersOn(numbers.get(agency.code) ?? [], day),
      items: itemsOn(items.get(agency.code) ?? [], day),
    }))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return { day, agencies };
}

/** Tells whether an agency existed on a day `yyyy-mm-dd`. */
export function existsOn({ validFrom, validTo }: Agency, day: string): boolean {
  const number = dayNumberOfDate(day);
  if (validFrom !== undefined && dayNumberOfDate(validFrom) > number) return false;
  return validTo === undefined || dayNumberOfDate(validTo) >= number;
}

/** Codes of an agency and of everything below it in the tree of that day; empty when the agency did not exist. */
export function subtreeOf({ agencies }: RegisterState, code: string): ReadonlySet<string> {
  const children = Map.groupBy(agencies, ({ parentCode }) => parentCode);
  const found = new Set<string>();
  const waiting = agencies.some((agency) => agency.code === code) ? [code] : [];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    waiting.push(...(children.get(next) ?? []).map((child) => child.code));
  }
  return found;
}

/** ISO dates of one form compare as texts. */
function formOn(agency: Agency, versions: readonly AgencyVersion[], day: string) {
  const begun = versions.filter(({ from }) => (from ?? '') <= day).toSorted(byStart);
  // A day before the first version is named by it: nothing older is known.
  const form = begun.at(-1) ?? versions.toSorted(byStart)[0] ?? agency;
  const { nameVi, nameEn, level, parentCode } = form;
  return {
    code: agency.code,
    nameVi,
    level,
    ...(nameEn === undefined ? {} : { nameEn }),
    ...(parentCode === undefined ? {} : { parentCode }),
  };
}

function byStart(a: AgencyVersion, b: AgencyVersion): number {
  return (a.from ?? '') < (b.from ?? '') ? -1 : 1;
}

function numbersOn(numbers: readonly DeclaredNumber[], day: string): RegisteredAgency['numbers'] {
  const newest: { [Subject in DeclaredSubject]?: DeclaredValue } = {};
  for (const { subject, value, asOf, source } of numbers) {
    const known = newest[subject];
    if (asOf <= day && (known === undefined || known.asOf < asOf)) newest[subject] = { value, asOf, source };
  }
  return newest;
}

function itemsOn(items: readonly DeclaredItem[], day: string): readonly DeclaredItem[] {
  const newest = new Map<string, DeclaredItem>();
  for (const item of items) {
    const name = `${item.kind} ${item.itemId}`;
    const known = newest.get(name);
    if (item.asOf <= day && (known === undefined || known.asOf < item.asOf)) newest.set(name, item);
  }
  return [...newest]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item)
    .filter(({ hasEnded }) => !hasEnded);
}
