import type { FilterChain, FilterRule, RuleEffect } from './filter-chain.ts';

const TARGETS: ReadonlyMap<string, RuleEffect> = new Map([
  ['ACCEPT', { kind: 'accept' }],
  ['DROP', { kind: 'deny' }],
  ['REJECT', { kind: 'deny' }],
  ['RETURN', { kind: 'return' }],
]);

/**
 * Reads what `iptables-save -t filter` or `ip6tables-save -t filter` prints: `:CHAIN POLICY [counters]` and
 * `-A CHAIN matches -j TARGET`. Lines that do not parse and other tables are skipped.
 */
export function parseIptablesSave(text: string, family: 'ip' | 'ip6'): FilterChain[] {
  const rules = new Map<string, FilterRule[]>();
  const policies = new Map<string, string>();
  let table = '';
  for (const line of text.split('\n')) {
    if (line.startsWith('*')) table = line.slice(1).trim();
    if (table !== 'filter') continue;
    const [, name, policy] = /^:(\S+) (\S+)/.exec(line) ?? [];
    if (name !== undefined && policy !== undefined) policies.set(name, policy);
    const [, chain, specification] = /^-A (\S+) ?(.*)$/.exec(line) ?? [];
    if (chain === undefined || specification === undefined) continue;
    rules.set(chain, [...(rules.get(chain) ?? []), readRule(specification)]);
  }
  return [...policies].map(([name, policy]) => ({
    family,
    table: 'filter',
    name,
    ...(name === 'INPUT' ? { inputPolicy: policy === 'DROP' ? ('deny' as const) : ('accept' as const) } : {}),
    rules: rules.get(name) ?? [],
  }));
}

/** Free text of an administrator, which may hold anything, even what looks like a target. */
const COMMENT = /-m comment --comment (?:"(?:[^"\\]|\\.)*"|\S+) ?/g;

function readRule(specification: string): FilterRule {
  const [, matches = '', flag, target = ''] =
    /^(.*?)(?:^| )(-j|-g) (\S+)/.exec(specification.replace(COMMENT, '')) ?? [];
  if (flag === undefined) return { isConditional: true, effect: { kind: 'continue' } };
  const effect = TARGETS.get(target) ?? { kind: flag === '-g' ? ('goto' as const) : ('jump' as const), chain: target };
  const selecting = matches.trim();
  // A packet for this machine passes this rule before ufw's drop of everything that is for nobody here.
  const isForThisMachine = effect.kind === 'return' && /^-m addrtype --dst-type LOCAL$/.test(selecting);
  return { isConditional: selecting !== '' && !isForThisMachine, effect };
}
