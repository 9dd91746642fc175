import { compareVersions } from './compare-versions.ts';
import { type SlotProgram, type UpdateRecord, withFailure } from './update-record.ts';

/** Starts in a row without a sign of life after which a trial is over. */
const MAX_STARTS = 3;

/**
 * What a command line asks of the launcher:
 * - `work`: reports or stays, and so gives a trial its chance;
 * - `person`: tells or changes something, with a program that has proved itself;
 * - `package`: sets the service up or takes it away, always with the program of the package, since the state folder
 *   may not be locked down yet and what lies in it must not run.
 */
export type Purpose = 'work' | 'person' | 'package';

/** What to run. */
export interface ProgramChoice {
  /** Absent: the program of the package. */
  readonly program?: SlotProgram;
  /** The start must be counted on disk before it happens. */
  readonly isTrial: boolean;
  /** The record as it holds from now on; the same object when nothing changed. */
  readonly record: UpdateRecord;
}

/** What the choice depends on beside the record. */
export interface ChoiceTerms {
  readonly purpose: Purpose;
  /** Version of the program in the package. */
  readonly builtInVersion: string;
  /** Every file of the release is there in its length. */
  readonly isIntact: (program: SlotProgram) => boolean;
  /** The start of the trial is counted already, by the process that watches over this one. */
  readonly isCounted: boolean;
  readonly nowMs: number;
}

/**
 * Chooses what runs: the trial while it has starts left, else the active release, else the one before, else the
 * program of the package, which is always there. A package that is as new as a release or newer wins over it.
 */
export function chooseProgram(record: UpdateRecord, terms: ChoiceTerms): ProgramChoice {
  if (terms.purpose === 'package') return { isTrial: false, record };
  const settled = terms.purpose === 'work' ? withoutOverdue(record, terms) : record;
  const { trial } = settled;
  if (terms.purpose === 'work' && trial !== undefined) {
    if (terms.isCounted) return { program: trial, isTrial: true, record: settled };
    const counted = { ...settled, trial: { ...trial, starts: trial.starts + 1 } };
    return { program: trial, isTrial: true, record: counted };
  }
  const program = [settled.active, settled.previous].find((slot) => slot !== undefined && isUsable(slot, terms));
  return { ...(program === undefined ? {} : { program }), isTrial: false, record: settled };
}

/** Takes out what a newer package has overtaken, what is damaged, and a trial that had its starts. */
function withoutOverdue(record: UpdateRecord, terms: ChoiceTerms): UpdateRecord {
  const { nowMs: atMs } = terms;
  let settled = withoutOvertaken(record, terms);
  for (const program of [settled.trial, settled.active, settled.previous]) {
    if (program === undefined || terms.isIntact(program)) continue;
    settled = withFailure(settled, program.version, { reason: 'a file of it is missing or cut short', atMs });
  }
  const { trial } = settled;
  if (trial === undefined || terms.isCounted || trial.starts <= MAX_STARTS) return settled;
  const reason = `it was started ${trial.starts} times and no report of it was acknowledged`;
  return withFailure(settled, trial.version, { reason, atMs });
}

function withoutOvertaken(record: UpdateRecord, { builtInVersion }: ChoiceTerms): UpdateRecord {
  const { active, previous, trial, ...rest } = record;
  const isNewer = (program: SlotProgram | undefined) =>
    program !== undefined && compareVersions(program.version, builtInVersion) > 0;
  if ([active, previous, trial].every((program) => program === undefined || isNewer(program))) return record;
  return {
    ...rest,
    ...(active !== undefined && isNewer(active) ? { active } : {}),
    ...(previous !== undefined && isNewer(previous) ? { previous } : {}),
    ...(trial !== undefined && isNewer(trial) ? { trial } : {}),
  };
}

function isUsable(program: SlotProgram, { builtInVersion, isIntact }: ChoiceTerms): boolean {
  return compareVersions(program.version, builtInVersion) > 0 && isIntact(program);
}
