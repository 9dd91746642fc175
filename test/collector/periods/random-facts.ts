import fc from 'fast-check';
import type { IndicatorFacts } from '#collector/indicators/indicator-snapshot.ts';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import {
  MACHINE_STATES,
  type MachineGroup,
  NETWORK_RESULTS,
  type NetworkFigures,
} from '#collector/metrics/metric-family.ts';
import { AGENCY_LEVELS, DECLARED_SUBJECTS } from '#collector/register/agency.ts';
import { type DeclaredItem, SOLUTION_TYPES } from '#collector/register/declared-item.ts';
import type { RegisteredAgency } from '#collector/register/register-state.ts';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { VERDICTS } from '#shared/verdict.ts';

const RULES = ['antivirus-active', 'antivirus-signatures', 'firewall-on', 'os-supported', 'updates-recent'];

const declared = fc.record({
  value: fc.nat({ max: 40 }),
  asOf: fc.constantFrom('2026-01-01', '2026-06-30'),
  source: fc.constantFrom('QĐ 1/QĐ-UBND', '=1+1', 'Công văn "số 2"; ký ngày 1/7'),
});

const numbers = fc
  .tuple(...DECLARED_SUBJECTS.map(() => fc.option(declared, { nil: undefined })))
  .map((values) =>
    Object.fromEntries(
      DECLARED_SUBJECTS.flatMap((subject, index) => (values[index] === undefined ? [] : [[subject, values[index]]])),
    ),
  );

const solution = fc.constantFrom(...SOLUTION_TYPES).map((solutionType) => ({
  kind: 'solution' as const,
  itemId: solutionType,
  solutionType,
}));
const line = fc.nat({ max: 3 }).map((index) => ({
  kind: 'line' as const,
  itemId: `line-${index}`,
  lineKind: 'internet' as const,
  capacityKbps: 1_000 * (index + 1),
}));

/** A province of at most six agencies, some of them undeclared, and machines in every state, also of no agency. */
export const randomFacts: fc.Arbitrary<IndicatorFacts> = fc.nat({ max: 5 }).chain((last) => {
  const codes = Array.from({ length: last + 1 }, (_, index) => `H47.${String(index).padStart(2, '0')}`);
  return fc.record({
    indexSet: fc.constant(DEFAULT_INDEX_SET),
    register: fc.tuple(...codes.map(agencyOf)).map((agencies) => ({ day: '2026-09-30', agencies })),
    groups: fc.array(machineGroup([...codes, 'H47.99']), { maxLength: 25 }).map(withIds),
    networks: fc.subarray(codes).chain((some) => fc.tuple(...some.map(networkOf))),
    places: fc.subarray(codes).chain((some) =>
      fc.tuple(
        ...some.map((agencyCode) =>
          fc.record(
            {
              agencyCode: fc.constant(agencyCode),
              mostMachinesAtPlace: fc.nat({ max: 3 }),
              place: fc.constant('192.0.2.0/24 192.0.2.1'),
            },
            { requiredKeys: ['agencyCode', 'mostMachinesAtPlace'] },
          ),
        ),
      ),
    ),
    products: fc.constant([{ id: 'clamav', flags: { paid: false } }]),
  });
});

function agencyOf(code: string, index: number): fc.Arbitrary<RegisteredAgency> {
  return fc.record({
    code: fc.constant(code),
    nameVi: fc.constantFrom('Sở Y tế', 'Xã Tân Lập', '@SUM(A1)'),
    level: fc.constantFrom(...AGENCY_LEVELS),
    ...(index === 0
      ? {}
      : { parentCode: fc.nat({ max: index - 1 }).map((above) => `H47.${String(above).padStart(2, '0')}`) }),
    numbers,
    items: fc
      .uniqueArray(fc.oneof(solution, line), { selector: ({ itemId }) => itemId, maxLength: 4 })
      .map((items) =>
        items.map(
          (item): DeclaredItem => ({ agencyCode: code, asOf: '2026-01-01', source: 'QĐ 1', hasEnded: false, ...item }),
        ),
      ),
  });
}

function machineGroup(codes: readonly string[]): fc.Arbitrary<MachineGroup> {
  return fc.record({
    agencyCode: fc.constantFrom(...codes),
    kind: fc.constantFrom(...MACHINE_KINDS, undefined),
    state: fc.constantFrom(...MACHINE_STATES),
    verdicts: fc
      .tuple(...RULES.map(() => fc.constantFrom(...VERDICTS)))
      .map((verdicts) => Object.fromEntries(RULES.map((rule, index) => [rule, verdicts[index] ?? 'unknown']))),
    antivirus: fc.constantFrom([], [{ product: 'clamav', state: 'active' as const }]),
    isOnInternet: fc.constantFrom(true, false, undefined),
    machineCount: fc.integer({ min: 1, max: 4 }),
  });
}

function withIds(groups: readonly MachineGroup[]): readonly MachineGroup[] {
  return groups.map((group, index) => ({
    ...group,
    machineIds: Array.from(
      { length: group.machineCount },
      (_, of) => `machine-${String(index).padStart(3, '0')}-${of}`,
    ),
  }));
}

function networkOf(agencyCode: string): fc.Arbitrary<NetworkFigures> {
  return fc.record({
    agencyCode: fc.constant(agencyCode),
    level: fc.constant('unit'),
    network: fc.constant('tslcd'),
    kind: fc.constant('tslcd' as const),
    result: fc.constantFrom(...NETWORK_RESULTS),
    windowResult: fc.constantFrom(...NETWORK_RESULTS),
    slotsOn: fc.nat({ max: 2_016 }),
    slotsReached: fc.nat({ max: 2_016 }),
  });
}
