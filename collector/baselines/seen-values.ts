import { z } from 'zod';
import type { ProbeId } from '#shared/observations/index.ts';
import { isProbeId, OBSERVATIONS } from '#shared/observations/index.ts';

const seenValues = z.object(OBSERVATIONS).partial();

/** Observations by probe id that fit their schemas; one that is missing says nothing. */
export type SeenValues = z.infer<typeof seenValues>;

/**
 * Parses what probes saw, all at once. A value that does not fit its schema is left out and its probe is listed in
 * `misfits`; the others are kept.
 */
export function parseSeenValues(values: Readonly<Record<string, unknown>>): {
  readonly seen: SeenValues;
  readonly misfits: readonly ProbeId[];
} {
  const parsed = seenValues.safeParse(values);
  if (parsed.success) return { seen: parsed.data, misfits: [] };
  const misfits = new Set(parsed.error.issues.map(({ path }) => String(path[0])).filter(isProbeId));
  const fitting = Object.fromEntries(Object.entries(values).filter(([id]) => !isProbeId(id) || !misfits.has(id)));
  return { seen: seenValues.parse(fitting), misfits: [...misfits] };
}
