import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeIndicators } from '#collector/indicators/compute-indicators.ts';
import { figureOf } from '#collector/indicators/formula.ts';
import { formulaTraits } from '#collector/indicators/formulas/index.ts';
import { sealedUnits } from '#collector/periods/sealed-units.ts';
import { randomFacts } from './random-facts.ts';

describe('sealedUnits()', () => {
  it('names units that add up to a, b and unknown of every share of the whole register', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const results = computeIndicators(facts, ['register']);
        for (const units of sealedUnits(facts)) {
          const definition = facts.indexSet.indicators.find(({ id }) => id === units.indicatorId);
          if (definition === undefined || formulaTraits(definition.formula.id).arithmetic !== 'share') continue;
          const counts = [
            ...units.machines.flatMap(({ standing, groups }) =>
              groups.map((place) => ({
                standing,
                count: facts.groups[place]?.machineCount ?? 0,
              })),
            ),
            ...[...units.declared, ...units.items],
            ...units.agencies.map(({ standing }) => ({ standing, count: 1 })),
          ];
          const parts = counts.map(({ standing, count }) => ({
            standing,
            count,
            reason: 'seen' as const,
            unit: { kind: 'agency' as const },
          }));
          const { a, b, unknownCount } = results.find(({ indicatorId }) => indicatorId === units.indicatorId) ?? {};
          expect(figureOf(parts, 'share')).toEqual({ a, b, unknownCount });
        }
      }),
      { numRuns: 40 },
    );
  });
});
