import type { DeclaredMachine } from '#collector/machines/declared-machine.ts';
import type { AgencyScope } from '#collector/people/principal.ts';
import type { ImportProblem } from '#collector/register/import/import-problem.ts';
import { KnownRegister } from '#collector/register/import/known-register.ts';
import { type FilePlan, type ImportFile, planFile } from '#collector/register/import/plan-file.ts';
import type { RegisterFacts } from '#collector/register/register-state.ts';

/** A register of a province with one department. */
export const FACTS: RegisterFacts = {
  agencies: [
    { code: 'Y99', nameVi: 'Tỉnh Mẫu', level: 'province' },
    { code: 'Y99.12', nameVi: 'Sở Tài chính', level: 'department', parentCode: 'Y99' },
  ],
  versions: [
    { code: 'Y99', nameVi: 'Tỉnh Mẫu', level: 'province' },
    { code: 'Y99.12', nameVi: 'Sở Tài chính', level: 'department', parentCode: 'Y99' },
  ],
  numbers: [{ agencyCode: 'Y99.12', subject: 'officials', value: 50, asOf: '2026-01-01', source: 'BC 1' }],
  items: [],
};

const WHOLE: AgencyScope = { codes: undefined, covers: () => true };

/** What a test says differs from a file of the whole register, imported on 2 March 2026. */
export interface Terms extends Partial<Omit<ImportFile, 'bytes'>> {
  readonly facts?: RegisterFacts;
  readonly machines?: readonly DeclaredMachine[];
  readonly scope?: AgencyScope;
}

/** What a file does to the register of {@link FACTS}. */
export function planned(content: string | Buffer, terms: Terms = {}): Promise<FilePlan> {
  const { facts = FACTS, machines = [], scope = WHOLE, ...file } = terms;
  return planFile(
    { name: 'tep.csv', bytes: typeof content === 'string' ? Buffer.from(content) : content, ...file },
    { known: new KnownRegister(facts, machines), scope, productIds: ['defender', 'kaspersky'], today: '2026-03-02' },
  );
}

/** Problems of a plan as `A3 code`, those of the whole file without a place. */
export function places({ tables, problems }: FilePlan): readonly string[] {
  return [...problems, ...tables.flatMap((table) => table.problems)].map(placeOf);
}

/** Warnings of a plan, likewise. */
export function warnings({ tables }: FilePlan): readonly string[] {
  return tables.flatMap((table) => table.warnings).map(placeOf);
}

function placeOf({ line, columnLetter = '', code }: ImportProblem): string {
  return line === 0 ? code : `${columnLetter}${line} ${code}`;
}
