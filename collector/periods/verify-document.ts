import { computeIndicators } from '../indicators/compute-indicators.ts';
import { canonicalJson } from './canonical-json.ts';
import { compareResults, describePlace } from './compare-results.ts';
import { describeChange } from './describe-change.ts';
import type { SealDocument } from './seal-document.ts';
import { sealedUnits } from './sealed-units.ts';

/**
 * Recomputes every figure and every list of units of a document from its own register, groups and set.
 *
 * @returns the first thing that does not come out as it stands there; undefined when everything does
 */
export function firstMiscount({ facts, results, units }: SealDocument): string | undefined {
  const recomputedResults = computeIndicators(facts);
  const [difference] = compareResults(results, recomputedResults);
  if (difference !== undefined) {
    const { before, after } = difference;
    if (before?.a === after?.a && before?.b === after?.b) {
      return `${describePlace(difference)} does not come out as sealed: ${describeChange(difference, 'en')}`;
    }
    return `${describePlace(difference)} is sealed as ${pairOf(before)} and comes out as ${pairOf(after)}`;
  }
  if (canonicalJson(results) !== canonicalJson(recomputedResults)) return 'the order of the figures is not as sealed';
  const recomputed = new Map(sealedUnits(facts).map((one) => [one.indicatorId, canonicalJson(one)]));
  const wrong = units.find((one) => recomputed.get(one.indicatorId) !== canonicalJson(one));
  if (wrong !== undefined) return `the units of ${wrong.indicatorId} do not come out as sealed`;
  return units.length === recomputed.size ? undefined : 'an indicator has no list of units';
}

function pairOf(counts: { readonly a: number; readonly b: number } | undefined): string {
  return counts === undefined ? 'nothing' : `${counts.a}/${counts.b}`;
}
