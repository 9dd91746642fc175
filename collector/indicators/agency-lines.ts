import type { RegisteredAgency, RegisterState } from '../register/register-state.ts';

/** For each agency by its code itself and every agency above it, from below. */
export type AgencyLines = ReadonlyMap<string, readonly RegisteredAgency[]>;

/** Which agencies stand above which in the tree of a day; a tree that bites its tail ends where it began. */
export function agencyLines({ agencies }: Pick<RegisterState, 'agencies'>): AgencyLines {
  const byCode = new Map(agencies.map((agency) => [agency.code, agency]));
  return new Map(
    agencies.map((agency) => {
      const line: RegisteredAgency[] = [];
      let next: RegisteredAgency | undefined = agency;
      while (next !== undefined && !line.includes(next)) {
        line.push(next);
        next = next.parentCode === undefined ? undefined : byCode.get(next.parentCode);
      }
      return [agency.code, line];
    }),
  );
}
