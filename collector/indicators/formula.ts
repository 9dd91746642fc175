import type { MachineKind } from '#shared/observations/hardware.ts';
import type { CatalogueProduct } from '../catalogues/catalogue-schemas.ts';
import type { LocalText } from '../catalogues/language.ts';
import type { MachineGroup, NetworkFigures } from '../metrics/metric-family.ts';
import type { DeclaredSubject } from '../register/agency.ts';
import type { DeclaredItem } from '../register/declared-item.ts';
import type { DeclaredValue, RegisteredAgency } from '../register/register-state.ts';
import type { FormulaChoice } from './index-set.ts';
import type { UnitReason } from './unit-reasons.ts';

/** What the catalogue says of an antivirus product, as far as figures depend on it. */
export type ProductFlags = Pick<CatalogueProduct, 'id' | 'flags'>;

/** The flags of a catalogue, sorted by product id. */
export function productFlags({ products }: { readonly products: readonly ProductFlags[] }): readonly ProductFlags[] {
  return products.map(({ id, flags }) => ({ id, flags })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** What is known of one agency. */
export interface FormulaInput {
  readonly agency: RegisteredAgency;
  /** Groups of this agency only. */
  readonly groups: readonly MachineGroup[];
  /** What its machines saw of the networks. */
  readonly networks: readonly NetworkFigures[];
  /** Most of its machines that were seen at one place with a gateway within the window of availability. */
  readonly mostMachinesAtPlace: number;
  /** That place, as PlaceFigures names it; absent when there is none or it is not known. */
  readonly busiestPlace?: string | undefined;
  /** Flags of the antivirus catalogue by product id. */
  readonly products: ReadonlyMap<string, ProductFlags['flags']>;
  /** Products with a deployment declared to share, by this agency or one above it. */
  readonly sharedProducts: ReadonlySet<string>;
  /** Kinds the indicator counts. */
  readonly countedKinds: readonly MachineKind[];
}

/**
 * Where units stand. Of a share: `counted` is in a and b, `not_counted` and `unknown` are in b alone. Of a quotient:
 * `counted` is in a, `base` is b, `unknown` is in neither.
 */
export type Standing = 'counted' | 'not_counted' | 'unknown' | 'base';

/** What stands somewhere. */
export type PartUnit =
  | { readonly kind: 'machines'; readonly group: MachineGroup }
  | { readonly kind: 'declared'; readonly subject: DeclaredSubject; readonly declared: DeclaredValue }
  | { readonly kind: 'item'; readonly item: DeclaredItem }
  /** The agency itself; the detail names what of it, such as a type of solution. */
  | { readonly kind: 'agency'; readonly detail?: string };

/** Units of an agency that stand alike for one reason. */
export interface Part {
  readonly standing: Standing;
  readonly reason: UnitReason;
  readonly count: number;
  readonly unit: PartUnit;
  /** What shows it, for a person: network, instant and key of a receipt, or a place; absent when the reason says all. */
  readonly evidence?: string;
}

/** What an agency may have left undeclared: a number, or a whole list. */
export type MissingSubject = DeclaredSubject | 'lines' | 'solutions' | 'systems';

/** Where everything of one agency stands: counts and lists of units are both read from it. */
export interface Examination {
  /** Undefined when the register lacks what the figure is made of: the agency is in neither a nor b. */
  readonly parts: readonly Part[] | undefined;
  /** What the agency never declared though the figure needs it; a figure with it stays provisional. */
  readonly missing: readonly MissingSubject[];
}

/** How a figure of one agency is found; pure. */
export interface Formula<Id extends FormulaChoice['id'] = FormulaChoice['id']> {
  readonly id: Id;
  /** What a and b are, one sentence, for INDICATORS.md and the sheet of methods of a sealed period. */
  readonly describes: LocalText;
  /** `share`: a of b units; `quotient`: a for each of b; `capped`: a quotient that never exceeds 1 in any agency. */
  readonly arithmetic: 'share' | 'quotient' | 'capped';
  /** How a / b is read: a share of the whole, a plain number, or kbit/s. */
  readonly valueForm: 'share' | 'number' | 'kbps';
  /** What {@link Coverage} counts. */
  readonly coverageOf: 'machines' | 'agencies';
  /** Where the units of an agency stand; undefined for an agency of which it is not asked. */
  examine(input: FormulaInput, choice: Extract<FormulaChoice, { id: Id }>): Examination | undefined;
}

/** A pair of counts; their ratio is derived where it is shown and never stored. */
export interface Figure {
  readonly a: number;
  readonly b: number;
  readonly unknownCount: number;
}

/** Adds parts up to a figure. */
export function figureOf(parts: readonly Part[], arithmetic: Formula['arithmetic']): Figure {
  const counts = { counted: 0, not_counted: 0, unknown: 0, base: 0 };
  for (const { standing, count } of parts) counts[standing] += count;
  const { counted, not_counted: notCounted, unknown, base } = counts;
  if (arithmetic === 'share') return { a: counted, b: counted + notCounted + unknown, unknownCount: unknown };
  return { a: arithmetic === 'capped' ? Math.min(counted, base) : counted, b: base, unknownCount: unknown };
}
