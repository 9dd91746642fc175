import { COMPUTER_KINDS } from '#collector/indicators/counted-machines.ts';
import type { FormulaInput } from '#collector/indicators/formula.ts';
import type { IndicatorFacts } from '#collector/indicators/indicator-snapshot.ts';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import type { MachineGroup, NetworkFigures } from '#collector/metrics/metric-family.ts';
import type { DeclaredSubject } from '#collector/register/agency.ts';
import type { RegisteredAgency } from '#collector/register/register-state.ts';

const good = {
  'antivirus-active': 'pass',
  'antivirus-signatures': 'pass',
  'firewall-on': 'pass',
  'os-supported': 'pass',
  'updates-recent': 'pass',
} as const;

/** A group of desktops of department H47.02 that report and pass everything; change what the situation needs. */
export function group(changes: Partial<MachineGroup> = {}): MachineGroup {
  const alike = {
    kind: 'desktop',
    state: 'reporting',
    verdicts: good,
    antivirus: [],
    isOnInternet: undefined,
  } as const;
  return { agencyCode: 'H47.02', ...alike, machineCount: 1, ...changes };
}

/** The verdicts of {@link group} with changes. */
export function verdicts(changes: MachineGroup['verdicts'] = {}): MachineGroup['verdicts'] {
  return { ...good, ...changes };
}

/** Declared numbers of one day and source. */
export function numbers(values: { readonly [Subject in DeclaredSubject]?: number }): RegisteredAgency['numbers'] {
  return Object.fromEntries(
    Object.entries(values).map(([subject, value]) => [subject, { value, asOf: '2026-01-01', source: 'QĐ 1' }]),
  );
}

/** Department H47.02 with 20 officials and 12 declared computers; change what the situation needs. */
export function department(changes: Partial<RegisteredAgency> = {}): RegisteredAgency {
  const declared = numbers({ officials: 20, computers: 12 });
  return { code: 'H47.02', nameVi: 'Sở Y tế', level: 'department', numbers: declared, items: [], ...changes };
}

/** What a network of department H47.02 shows that was reached; change what the situation needs. */
export function network(changes: Partial<NetworkFigures> = {}): NetworkFigures {
  const place = { agencyCode: 'H47.02', level: 'department', network: 'tslcd', kind: 'tslcd' } as const;
  return { ...place, result: 'reached', windowResult: 'reached', slotsOn: 2, slotsReached: 1, ...changes };
}

/** The department with 12 declared computers as formulas are handed it; change what the situation needs. */
export function formulaInput(changes: Partial<FormulaInput> = {}): FormulaInput {
  const nothing = {
    groups: [],
    networks: [],
    mostMachinesAtPlace: 0,
    products: new Map(),
    sharedProducts: new Set<string>(),
  };
  return { agency: department(), ...nothing, countedKinds: COMPUTER_KINDS, ...changes };
}

/** Facts of 22 November 2026 under the first catalogue: the department alone; change what the situation needs. */
export function facts(changes: Partial<IndicatorFacts> = {}): IndicatorFacts {
  const register = { day: '2026-11-22', agencies: [department()] };
  return { indexSet: DEFAULT_INDEX_SET, register, groups: [], networks: [], products: [], ...changes };
}
