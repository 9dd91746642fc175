import * as z from 'zod';

/**
 * Values as `ConvertTo-Json` of Windows PowerShell 5.1 writes them: `$null` is null, a list with one member is that
 * member, a list that went through a function may be `{"value": […], "Count": n}`, a date is `/Date(ms)/`, and what a
 * command that gave nothing at all leaves behind is `{}` (PowerShell issue 9231), the same as null here.
 */
const nothing = z.union([z.null(), z.strictObject({})]).transform(() => null);

/**
 * A text; missing, null and blank are all undefined. Blanks around it are cut, and so is what stands behind a NUL, where
 * some programs leave rubbish in the registry; at most 1,024 characters are kept.
 */
export const windowsText = z
  .union([z.string(), z.number(), nothing])
  .optional()
  .transform((value) => {
    const [whole = ''] = String(value ?? '').split('\0');
    const text = whole.trim();
    return text === '' ? undefined : text.slice(0, 1_024);
  });

/** A number, also where a driver wrote it as a text of digits; anything else is undefined. */
export const windowsNumber = z
  .union([z.number(), z.string(), z.boolean(), nothing])
  .optional()
  .transform((value) => {
    if (typeof value === 'string') return /^-?\d{1,20}$/.test(value.trim()) ? Number(value) : undefined;
    return typeof value === 'number' ? value : undefined;
  });

/** Yes or no, also as 1 and 0; null and missing are undefined. */
export const windowsFlag = z
  .union([z.boolean(), z.number(), nothing])
  .optional()
  .transform((value) => (value === null || value === undefined ? undefined : Boolean(value)));

/** An instant, epoch milliseconds, from ISO 8601 or `/Date(ms)/`; what is neither is undefined. */
export const windowsInstantMs = z
  .union([z.string(), z.object({ value: z.string() }), nothing])
  .optional()
  .transform((value) => {
    const text = typeof value === 'string' ? value : (value?.value ?? '');
    const ticks = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(text)?.[1];
    const instantMs = ticks === undefined ? Date.parse(text) : Number(ticks);
    return Number.isNaN(instantMs) ? undefined : instantMs;
  });

/** A list of at most `maxLength` members; what comes behind is cut off, null and missing are an empty list. */
export function windowsList<Member extends z.ZodType>(member: Member, maxLength: number) {
  return z.preprocess((value) => membersOf(value).slice(0, maxLength), z.array(member));
}

function membersOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && 'Count' in value && 'value' in value && Array.isArray(value.value)) {
    return value.value;
  }
  if (typeof value === 'object' && Object.keys(value).length === 0) return [];
  return [value];
}
