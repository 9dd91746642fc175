import { DECLARED_SUBJECTS, type DeclaredSubject } from './agency.ts';
import { type RegisterState, subtreeOf } from './register-state.ts';

/** A declared number over an agency and everything below it. */
export interface RegisterTotal {
  readonly subject: DeclaredSubject;
  /** Sum of what is declared; for `lan` the number of agencies that have one. */
  readonly value: number;
  /** Agencies whose number is in the sum. */
  readonly declaredCount: number;
  /** Agencies that never declared it, sorted; they are not counted as zero but missing. */
  readonly missing: readonly string[];
}

/** Sums of the declared numbers of a subtree on the day of the state, one a subject, sorted; pure. */
export function registerTotals(register: RegisterState, code: string): readonly RegisterTotal[] {
  const codes = subtreeOf(register, code);
  const agencies = register.agencies.filter((agency) => codes.has(agency.code));
  return DECLARED_SUBJECTS.map((subject) => {
    const declared = agencies.flatMap(({ numbers }) => numbers[subject] ?? []);
    return {
      subject,
      value: declared.reduce((sum, { value }) => sum + value, 0),
      declaredCount: declared.length,
      missing: agencies.filter(({ numbers }) => numbers[subject] === undefined).map((agency) => agency.code),
    };
  });
}
