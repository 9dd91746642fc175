import fc from 'fast-check';
import { type Agency, type AgencyVersion, DECLARED_SUBJECTS, type DeclaredNumber } from '#collector/register/agency.ts';
import { LEVELS_ABOVE } from '#collector/register/level-rules.ts';
import type { RegisterFacts } from '#collector/register/register-state.ts';

/** Days on which things happen in random registers. */
export const DAYS = ['2025-01-01', '2025-03-15', '2025-07-01', '2025-12-31', '2026-02-28'] as const;

const day = fc.constantFrom(...DAYS);

const seed = fc.record({
  level: fc.constantFrom('department', 'commune', 'unit'),
  parent: fc.nat(),
  movesTo: fc.option(fc.record({ parent: fc.nat(), from: day })),
  numbers: fc.uniqueArray(
    fc.record({ subject: fc.constantFrom(...DECLARED_SUBJECTS), value: fc.nat({ max: 500 }), asOf: day }),
    { selector: ({ subject, asOf }) => `${subject} ${asOf}`, maxLength: 6 },
  ),
});

/** Registers of a province whose trees are sound on every day, with agencies that move and numbers that change. */
export const randomRegister: fc.Arbitrary<RegisterFacts> = fc
  .array(seed, { minLength: 2, maxLength: 12 })
  .map((seeds) => {
    const agencies: Agency[] = [{ code: 'H47', nameVi: 'Tỉnh', level: 'province' }];
    const versions: AgencyVersion[] = [];
    const numbers: DeclaredNumber[] = [];
    for (const [index, { level, parent, movesTo, numbers: declared }] of seeds.entries()) {
      const code = `H47.${String(index + 10)}`;
      const above = agencies
        .filter((agency) => LEVELS_ABOVE[level].includes(agency.level))
        .map((agency) => agency.code);
      const parentCode = above[parent % above.length] ?? 'H47';
      agencies.push({ code, nameVi: `Cơ quan ${index}`, level, parentCode });
      versions.push({ code, nameVi: `Cơ quan ${index}`, level, parentCode });
      if (movesTo !== null) {
        const next = above[movesTo.parent % above.length] ?? 'H47';
        versions.push({ code, nameVi: `Cơ quan ${index}`, level, parentCode: next, from: movesTo.from });
      }
      numbers.push(...declared.map((number) => ({ ...number, agencyCode: code, source: 'QĐ 1' })));
    }
    return { agencies, versions, numbers, items: [] };
  });
