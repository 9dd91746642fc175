import fc from 'fast-check';
import type { IndicatorFacts } from '#collector/indicators/indicator-snapshot.ts';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import { MACHINE_STATES, type MachineGroup, NETWORK_RESULTS } from '#collector/metrics/metric-family.ts';
import { AGENCY_LEVELS, DECLARED_SUBJECTS } from '#collector/register/agency.ts';
import type { DeclaredItem } from '#collector/register/declared-item.ts';
import type { RegisteredAgency } from '#collector/register/register-state.ts';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { VERDICTS } from '#shared/verdict.ts';
import { deployment, line, solution, system } from './declared-things.ts';

const CODES = ['H47', 'H47.01', 'H47.01.1', 'H47.02', 'H47.101', 'H47.102', 'H47.103'] as const;
const RULES = ['antivirus-active', 'antivirus-signatures', 'firewall-on', 'os-supported', 'updates-recent'];
const PRODUCTS = ['kaspersky', 'clamav', 'other'] as const;

const numbers: fc.Arbitrary<RegisteredAgency['numbers']> = fc
  .dictionary(fc.constantFrom(...DECLARED_SUBJECTS), fc.nat(40))
  .map((values) =>
    Object.fromEntries(
      Object.entries(values).map(([subject, value]) => [subject, { value, asOf: '2026-01-01', source: 'QĐ 1' }]),
    ),
  );

const items: fc.Arbitrary<readonly DeclaredItem[]> = fc.subarray([
  line('1', 'internet', 50_000),
  line('2', 'wan', 8_000),
  system('s', 2, true),
  system('t', undefined, false),
  solution('n', 'nas'),
  deployment('H47', 'kaspersky'),
]);

/** Any tree over the codes: the parent of an agency is one of those before it, or none. */
const agencies: fc.Arbitrary<readonly RegisteredAgency[]> = fc
  .tuple(
    ...CODES.map((code, index) =>
      fc.record({
        code: fc.constant(code),
        nameVi: fc.constant(code),
        level: fc.constantFrom(...AGENCY_LEVELS),
        parentCode: index === 0 ? fc.constant(undefined) : fc.option(fc.nat(index - 1), { nil: undefined }),
        numbers,
        items,
        isThere: fc.boolean(),
      }),
    ),
  )
  .map((all) =>
    all
      .filter(({ isThere }) => isThere)
      .map(({ isThere: _, parentCode, ...agency }) => {
        const parent = parentCode === undefined ? undefined : CODES[parentCode];
        return parent === undefined ? agency : { ...agency, parentCode: parent };
      }),
  );

const verdictMap = fc
  .tuple(...RULES.map(() => fc.option(fc.constantFrom(...VERDICTS), { nil: undefined })))
  .map((all) =>
    Object.fromEntries(
      all.flatMap((verdict, index) => (verdict === undefined ? [] : [[RULES[index] ?? '', verdict] as const])),
    ),
  );

/** Any machines, also of agencies that are not in the register. */
export const anyGroup: fc.Arbitrary<MachineGroup> = fc.record({
  agencyCode: fc.constantFrom(...CODES),
  kind: fc.constantFrom(...MACHINE_KINDS, undefined),
  state: fc.constantFrom(...MACHINE_STATES),
  verdicts: verdictMap,
  antivirus: fc.subarray([...PRODUCTS]).map((ids) => ids.map((product) => ({ product, state: 'active' as const }))),
  isOnInternet: fc.constantFrom(true, false, undefined),
  machineCount: fc.integer({ min: 1, max: 9 }),
});

const networks = fc
  .uniqueArray(
    fc.tuple(fc.constantFrom(...CODES), fc.constantFrom('wan' as const, 'tslcd' as const, 'internet' as const)),
    {
      selector: ([code, kind]) => `${code} ${kind}`,
    },
  )
  .chain((places) =>
    fc.tuple(
      ...places.map(([agencyCode, kind]) =>
        fc.constantFrom(...NETWORK_RESULTS).map((windowResult) => ({
          agencyCode,
          level: 'commune',
          network: kind,
          kind,
          result: windowResult,
          windowResult,
          slotsOn: 1,
          slotsReached: 0,
        })),
      ),
    ),
  );

const places = fc
  .subarray([...CODES])
  .chain((codes) =>
    fc.tuple(
      ...codes.map((agencyCode) =>
        fc.nat({ max: 3 }).map((mostMachinesAtPlace) => ({ agencyCode, mostMachinesAtPlace })),
      ),
    ),
  );

/** Any province under the first catalogue: any tree, any declarations, any machines. */
export const anyProvince: fc.Arbitrary<IndicatorFacts> = fc
  .record({ agencies, groups: fc.array(anyGroup, { maxLength: 12 }), networks, places })
  .map(({ agencies: all, ...rest }) => ({
    ...rest,
    indexSet: DEFAULT_INDEX_SET,
    register: { day: '2026-11-22', agencies: all },
    products: [
      { id: 'clamav', flags: { paid: false } },
      { id: 'kaspersky', flags: { paid: true, central: true } },
    ],
  }));
