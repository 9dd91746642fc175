import type { AgencyVersion } from './agency.ts';
import type { RegisteredAgency, RegisterFacts, RegisterState } from './register-state.ts';
import { type AgencyForm, type AgencyValidity, agencyOf, plainForm, plainValidity, versionOn } from './set-form.ts';

/** Everything the register says of one agency, as of a day. */
export interface AgencyRecord {
  readonly code: string;
  /** The day, `yyyy-mm-dd`. */
  readonly day: string;
  /** Whether it exists on that day. */
  readonly isValid: boolean;
  readonly validity: AgencyValidity;
  /** What it is called on that day; that of its nearest version when it does not exist then. */
  readonly form: AgencyForm;
  /** As of that day; empty when it does not exist then. */
  readonly numbers: RegisteredAgency['numbers'];
  readonly items: RegisteredAgency['items'];
  /** Oldest first. */
  readonly versions: readonly AgencyVersion[];
  /** Codes of the agencies that it replaced, sorted. */
  readonly predecessors: readonly string[];
  /** Codes of the agencies directly below it on that day, sorted. */
  readonly children: readonly string[];
}

/**
 * What the register says of an agency on the day of the state; pure.
 *
 * @param state of the same facts
 * @throws {TramdoError} AGENCY_UNKNOWN
 */
export function agencyRecord(facts: RegisterFacts, state: RegisterState, code: string): AgencyRecord {
  const agency = agencyOf(facts, code);
  const { validTo } = agency;
  const registered = state.agencies.find((one) => one.code === code);
  return {
    code,
    day: state.day,
    isValid: registered !== undefined,
    validity: plainValidity(agency),
    form: plainForm(
      versionOn(facts.versions, agency, validTo !== undefined && validTo < state.day ? validTo : state.day),
    ),
    numbers: registered?.numbers ?? {},
    items: registered?.items ?? [],
    versions: facts.versions
      .filter((version) => version.code === code)
      .toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1)),
    predecessors: facts.agencies
      .filter((one) => one.replacedBy === code)
      .map((one) => one.code)
      .toSorted(),
    children: state.agencies.filter(({ parentCode }) => parentCode === code).map((one) => one.code),
  };
}
