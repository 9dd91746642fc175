import type { ResultDifference } from './compare-results.ts';
import type { PeriodWarning } from './period-warnings.ts';
import type { SealDocument } from './seal-document.ts';
import type { SealRecord } from './seal-record.ts';

/** A period and a set of indicators. */
export interface PeriodAsked {
  readonly periodId: string;
  /** The default set when absent. */
  readonly setId?: string;
}

/** What is asked to be sealed. */
export interface SealOrder extends PeriodAsked {
  readonly note?: string;
  /** The newest seal of the same period and set, when it is to be corrected; then there must be a reason. */
  readonly correctsSeq?: number;
  readonly reason?: string;
  /** Hash of the draft that was reviewed: nothing else is sealed. */
  readonly contentHash?: string;
}

/** Figures of a period as they would be sealed now, with what to look at before. */
export interface PeriodDraft {
  readonly document: SealDocument;
  /** What its seal would be known by; absent where only a part may be seen. */
  readonly contentHash?: string;
  /** The agency whose part it is; absent for the whole. */
  readonly partOf?: string;
  readonly warnings: readonly PeriodWarning[];
  /** The newest seal of the same period and set, and what is not as it was there. */
  readonly sealed?: Comparison;
  /** The newest seal of an earlier period of the same length and set, and what changed since. */
  readonly previous?: Comparison;
}

/** What changed against a seal. */
export interface Comparison {
  readonly seal: SealRecord;
  readonly differences: readonly ResultDifference[];
}

/** A sealed period as somebody may see it. */
export interface SealedPeriod {
  readonly seal: SealRecord;
  readonly document: SealDocument;
  /** The bytes that were sealed; absent where only a part may be seen. */
  readonly text?: string;
  /** The agency whose part it is; absent for the whole. */
  readonly partOf?: string;
}

/** What the live store says of a sealed period. */
export interface LiveComparison extends Comparison {
  /** The live store gives the sealed document, byte by byte, but for the version of the software. */
  readonly isSame: boolean;
  /** The set of indicators is not the one that was sealed; figures are compared under the sealed one. */
  readonly isOtherSet: boolean;
  /** Parts of the document that are not as sealed (`results`, `facts.groups`), sorted; none when it is the same. */
  readonly changedParts: readonly string[];
  readonly sealedVersion: string;
  readonly softwareVersion: string;
}
