import { TramdoError } from '#shared/errors.ts';
import type { Agency, AgencyVersion } from './agency.ts';
import type { RegisterChange } from './register-change.ts';
import { existsOn, type RegisterFacts } from './register-state.ts';

/** What an agency is called and where it stands. */
export type AgencyForm = Pick<Agency, 'nameVi' | 'nameEn' | 'level' | 'parentCode'>;

/** From when to when an agency exists, and what replaced it. */
export type AgencyValidity = Pick<Agency, 'validFrom' | 'validTo' | 'replacedBy'>;

/** From when a form holds. */
export interface FormTerms {
  /** First day, `yyyy-mm-dd`; with `isCorrection` a day of the version to correct. */
  readonly on: string;
  /** What the register said was never true: the version of that day is replaced and leaves no trace but the audit log. */
  readonly isCorrection: boolean;
}

/**
 * The change that gives an agency a form from a day on; empty when it has it; pure. Versions from later days stay.
 *
 * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_INVALID when the agency does not exist on that day
 */
export function planForm(facts: RegisterFacts, code: string, form: AgencyForm, terms: FormTerms): RegisterChange {
  const agency = agencyOf(facts, code);
  refuseOutsideLife(agency, terms.on);
  const current = versionOn(facts.versions, agency, terms.on);
  if (isSameForm(current, form)) return {};
  const from = terms.isCorrection || (current.from ?? '') > terms.on ? current.from : terms.on;
  return { versions: [{ code, ...plainForm(form), ...(from === undefined ? {} : { from }) }] };
}

/**
 * The agency of a code.
 *
 * @throws {TramdoError} AGENCY_UNKNOWN
 */
export function agencyOf({ agencies }: Pick<RegisterFacts, 'agencies'>, code: string): Agency {
  const found = agencies.find((agency) => agency.code === code);
  if (found === undefined) throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${code}" in the register`);
  return found;
}

/** The version that names an agency on a day: the newest begun by then, else the first; pure. */
export function versionOn(versions: readonly AgencyVersion[], agency: Agency, day: string): AgencyVersion {
  const sorted = versions
    .filter(({ code }) => code === agency.code)
    .toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  return sorted.findLast(({ from }) => (from ?? '') <= day) ?? sorted[0] ?? { code: agency.code, ...plainForm(agency) };
}

/** A form without what else the object holds, and without keys that say nothing. */
export function plainForm({ nameVi, nameEn, level, parentCode }: AgencyForm): AgencyForm {
  return {
    nameVi,
    level,
    ...(nameEn === undefined ? {} : { nameEn }),
    ...(parentCode === undefined ? {} : { parentCode }),
  };
}

/** A validity without what else the object holds, and without keys that say nothing. */
export function plainValidity({ validFrom, validTo, replacedBy }: AgencyValidity): AgencyValidity {
  return {
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}

function isSameForm(a: AgencyForm, b: AgencyForm): boolean {
  return a.nameVi === b.nameVi && a.nameEn === b.nameEn && a.level === b.level && a.parentCode === b.parentCode;
}

function refuseOutsideLife(agency: Agency, day: string): void {
  if (existsOn(agency, day)) return;
  throw new TramdoError(
    'AGENCY_INVALID',
    `Cannot change the agency "${agency.code}" from ${day} on as it does not exist on that day, ` +
      `allowed is from ${agency.validFrom ?? 'ever'} to ${agency.validTo ?? 'ever'}`,
  );
}
