import type { NumbersKey } from './agency-columns.ts';
import { readOwnAgency } from './own-agency.ts';
import { checkNumbers, planNumbers, readNumbers } from './plan-numbers.ts';
import type { RowReader } from './row-reader.ts';
import { type PlanContext, type RowPlan, readOrigin, SeenRows } from './table-plan.ts';

/** What the rows of a table of numbers do. */
export function declaredNumbersPlanner(context: PlanContext): (reader: RowReader<NumbersKey>) => RowPlan | undefined {
  const seen = new SeenRows();
  return (reader) => {
    const code = readOwnAgency(reader, context);
    const numbers = readNumbers(reader);
    const origin = readOrigin(reader, context);
    if (!reader.isSound || code === undefined) return undefined;
    const other = seen.note(`${code} ${origin.asOf}`, reader.line);
    if (other !== undefined) {
      reader.refuse('agencyCode', 'duplicate-row', { other });
      return undefined;
    }
    const state = context.known.stateOf(code, origin.asOf);
    checkNumbers(reader, numbers, state);
    const isNew = Object.keys(state?.numbers ?? {}).length === 0;
    return { isNew, isSound: reader.isSound, changes: planNumbers(code, reader.line, numbers, origin, context) };
  };
}
