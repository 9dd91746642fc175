import { describe, it } from 'vitest';
import { ruleById } from '#collector/baselines/rules/index.ts';
import { indexSet } from '#collector/indicators/index-set.ts';
import { ruleIdsOf } from '#collector/indicators/load-index-sets.ts';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { expectNone } from './expect-none.ts';

describe('index sets', () => {
  it('fit the schema that files of customers must fit', () => {
    const breaches = INDEX_SETS.flatMap((set) =>
      (indexSet.safeParse(set).error?.issues ?? []).map(
        ({ path, message }) => `${set.id}: ${path.join('.')} ${message}`,
      ),
    );
    expectNone(breaches, {
      reason: 'a seal keeps the set it was computed by and must be able to read it again',
      fix: 'correct the row, or widen the schema in index-set.ts',
    });
  });

  it('name only rules that exist', () => {
    const breaches = INDEX_SETS.flatMap(({ id: setId, indicators }) =>
      indicators.flatMap(({ id, formula }) =>
        ruleIdsOf(formula)
          .filter((ruleId) => ruleById(ruleId) === undefined)
          .map((ruleId) => `${setId}: ${id} asks for ${ruleId}`),
      ),
    );
    expectNone(breaches, { reason: 'a rule nobody judges is unknown for every machine', fix: 'correct the id' });
  });

  it('have no two indicators with one id on one day', () => {
    const breaches = INDEX_SETS.flatMap(({ id: setId, indicators }) =>
      indicators.flatMap((first, index) =>
        indicators
          .slice(index + 1)
          .filter(({ id }) => id === first.id)
          .filter(({ validFrom, validTo = '9999-12-31' }) => {
            return validFrom <= (first.validTo ?? '9999-12-31') && first.validFrom <= validTo;
          })
          .map(({ id, validFrom }) => `${setId}: ${id} is there twice on ${validFrom}`),
      ),
    );
    expectNone(breaches, {
      reason: 'a figure of one day would have two meanings',
      fix: 'end the old row with validTo on the day before validFrom of the new one',
    });
  });

  it('name their legal basis and both languages', () => {
    const breaches = INDEX_SETS.flatMap(({ id: setId, indicators }) =>
      indicators
        .filter(({ legalBasis, name }) => legalBasis.length === 0 || name.vi === '' || name.en === '')
        .map(({ id }) => `${setId}: ${id}`),
    );
    expectNone(breaches, {
      reason: 'a figure nobody asks for is not reported',
      fix: 'cite the document that asks for it',
    });
  });
});
