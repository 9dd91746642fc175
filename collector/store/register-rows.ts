import type { Selectable } from 'kysely';
import {
  AGENCY_LEVELS,
  type Agency,
  type AgencyLevel,
  type AgencyVersion,
  DECLARED_SUBJECTS,
  type DeclaredNumber,
} from '../register/agency.ts';
import { type DeclaredItem, declaredItem } from '../register/declared-item.ts';
import type { AgencyVersionTable, DeclaredItemTable } from './register-tables.ts';
import type { AgencyTable, DeclaredNumberTable } from './tables.ts';

/** The row of an agency. */
export function agencyRow(agency: Agency): AgencyTable {
  return {
    code: agency.code,
    ...formRow(agency),
    valid_from: agency.validFrom ?? null,
    valid_to: agency.validTo ?? null,
    replaced_by: agency.replacedBy ?? null,
  };
}

/** The agency of a row. */
export function agencyOf(row: Selectable<AgencyTable>): Agency {
  return {
    code: row.code,
    ...formOf(row),
    ...(row.valid_from === null ? {} : { validFrom: row.valid_from }),
    ...(row.valid_to === null ? {} : { validTo: row.valid_to }),
    ...(row.replaced_by === null ? {} : { replacedBy: row.replaced_by }),
  };
}

/** The row of a version. */
export function versionRow(version: AgencyVersion): AgencyVersionTable {
  return { agency_code: version.code, valid_from: version.from ?? '', ...formRow(version) };
}

/** The version of a row. */
export function versionOf(row: Selectable<AgencyVersionTable>): AgencyVersion {
  return { code: row.agency_code, ...formOf(row), ...(row.valid_from === '' ? {} : { from: row.valid_from }) };
}

/** The row of a declared number. */
export function numberRow({ agencyCode, subject, asOf, value, source }: DeclaredNumber): DeclaredNumberTable {
  return { agency_code: agencyCode, subject, as_of: asOf, value, source };
}

/** The declared number of a row; empty for a subject that this version does not know. */
export function numberOf(row: Selectable<DeclaredNumberTable>): readonly DeclaredNumber[] {
  const subject = DECLARED_SUBJECTS.find((known) => known === row.subject);
  if (subject === undefined) return [];
  return [{ agencyCode: row.agency_code, subject, value: row.value, asOf: row.as_of, source: row.source }];
}

/** The row of a declared item. */
export function itemRow({
  kind,
  agencyCode,
  itemId,
  asOf,
  source,
  hasEnded,
  ...details
}: DeclaredItem): DeclaredItemTable {
  return {
    agency_code: agencyCode,
    kind,
    item_id: itemId,
    as_of: asOf,
    source,
    has_ended: hasEnded ? 1 : 0,
    details: JSON.stringify(details),
  };
}

/** The declared item of a row. */
export function itemOf(row: Selectable<DeclaredItemTable>): DeclaredItem {
  return declaredItem.parse({
    ...JSON.parse(row.details),
    agencyCode: row.agency_code,
    kind: row.kind,
    itemId: row.item_id,
    asOf: row.as_of,
    source: row.source,
    hasEnded: row.has_ended === 1,
  });
}

type Form = Pick<Agency, 'nameVi' | 'nameEn' | 'level' | 'parentCode'>;

type FormRow = Pick<AgencyTable, 'name_vi' | 'name_en' | 'level' | 'parent_code'>;

function formRow({ nameVi, nameEn, level, parentCode }: Form): FormRow {
  return { name_vi: nameVi, name_en: nameEn ?? null, level, parent_code: parentCode ?? null };
}

function formOf({ name_vi, name_en, level, parent_code }: FormRow): Form {
  return {
    nameVi: name_vi,
    level: levelOf(level),
    ...(name_en === null ? {} : { nameEn: name_en }),
    ...(parent_code === null ? {} : { parentCode: parent_code }),
  };
}

function levelOf(text: string): AgencyLevel {
  const level = AGENCY_LEVELS.find((known) => known === text);
  if (level === undefined) throw new RangeError(`Cannot read an agency of the level "${text}"`);
  return level;
}
