import * as z from 'zod';

/** Why a section failed: HRESULT and error id decided it in the script, never a text in somebody's language. */
export const SECTION_FAILURES = ['access_denied', 'missing', 'timed_out', 'failed'] as const;

const head = z.object({
  inventory: z.literal(1),
  languageMode: z.string().max(64),
  psVersion: z.string().max(64),
  isElevated: z.boolean(),
  isOnBattery: z.boolean(),
});

const sectionFailure = z.object({ kind: z.enum(SECTION_FAILURES), message: z.string().max(1_000) });

const record = z.union([
  head,
  z.object({ begin: z.string().max(64) }),
  z.object({ section: z.string().max(64), failure: sectionFailure }),
  z.object({ section: z.string().max(64), value: z.unknown() }),
  z.object({ end: z.literal(true) }),
]);

/** What the first line says of PowerShell and of the machine. */
export type InventoryHead = z.infer<typeof head>;

/** How one section ended: with a value, or with a named failure. */
export type SectionOutcome = { readonly value: unknown } | { readonly failure: z.infer<typeof sectionFailure> };

/** What one or more runs of the inventory printed, put together. */
export interface ParsedInventory {
  /** Absent when PowerShell never came to the first line. */
  readonly head?: InventoryHead;
  /** Sections that ended, by id. */
  readonly sections: ReadonlyMap<string, SectionOutcome>;
  /** Sections that began and never ended, in their order: each held up or ended a process. */
  readonly unfinished: readonly string[];
  /** The last line was seen. */
  readonly isComplete: boolean;
  /** The script found the machine on battery and was told to wait: it ended before the first section. */
  readonly isPostponed: boolean;
}

/** A line that starts one of our records; whatever else is printed is a profile's or an administrator's. */
const RECORD_START =
  /^\{"(?:inventory|languageMode|psVersion|isElevated|isOnBattery|begin|section|value|failure|end)":/;

/**
 * Reads what the PowerShell inventory printed: one JSON record a line (frame-script.ts).
 *
 * A hash table of PowerShell has no order, so a record may start with any of its keys. A console that breaks long lines
 * does no harm: JSON escapes line feeds, so a record goes on until it is whole. A last line that was cut is left out.
 */
export function parseInventory(stdout: string): ParsedInventory {
  const sections = new Map<string, SectionOutcome>();
  const begun = new Set<string>();
  let seenHead: InventoryHead | undefined;
  let isComplete = false;
  for (const line of wholeRecords(stdout)) {
    const found = record.safeParse(line).data;
    if (found === undefined) continue;
    if ('inventory' in found) seenHead ??= found;
    else if ('begin' in found) begun.add(found.begin);
    else if ('end' in found) isComplete = true;
    else sections.set(found.section, 'failure' in found ? { failure: found.failure } : { value: found.value });
  }
  const unfinished = [...begun].filter((id) => !sections.has(id));
  const isPostponed = seenHead?.isOnBattery === true && isComplete && begun.size === 0;
  return { ...(seenHead === undefined ? {} : { head: seenHead }), sections, unfinished, isComplete, isPostponed };
}

function* wholeRecords(stdout: string): Generator<unknown> {
  let pending = '';
  for (const line of stdout.split(/\r?\n/)) {
    const starts = RECORD_START.test(line);
    if (pending === '' && !starts) continue;
    const whole = parseJson(line);
    pending = starts && whole !== undefined ? line : pending + line;
    const value = pending === line ? whole : parseJson(pending);
    if (value === undefined) continue;
    yield value;
    pending = '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
