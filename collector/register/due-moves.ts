import { addDays } from '../catalogues/viet-nam-time.ts';
import { hasEnded } from './agency-in-charge.ts';
import type { RegisterFacts } from './register-state.ts';

/** Machines of one agency that belong to another from a day on. */
export interface DueMove {
  readonly from: string;
  readonly to: string;
  /** First day, `yyyy-mm-dd`, on which they belong to the other: the day after the agency's last one. */
  readonly on: string;
}

/**
 * What the register says about where machines of closed agencies go by a day `yyyy-mm-dd`; pure.
 *
 * One step a closing, sorted by day and code: done in this order, machines pass through every agency of a chain, so that
 * each day of their history has the right one. An agency that ended without a replacement has no step.
 */
export function dueMoves({ agencies }: Pick<RegisterFacts, 'agencies'>, day: string): readonly DueMove[] {
  const known = new Set(agencies.map(({ code }) => code));
  return agencies
    .flatMap((agency) => {
      const { code, validTo, replacedBy } = agency;
      if (validTo === undefined || replacedBy === undefined || !known.has(replacedBy)) return [];
      return hasEnded(agency, day) ? [{ from: code, to: replacedBy, on: addDays(validTo, 1) }] : [];
    })
    .toSorted((a, b) => (`${a.on} ${a.from}` < `${b.on} ${b.from}` ? -1 : 1));
}
