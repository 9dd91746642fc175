import { z } from 'zod';
import { AGENCY_LEVELS, agency, agencyVersion, DECLARED_SUBJECTS, declaredNumber } from '../../../register/agency.ts';
import type { AgencyRecord } from '../../../register/agency-record.ts';
import { declaredItem } from '../../../register/declared-item.ts';
import type { RegisteredAgency } from '../../../register/register-state.ts';
import type { RegisterTotal } from '../../../register/register-totals.ts';

const numberAnswer = declaredNumber.omit({ agencyCode: true });

const formShape = {
  code: z.string().describe('Agency code (mã định danh điện tử)'),
  nameVi: z.string(),
  nameEn: z.string().optional(),
  level: z.enum(AGENCY_LEVELS),
  parentCode: z.string().optional().describe('The agency above; absent at the top'),
};

/** One agency of a list, as it was on a day. */
export const agencyItem = z
  .object({
    ...formShape,
    numbers: z.array(numberAnswer).describe('Newest number of every subject that was declared by that day'),
  })
  .meta({ id: 'AgencyItem' });

/** One agency with everything the register says of it, as of a day. */
export const agencyAnswer = z
  .object({
    ...formShape,
    day: z.iso.date().describe('The day of numbers, items and place, Asia/Ho_Chi_Minh'),
    isValid: z.boolean().describe('Whether it exists on that day; numbers, items and children are empty when not'),
    ...agency.pick({ validFrom: true, validTo: true, replacedBy: true }).shape,
    numbers: z.array(numberAnswer),
    items: z
      .array(declaredItem)
      .describe('Lines, solutions, systems, antivirus deployments and places that had not ended'),
    versions: z.array(agencyVersion).describe('What it was called and where it stood, oldest first'),
    predecessors: z.array(z.string()).describe('Agencies that it replaced'),
    children: z.array(z.string()).describe('Agencies directly below it'),
  })
  .meta({ id: 'Agency' });

/** Declared numbers of an agency and everything below it on a day. */
export const totalsAnswer = z
  .object({
    code: z.string(),
    day: z.iso.date(),
    totals: z.array(
      z.object({
        subject: z.enum(DECLARED_SUBJECTS),
        value: z.int().describe('Sum of what is declared; for lan the number of agencies that have one'),
        declaredCount: z.int().describe('Agencies in the sum'),
        missing: z.array(z.string()).describe('Agencies that never declared it; they are not counted as zero'),
      }),
    ),
  })
  .meta({ id: 'AgencyTotals' });

/** A list item of an agency. */
export function agencyItemOf({ items: _items, numbers, ...form }: RegisteredAgency): z.infer<typeof agencyItem> {
  return { ...form, numbers: numberList(numbers) };
}

/** The answer for an agency. */
export function agencyAnswerOf(record: AgencyRecord): z.infer<typeof agencyAnswer> {
  const { form, validity, numbers, items, versions, predecessors, children, ...rest } = record;
  return {
    ...rest,
    ...form,
    ...validity,
    numbers: numberList(numbers),
    items: [...items],
    versions: [...versions],
    predecessors: [...predecessors],
    children: [...children],
  };
}

/** The answer for the totals of an agency on a day. */
export function totalsAnswerOf(
  code: string,
  day: string,
  totals: readonly RegisterTotal[],
): z.infer<typeof totalsAnswer> {
  return { code, day, totals: totals.map((total) => ({ ...total, missing: [...total.missing] })) };
}

function numberList(numbers: RegisteredAgency['numbers']): z.infer<typeof numberAnswer>[] {
  return DECLARED_SUBJECTS.flatMap((subject) => {
    const number = numbers[subject];
    return number === undefined ? [] : [{ subject, ...number }];
  });
}
