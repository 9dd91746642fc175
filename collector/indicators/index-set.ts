import type { MachineKind } from '#shared/observations/hardware.ts';
import type { LocalText } from '../catalogues/language.ts';

/** How a figure is computed, with the parameters of its formula. */
export type FormulaChoice =
  | { readonly id: 'machines-passing'; readonly ruleIds: readonly string[] }
  | { readonly id: 'machines-failing'; readonly ruleId: string }
  | { readonly id: 'machines-per-official' }
  | { readonly id: 'officials-with-machine' };

/** One indicator of a set: data, because sets change by decree and code does not. */
export interface IndicatorDefinition {
  readonly id: string;
  readonly name: LocalText;
  readonly formula: FormulaChoice;
  /** Kinds of machine it counts. */
  readonly countedKinds: readonly MachineKind[];
  /** Documents that ask for it, as they are cited. */
  readonly legalBasis: readonly string[];
  /** First day it is in force, `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  readonly validFrom: string;
  /** Last day it is in force; absent while there is no end. */
  readonly validTo?: string;
}

/** A list of indicators that one text asks for. */
export interface IndexSet {
  readonly id: string;
  readonly name: LocalText;
  /** Sorted by id; no two with one id are valid on one day. */
  readonly indicators: readonly IndicatorDefinition[];
}
