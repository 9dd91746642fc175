import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildDocument } from '#collector/periods/build-document.ts';
import { documentPart } from '#collector/periods/document-part.ts';
import { parsePeriod } from '#collector/periods/reporting-period.ts';
import { subtreeOf } from '#collector/register/register-state.ts';
import { randomFacts } from './random-facts.ts';

describe('documentPart()', () => {
  it('tells of the agencies of a subtree and of nobody else, and its figures are those of the whole', () => {
    fc.assert(
      fc.property(randomFacts, (facts) => {
        const terms = { period: parsePeriod('2026-Q3'), isPeriodOver: true, softwareVersion: '0.1.0' };
        const whole = buildDocument({ ...facts, day: facts.register.day, atMs: 5 }, terms);
        const codes = subtreeOf(facts.register, 'H47.00');
        const part = documentPart(whole, 'H47.00');
        const named = JSON.stringify(part).match(/"agencyCode":"[^"]*"/g) ?? [];
        const allowed = new Set([...codes].map((code) => `"agencyCode":"${code}"`));
        expect(named.filter((text) => !allowed.has(text))).toEqual([]);
        expect(part?.results).toEqual(whole.results.filter(({ agencyCode }) => codes.has(agencyCode)));
        expect(part?.facts.groups).toEqual(whole.facts.groups.filter(({ agencyCode }) => codes.has(agencyCode)));
        for (const [index, units] of (part?.units ?? []).entries()) {
          const ids = units.machines.flatMap(({ groups }) =>
            groups.map((place) => part?.facts.groups[place]?.machineIds[0]),
          );
          const own = new Set(part?.facts.groups.map(({ machineIds }) => machineIds[0]));
          const all = whole.units[index]?.machines.flatMap(({ groups }) =>
            groups.map((place) => whole.facts.groups[place]?.machineIds[0]),
          );
          expect(ids.toSorted()).toEqual((all ?? []).filter((id) => own.has(id)).toSorted());
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has none for an agency that was not in the register of that day', () => {
    const [facts] = fc.sample(randomFacts, { numRuns: 1, seed: 1 });
    if (facts === undefined) throw new RangeError('no sample');
    const terms = { period: parsePeriod('2026-Q3'), isPeriodOver: true, softwareVersion: '0.1.0' };
    const whole = buildDocument({ ...facts, day: facts.register.day, atMs: 5 }, terms);
    expect(documentPart(whole, 'H99')).toBeUndefined();
  });
});
