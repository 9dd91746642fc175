import type { Agency, AgencyLevel, AgencyVersion } from '../agency.ts';
import type { RegisteredAgency } from '../register-state.ts';
import type { AgencyKey } from './agency-columns.ts';
import { LEVEL_CHOICES } from './choices.ts';
import type { ImportChange } from './import-change.ts';
import { checkNumbers, planNumbers, type RowNumbers, readNumbers } from './plan-numbers.ts';
import type { RowReader } from './row-reader.ts';
import { type PlanContext, type RowOrigin, type RowPlan, readOrigin } from './table-plan.ts';

/** Most characters of a name. */
const MAX_NAME_LENGTH = 200;

interface AgencyRow {
  readonly line: number;
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string | undefined;
  readonly level: AgencyLevel;
  readonly parentCode: string | undefined;
  readonly validFrom: string | undefined;
  readonly validTo: string | undefined;
  readonly replacedBy: string | undefined;
  readonly numbers: RowNumbers;
  readonly origin: RowOrigin;
}

/**
 * What the rows of a table of agencies do. A cell that is empty leaves what is known; another name, level or parent is a
 * new version from the day of the row on.
 */
export function agencyPlanner(context: PlanContext): (reader: RowReader<AgencyKey>) => RowPlan | undefined {
  return (reader) => {
    const code = reader.code('agencyCode');
    const row = readAgencyRow(reader, code, context);
    const other = code === undefined ? undefined : context.agencyRows.note(code, reader.line);
    if (other !== undefined) reader.refuse('agencyCode', 'duplicate-row', { other });
    if (row === undefined || other !== undefined) return undefined;
    const known = context.known.agency(row.code);
    const day = dayOf(row, known);
    const state = context.known.stateOf(row.code, day);
    checkNumbers(reader, row.numbers, state);
    const numbers = planNumbers(row.code, row.line, row.numbers, { ...row.origin, asOf: day }, context);
    if (known === undefined || state === undefined) {
      const agency = { kind: 'agency', line: row.line, after: newAgency(row) } as const;
      return { isNew: true, isSound: reader.isSound, changes: [agency, ...numbers] };
    }
    const form = planForm(row, day, state, context);
    return { isNew: false, isSound: reader.isSound, changes: [...form, ...planValidity(row, known), ...numbers] };
  };
}

function readAgencyRow(
  reader: RowReader<AgencyKey>,
  code: string | undefined,
  context: PlanContext,
): AgencyRow | undefined {
  const nameVi = reader.text('nameVi', MAX_NAME_LENGTH);
  const level = reader.choice('level', LEVEL_CHOICES);
  const rest = {
    line: reader.line,
    nameEn: reader.text('nameEn', MAX_NAME_LENGTH),
    parentCode: reader.code('parentCode'),
    validFrom: reader.date('validFrom'),
    validTo: reader.date('validTo'),
    replacedBy: reader.code('replacedBy'),
    numbers: readNumbers(reader),
    origin: readOrigin(reader, context),
  };
  if (code === undefined || nameVi === undefined || level === undefined) return undefined;
  return { code, nameVi, level, ...rest };
}

/** The day a row speaks of: the one it gives, or today; but never one on which the agency did not exist. */
function dayOf(row: AgencyRow, known: Agency | undefined): string {
  const { asOf, isAsOfGiven } = row.origin;
  if (isAsOfGiven) return asOf;
  const first = row.validFrom ?? known?.validFrom ?? asOf;
  const last = row.validTo ?? known?.validTo ?? asOf;
  const isBefore = asOf < first;
  const isAfter = asOf > last;
  return isBefore ? first : isAfter ? last : asOf;
}

function newAgency({ code, nameVi, nameEn, level, parentCode, validFrom, validTo, replacedBy }: AgencyRow): Agency {
  return {
    code,
    nameVi,
    level,
    ...(nameEn === undefined ? {} : { nameEn }),
    ...(parentCode === undefined ? {} : { parentCode }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}

function planForm(
  row: AgencyRow,
  day: string,
  state: RegisteredAgency,
  { known }: PlanContext,
): readonly ImportChange[] {
  const nameEn = row.nameEn ?? state.nameEn;
  const parentCode = row.parentCode ?? state.parentCode;
  const isSame =
    row.nameVi === state.nameVi &&
    row.level === state.level &&
    nameEn === state.nameEn &&
    parentCode === state.parentCode;
  if (isSame) return [];
  const after: AgencyVersion = {
    code: row.code,
    nameVi: row.nameVi,
    level: row.level,
    ...(nameEn === undefined ? {} : { nameEn }),
    ...(parentCode === undefined ? {} : { parentCode }),
    from: day,
  };
  const before = known.versionFrom(row.code, day);
  return [{ kind: 'version', line: row.line, after, ...(before === undefined ? {} : { before }) }];
}

function planValidity(row: AgencyRow, before: Agency): readonly ImportChange[] {
  const after: Agency = {
    ...before,
    ...(row.validFrom === undefined ? {} : { validFrom: row.validFrom }),
    ...(row.validTo === undefined ? {} : { validTo: row.validTo }),
    ...(row.replacedBy === undefined ? {} : { replacedBy: row.replacedBy }),
  };
  const isSame =
    after.validFrom === before.validFrom && after.validTo === before.validTo && after.replacedBy === before.replacedBy;
  return isSame ? [] : [{ kind: 'agency', line: row.line, before, after }];
}
