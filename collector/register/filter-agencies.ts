import type { AgencyLevel } from './agency.ts';
import type { RegisteredAgency, RegisterState } from './register-state.ts';

/** What is looked for; what is undefined does not matter. */
export interface AgencyFilter {
  /** Directly below this agency. */
  readonly parentCode: string | undefined;
  readonly level: AgencyLevel | undefined;
  /** Part of the code or of a name; accents and case do not matter. */
  readonly text: string | undefined;
}

/** Agencies of a day that fit a filter, sorted by code; pure. */
export function filterAgencies(
  { agencies }: RegisterState,
  { parentCode, level, text }: AgencyFilter,
): readonly RegisteredAgency[] {
  const sought = text === undefined ? undefined : plainText(text);
  return agencies.filter(
    (agency) =>
      (parentCode === undefined || agency.parentCode === parentCode) &&
      (level === undefined || agency.level === level) &&
      (sought === undefined ||
        [agency.code, agency.nameVi, agency.nameEn ?? ''].some((name) => plainText(name).includes(sought))),
  );
}

/** Letters without marks: people type `so y te` for `Sở Y tế`. */
function plainText(text: string): string {
  return text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd');
}
