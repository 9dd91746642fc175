import type { IndicatorFacts } from '#collector/indicators/indicator-snapshot.ts';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import type { MachineGroup } from '#collector/metrics/metric-family.ts';
import type { Agency, DeclaredNumber, DeclaredSubject } from '#collector/register/agency.ts';
import type { DeclaredItem } from '#collector/register/declared-item.ts';
import { type RegisterFacts, registerAt } from '#collector/register/register-state.ts';
import { deployment, line } from './declared-things.ts';
import { group, network, verdicts } from './province.ts';

/** A day before two communes merged. */
export const DAY_BEFORE = '2026-01-31';

/** The last day of the quarter in which they did. */
export const DAY_AFTER = '2026-03-31';

const unprotected = verdicts({ 'antivirus-active': 'fail' });
const runs = (product: string): MachineGroup['antivirus'] => [{ product, state: 'active' }];

/** What department H47.02 and its station H47.02.1 have on both days; the province has no machine of its own. */
export const OF_DEPARTMENT: readonly MachineGroup[] = [
  group({ machineCount: 15, antivirus: runs('kaspersky') }),
  group({ machineCount: 4, kind: 'laptop', verdicts: unprotected }),
  group({ machineCount: 2, state: 'lost', antivirus: runs('kaspersky') }),
  group({ machineCount: 3, kind: 'server', antivirus: runs('kaspersky') }),
  group({ machineCount: 1, kind: undefined, antivirus: runs('kaspersky') }),
];
const OF_STATION = [group({ agencyCode: 'H47.02.1', machineCount: 3, antivirus: runs('clamav') })];

const protectedOf = (agencyCode: string, machineCount: number) =>
  group({ agencyCode, machineCount, antivirus: runs('other') });
const failingOf = (agencyCode: string, machineCount: number) =>
  group({ agencyCode, machineCount, state: 'silent', verdicts: unprotected });
/** A machine that nobody moved when its commune was closed. */
const straggler = group({ agencyCode: 'H47.101', machineCount: 1, antivirus: runs('clamav') });

const COMMUNES_BEFORE = [
  protectedOf('H47.101', 5),
  straggler,
  failingOf('H47.101', 1),
  protectedOf('H47.102', 4),
  failingOf('H47.102', 1),
];
const COMMUNE_AFTER = [protectedOf('H47.110', 9), failingOf('H47.110', 2), straggler];

const REGISTER: RegisterFacts = {
  versions: [],
  agencies: [
    { code: 'H47', nameVi: 'UBND tỉnh', level: 'province' },
    below('H47', { code: 'H47.02', nameVi: 'Sở Y tế', level: 'department' }),
    below('H47.02', { code: 'H47.02.1', nameVi: 'Trạm A', level: 'unit' }),
    merged({ code: 'H47.101', nameVi: 'Xã X', level: 'commune' }),
    merged({ code: 'H47.102', nameVi: 'Xã Y', level: 'commune' }),
    below('H47', { code: 'H47.110', nameVi: 'Xã Z', level: 'commune', validFrom: '2026-02-15' }),
    below('H47', { code: 'H47.120', nameVi: 'Xã W', level: 'commune' }),
  ],
  numbers: [
    ...declares('H47', { officials: 10, computers: 10, 'it-staff': 1, lan: 1 }),
    ...declares('H47.02', { officials: 20, computers: 22, 'it-staff': 2, lan: 1 }),
    ...declares('H47.02.1', { officials: 5 }),
    ...declares('H47.101', { officials: 10, computers: 8 }),
    ...declares('H47.102', { officials: 8, computers: 6 }),
    ...declares('H47.110', { officials: 18, computers: 14, 'it-staff': 1, lan: 0 }),
  ],
  items: [of('H47', line('1', 'internet', 100_000)), deployment('H47', 'kaspersky'), line('1', 'internet', 40_000)],
};

/** The province of the golden tables on a day, with the machines of before or after the merger. */
export function goldenFacts(day: typeof DAY_BEFORE | typeof DAY_AFTER): IndicatorFacts {
  const ofCommunes = day === DAY_BEFORE ? COMMUNES_BEFORE : COMMUNE_AFTER;
  return {
    indexSet: DEFAULT_INDEX_SET,
    register: registerAt(REGISTER, day),
    groups: [...OF_DEPARTMENT, ...OF_STATION, ...ofCommunes],
    networks: [network({ windowResult: 'verified' }), network({ agencyCode: 'H47.110', level: 'commune' })],
    products: [
      { id: 'clamav', flags: { paid: false, central: false } },
      { id: 'kaspersky', flags: { paid: true, central: true } },
    ],
  };
}

function below(parentCode: string, agency: Agency): Agency {
  return { ...agency, parentCode };
}

function merged(agency: Agency): Agency {
  return { ...agency, parentCode: 'H47', validTo: '2026-02-14', replacedBy: 'H47.110' };
}

function of(agencyCode: string, item: DeclaredItem): DeclaredItem {
  return { ...item, agencyCode };
}

function declares(
  agencyCode: string,
  values: { readonly [Subject in DeclaredSubject]?: number },
): readonly DeclaredNumber[] {
  const subjects = ['computers', 'it-staff', 'lan', 'officials'] as const;
  return subjects.flatMap((subject) => {
    const value = values[subject];
    return value === undefined ? [] : [{ agencyCode, subject, value, asOf: '2026-01-01', source: 'QĐ 1' }];
  });
}
