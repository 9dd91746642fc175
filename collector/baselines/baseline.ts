import { contentHash } from '#shared/content-hash.ts';
import type { ProbeId } from '#shared/observations/index.ts';
import type { Catalogues } from '../catalogues/catalogues.ts';
import type { LocalText } from '../catalogues/language.ts';

/** How much a failed rule matters, most first. */
export const SEVERITIES = ['high', 'medium', 'low'] as const;

/** One of {@link SEVERITIES}. */
export type Severity = (typeof SEVERITIES)[number];

/** The text that asks for a rule. */
export interface SourceClause {
  readonly document: string;
  /** Clause of the document; absent when the document is known to ask for it but the clause was not looked up. */
  readonly clause?: string;
  /** Someone has read the document and found the requirement there; `false` is a claim to verify, not a citation. */
  readonly isVerified: boolean;
}

/** One rule of a baseline with its thresholds. */
export interface BaselineRule {
  readonly ruleId: string;
  /** Parsed by the rule's own schema. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly severity: Severity;
  readonly source: SourceClause;
}

/** A named list of rules with parameters: data only. */
export interface Baseline {
  readonly id: string;
  readonly name: LocalText;
  /** Age from which an observation says nothing any more, in milliseconds; a probe may have its own. */
  readonly staleAfterMs: { readonly default: number } & { readonly [Id in ProbeId]?: number };
  readonly rules: readonly BaselineRule[];
}

/** Raised by one whenever a rule's code gives another verdict for the same facts, so that stored verdicts are redone. */
const JUDGING_REVISION = 1;

/** Hash over everything a verdict depends on beside observations and time; stored as `judged_with`. */
export function baselineVersion(baseline: Baseline, catalogues: Catalogues): string {
  return contentHash({ revision: JUDGING_REVISION, baseline, catalogues: catalogues.version });
}
