/** What a rule does with a packet it speaks of. */
export type RuleEffect =
  | { readonly kind: 'accept' | 'deny' | 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** One rule of a packet filter, as far as the default for inbound packets needs it. */
export interface FilterRule {
  /** It speaks of some packets only: of a port, a sender, a state, a rate. */
  readonly isConditional: boolean;
  readonly effect: RuleEffect;
}

/** One chain of a packet filter, whichever program wrote it. */
export interface FilterChain {
  readonly family: 'ip' | 'ip6' | 'inet';
  readonly table: string;
  readonly name: string;
  /** What happens at the end of the chain; present when the kernel hands it every packet for this machine. */
  readonly inputPolicy?: 'accept' | 'deny';
  readonly rules: readonly FilterRule[];
}

/** Most jumps that are followed; the kernel allows 16 (NFT_JUMP_STACK_SIZE). */
const MAX_DEPTH = 16;

/**
 * Tells what becomes of a packet that comes in and that no rule speaks of: every conditional rule is passed over, the
 * others are followed through jumps to the first verdict, or to the policy.
 */
export function inboundDefaultOf(chain: FilterChain, all: readonly FilterChain[]): 'accept' | 'deny' {
  const siblings = new Map(
    all
      .filter(({ family, table }) => family === chain.family && table === chain.table)
      .map((each) => [each.name, each]),
  );
  return follow(chain, siblings, 0) ?? chain.inputPolicy ?? 'accept';
}

function follow(
  chain: FilterChain,
  siblings: ReadonlyMap<string, FilterChain>,
  depth: number,
): 'accept' | 'deny' | undefined {
  for (const { isConditional, effect } of chain.rules) {
    if (isConditional || effect.kind === 'continue') continue;
    if (effect.kind === 'accept' || effect.kind === 'deny') return effect.kind;
    if (!('chain' in effect)) return undefined;
    const target = siblings.get(effect.chain);
    const verdict = target === undefined || depth >= MAX_DEPTH ? undefined : follow(target, siblings, depth + 1);
    if (verdict !== undefined || effect.kind === 'goto') return verdict;
  }
  return undefined;
}
