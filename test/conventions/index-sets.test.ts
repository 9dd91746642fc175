import { describe, it } from 'vitest';
import { INDEX_SETS } from '#collector/indicators/sets/index.ts';
import { expectNone } from './expect-none.ts';

describe('index sets', () => {
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
