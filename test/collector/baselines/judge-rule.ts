import type { z } from 'zod';
import type { Reason } from '#collector/baselines/reasons.ts';
import { reasonText } from '#collector/baselines/reasons.ts';
import type { JudgedMachine, Rule, RuleFacts } from '#collector/baselines/rule.ts';
import type { Catalogues } from '#collector/catalogues/catalogues.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import type { ProbeId } from '#shared/observations/index.ts';

/** The instant rule tests judge for: Sunday, 22 November 2026, 19:00 in Viet Nam. */
export const AT = '2026-11-22T12:00:00Z';

/** {@link AT} in epoch milliseconds. */
export const AT_MS = Date.parse(AT);

/** The shipped catalogues. */
export const CATALOGUES: Catalogues = loadCatalogues();

/** A laptop that reported a minute before {@link AT}. */
export const LAPTOP: JudgedMachine = { kind: 'laptop', lastSeenAtMs: AT_MS - 60_000, clockOffsetMs: 400 };

/** What a rule said, with its reason in English and the end of the verdict as text. */
export interface Said {
  readonly verdict: string;
  readonly code: string;
  readonly text: string;
  /** RFC 3339; absent when only a new observation can change the verdict. */
  readonly until?: string;
}

/** What tests may change of the facts. */
export interface FactOptions {
  readonly machine?: Partial<JudgedMachine>;
  readonly catalogues?: Catalogues;
  readonly at?: string;
}

/** Asks one rule with its default parameters. */
export function judgeRule<Id extends ProbeId, Parameters extends z.ZodType>(
  rule: Rule<Id, Parameters>,
  seen: RuleFacts<Id>['seen'],
  { machine = {}, catalogues = CATALOGUES, at = AT }: FactOptions = {},
): Said {
  const facts = { seen, machine: { ...LAPTOP, ...machine }, catalogues, atMs: Date.parse(at) };
  const { verdict, reason, holdsUntilMs } = rule.judge(facts, rule.parameters.parse({}));
  return said(verdict, reason, holdsUntilMs);
}

/** Puts a verdict into words that a table of a test can hold. */
export function said(verdict: string, reason: Reason, holdsUntilMs?: number): Said {
  const until = holdsUntilMs === undefined ? {} : { until: new Date(holdsUntilMs).toISOString() };
  return { verdict, code: reason.code, text: reasonText(reason, 'en'), ...until };
}
