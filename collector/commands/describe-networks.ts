import { assertNever } from '#shared/assert-never.ts';
import type { Language } from '../catalogues/language.ts';
import type { NetworkChange, NetworkComparison, NetworkProblem } from '../networks/compare-networks.ts';
import { NETWORK_RULES, NETWORK_TEXTS } from './network-texts.ts';

/** Says in lines of text what networks that were handed in change, and what is wrong with them. */
export function describeNetworks({ changes, problems }: NetworkComparison, language: Language): readonly string[] {
  return [
    ...problems.map((problem) => describeProblem(problem, language)),
    ...changes.map((change) => describeChange(change, language)),
  ];
}

function describeChange({ kind, definition, keys }: NetworkChange, language: Language): string {
  const { id, kind: ofNetwork, targets } = definition;
  switch (kind) {
    case 'add':
      return NETWORK_TEXTS.added[language](id, ofNetwork, targets.join(' '));
    case 'same':
      return NETWORK_TEXTS.same[language](id);
    case 'replace':
      return NETWORK_TEXTS.replaced[language](
        id,
        keys.map(({ key, before, after }) => `${key}: ${before} -> ${after}`).join('; '),
      );
    default:
      return assertNever(kind);
  }
}

function describeProblem({ network, key, value, why, problem }: NetworkProblem, language: Language): string {
  const name = `"${network}"`;
  switch (why) {
    case 'key':
      return NETWORK_TEXTS.key[language](name, key);
    case 'settings':
      return NETWORK_TEXTS.settings[language](name);
    case 'together':
      return NETWORK_TEXTS.together[language](problem);
    case 'value':
      return NETWORK_TEXTS.field[language](
        name,
        key === '' ? '-' : key,
        value ?? NETWORK_TEXTS.missing[language],
        ruleOf(key, language),
      );
    default:
      return assertNever(why);
  }
}

function ruleOf(key: string, language: Language): string {
  const [top] = key.split('.');
  const found = Object.entries(NETWORK_RULES).find(([name]) => name === top);
  return found === undefined ? Object.keys(NETWORK_RULES).join(', ') : found[1][language];
}
