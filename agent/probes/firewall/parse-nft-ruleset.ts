import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import type { FilterChain, FilterRule, RuleEffect } from './filter-chain.ts';

const FAMILIES = ['ip', 'ip6', 'inet'] as const;
const family = z.enum(FAMILIES);
const statement = z.record(z.string(), z.unknown());

const chainObject = z.object({
  family,
  table: z.string(),
  name: z.string(),
  hook: z.string().optional(),
  type: z.string().optional(),
  policy: z.string().optional(),
});
const ruleObject = z.object({ family, table: z.string(), chain: z.string(), expr: z.array(statement) });
const ruleset = z.object({ nftables: z.array(z.record(z.string(), z.unknown())) });
const target = z.object({ target: z.string() });
const extension = z.object({ type: z.string(), name: z.string() });
const byDestination = z.object({ left: z.object({ fib: z.object({ result: z.literal('type') }) }) });

/** Statements that neither select packets nor decide on them (libnftables-json(5)). */
const SILENT = new Set(['counter', 'log', 'notrack', 'mangle', 'ct helper', 'meter']);

/**
 * Reads what `nft --json list ruleset` prints (libnftables-json(5)) and keeps the chains of IPv4 and IPv6 filters, in
 * the order of the text.
 *
 * Rules of iptables-nft that nft cannot translate come as `xt`, with a name and no details: a match makes the rule
 * conditional, the target REJECT refuses, other targets go on.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE when it is not that
 */
export function parseNftRuleset(text: string): FilterChain[] {
  const parsed = ruleset.safeParse(parseJson(text));
  if (!parsed.success)
    throw new TramdoError('OUTPUT_UNREADABLE', 'Cannot understand the ruleset', { cause: parsed.error });
  const objects = parsed.data.nftables;
  const rulesByChain = Map.groupBy(
    objects.flatMap((object) => keepParsed(ruleObject.safeParse(object['rule']))),
    (rule) => chainKey(rule.family, rule.table, rule.chain),
  );
  return objects
    .flatMap((object) => keepParsed(chainObject.safeParse(object['chain'])))
    .map((chain) => ({
      family: chain.family,
      table: chain.table,
      name: chain.name,
      ...(chain.hook === 'input' && chain.type === 'filter'
        ? { inputPolicy: chain.policy === 'drop' ? ('deny' as const) : ('accept' as const) }
        : {}),
      rules: (rulesByChain.get(chainKey(chain.family, chain.table, chain.name)) ?? []).map(({ expr }) =>
        readRule(expr),
      ),
    }));
}

function chainKey(...parts: readonly string[]): string {
  return parts.join('\n');
}

/** Objects of other families and kinds, and those of newer versions of nft, are passed over. */
function keepParsed<Value>(result: z.ZodSafeParseResult<Value>): Value[] {
  return result.success ? [result.data] : [];
}

function readRule(statements: readonly Readonly<Record<string, unknown>>[]): FilterRule {
  const effects = statements.map(effectOf);
  const effect = effects.find((found) => found !== undefined && found.kind !== 'continue') ?? CONTINUE;
  const selecting = statements.filter((each, index) => effects[index] === undefined && !isSilent(each));
  const isForThisMachine = effect.kind === 'return' && selecting.length > 0 && selecting.every(asksForDestination);
  return { isConditional: selecting.length > 0 && !isForThisMachine, effect };
}

const CONTINUE: RuleEffect = { kind: 'continue' };

/** What a statement does; undefined when it decides nothing. */
function effectOf(each: Readonly<Record<string, unknown>>): RuleEffect | undefined {
  if ('accept' in each) return { kind: 'accept' };
  if ('drop' in each || 'reject' in each) return { kind: 'deny' };
  if ('return' in each) return { kind: 'return' };
  for (const kind of ['jump', 'goto'] as const) {
    const parsed = target.safeParse(each[kind]);
    if (parsed.success) return { kind, chain: parsed.data.target };
  }
  const xt = extension.safeParse(each['xt']);
  if (xt.success && xt.data.type === 'target') return xt.data.name === 'REJECT' ? { kind: 'deny' } : CONTINUE;
  return undefined;
}

function isSilent(each: Readonly<Record<string, unknown>>): boolean {
  const xt = extension.safeParse(each['xt']);
  return (xt.success && xt.data.name === 'comment') || Object.keys(each).every((key) => SILENT.has(key));
}

/**
 * Tells whether a statement asks for the kind of the destination address. A packet for this machine passes the rule
 * `RETURN` for local destinations before the drop of everything else (ufw-not-local), so such a rule counts as taken.
 */
function asksForDestination(each: Readonly<Record<string, unknown>>): boolean {
  const xt = extension.safeParse(each['xt']);
  return (xt.success && xt.data.name === 'addrtype') || byDestination.safeParse(each['match']).success;
}
