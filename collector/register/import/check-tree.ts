import { newProblems } from '../check-register.ts';
import { applyRegisterChange } from '../register-change.ts';
import { describeRegisterProblem, type RegisterProblem } from '../register-problem.ts';
import { type ImportChange, registerChangeOf } from './import-change.ts';
import type { FoundColumns } from './read-headings.ts';
import type { PlanContext } from './table-plan.ts';

/**
 * Looks at the tree as it would be after a table of agencies, on every day: parents, levels, ends, replacements. The
 * order of the rows does not matter.
 */
export function checkTree(
  changes: readonly ImportChange[],
  columns: FoundColumns,
  { known, agencyRows, problems }: Pick<PlanContext, 'known' | 'agencyRows' | 'problems'>,
): void {
  const found = newProblems(known.facts, applyRegisterChange(known.facts, registerChangeOf(changes)));
  for (const problem of found) {
    const ownLine = agencyRows.lineOf(problem.agencyCode);
    const otherLine = agencyRows.lineOf(problem.value);
    // The row of the other one has a problem of its own; once that is mended this one is gone.
    if (problem.reason.endsWith('-unknown') && otherLine !== undefined) continue;
    const column = ownLine === undefined ? undefined : columns.byKey.get(problem.field);
    const place = { line: ownLine ?? otherLine ?? 0, columnLetter: column?.letter, column: column?.heading };
    problems.addText({ ...place, value: problem.value }, 'register-contradiction', {
      vi: describe(problem, 'vi', ownLine !== undefined),
      en: describe(problem, 'en', ownLine !== undefined),
    });
  }
}

function describe(problem: RegisterProblem, language: 'vi' | 'en', isOwnRow: boolean): string {
  const text = describeRegisterProblem(problem, language);
  return isOwnRow ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : `${problem.agencyCode}: ${text}`;
}
