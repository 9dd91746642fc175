import type { Language } from '../catalogues/language.ts';
import { printDate } from '../catalogues/viet-nam-time.ts';
import type { Agency } from './agency.ts';

/** What can be wrong with the tree of the register. */
export type RegisterProblemReason =
  | 'ends-before-it-begins'
  | 'level-ended'
  | 'level-under-level'
  | 'parent-below'
  | 'parent-not-valid'
  | 'parent-unknown'
  | 'replaced-without-end'
  | 'replacement-not-valid'
  | 'replacement-unknown';

/** One thing that is wrong with an agency of the register. */
export interface RegisterProblem {
  readonly agencyCode: string;
  readonly field: keyof Pick<Agency, 'level' | 'parentCode' | 'replacedBy' | 'validTo'>;
  /** What the field says. */
  readonly value: string;
  readonly reason: RegisterProblemReason;
  /** The day `yyyy-mm-dd` that shows it; for `level-ended` the last one that is allowed. Absent when no day decides. */
  readonly day?: string;
  /** What would be allowed, for the field `level`. */
  readonly allowed?: readonly string[];
}

type Texts = Readonly<Record<RegisterProblemReason, (problem: RegisterProblem, day: string) => string>>;

const TEXTS: Readonly<Record<Language, Texts>> = {
  vi: {
    'ends-before-it-begins': ({ value }, day) => `ngày hết hiệu lực ${printDate(value)} trước ngày bắt đầu ${day}`,
    'level-ended': ({ value }, day) => `cấp "${value}" chỉ có đến hết ngày ${day}: điền ngày hết hiệu lực`,
    'level-under-level': ({ value, allowed }) =>
      `cấp "${value}" không đặt được ở đây, chỉ đặt được dưới: ${listText(allowed, 'không cấp nào')}`,
    'parent-below': ({ value }) => `cơ quan cấp trên "${value}" là chính nó hoặc nằm dưới nó`,
    'parent-not-valid': ({ value }, day) =>
      `cơ quan cấp trên "${value}" không tồn tại vào ngày ${day}: chuyển sang cơ quan khác hoặc ghi ngày hết hiệu lực`,
    'parent-unknown': ({ value }) => `cơ quan cấp trên "${value}" chưa có trong danh mục`,
    'replaced-without-end': ({ value }) => `được thay bằng "${value}" nhưng chưa có ngày hết hiệu lực`,
    'replacement-not-valid': ({ value }, day) => `cơ quan thay thế "${value}" không tồn tại vào ngày ${day}`,
    'replacement-unknown': ({ value }) => `cơ quan thay thế "${value}" chưa có trong danh mục`,
  },
  en: {
    'ends-before-it-begins': ({ value }, day) => `the last day ${printDate(value)} is before the first day ${day}`,
    'level-ended': ({ value }, day) => `the level "${value}" ended on ${day}: give a last day`,
    'level-under-level': ({ value, allowed }) =>
      `the level "${value}" may not stand here, allowed is under: ${listText(allowed, 'none')}`,
    'parent-below': ({ value }) => `the parent "${value}" is the agency itself or below it`,
    'parent-not-valid': ({ value }, day) =>
      `the parent "${value}" does not exist on ${day}: move the agency or give it a last day`,
    'parent-unknown': ({ value }) => `the parent "${value}" is not in the register`,
    'replaced-without-end': ({ value }) => `it is replaced by "${value}" though it has no last day`,
    'replacement-not-valid': ({ value }, day) => `the replacement "${value}" does not exist on ${day}`,
    'replacement-unknown': ({ value }) => `the replacement "${value}" is not in the register`,
  },
};

/** Says what is wrong, with its value and what is allowed; without the code and the field. */
export function describeRegisterProblem(problem: RegisterProblem, language: Language): string {
  return TEXTS[language][problem.reason](problem, printDate(problem.day ?? ''));
}

function listText(values: readonly string[] | undefined, none: string): string {
  return values === undefined || values.length === 0 ? none : values.join(', ');
}
