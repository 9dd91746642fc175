import { MAX_REPORT_BYTES } from '#shared/protocol.ts';
import type { ReportedObservation } from '#shared/report.ts';
import { gatherWindows, pathedWindows } from './gather-windows.ts';
import type { UnsentReport } from './outbox.ts';

/** Most samples of a line in one report; see shared/report.ts. */
const MAX_LINE_SAMPLES = 40;

/**
 * Merges a waiting report into the one after it. The result has the later number and says in `coversFromSeq` where it
 * starts; newer states of a probe replace older ones, which are counted as dropped, and the windows of one target by one
 * path are added together.
 */
export function mergeReports(older: UnsentReport, newer: UnsentReport, oldestSlotMs: number): UnsentReport {
  const observations: Record<string, ReportedObservation> = { ...older.observations };
  let replacedCount = 0;
  for (const [probeId, entry] of Object.entries(newer.observations)) {
    const before = older.observations[probeId];
    if (hasBody(entry) && before !== undefined && hasBody(before)) replacedCount += 1;
    // A newer entry without a body has the hash of a body that is older: here, or acknowledged before.
    observations[probeId] = !hasBody(entry) && before?.hash === entry.hash ? { ...before, ...entry } : entry;
  }
  const { paths: _, networks: __, ...rest } = newer;
  const lineSamples = [...(older.lineSamples ?? []), ...(newer.lineSamples ?? [])].slice(-MAX_LINE_SAMPLES);
  return {
    ...rest,
    coversFromSeq: older.coversFromSeq ?? older.seq,
    observations,
    ...gatherWindows([...pathedWindows(older), ...pathedWindows(newer)], oldestSlotMs),
    ...(lineSamples.length === 0 ? {} : { lineSamples }),
    dropped: {
      reports: (older.dropped?.reports ?? 0) + (newer.dropped?.reports ?? 0),
      observations: (older.dropped?.observations ?? 0) + (newer.dropped?.observations ?? 0) + replacedCount,
    },
  };
}

/** Tells whether a report brings no state of a probe and no sample of a line: nothing but that all is as it was. */
export function isQuiet({ observations, lineSamples = [] }: UnsentReport): boolean {
  return lineSamples.length === 0 && !Object.values(observations).some(hasBody);
}

/** Longest time that quiet reports are merged into one, in slots: eight days, so that no report grows large. */
const MAX_QUIET_SLOTS = 2_304;

/** Largest report that quiet ones are merged into, in characters: a quarter of what the collector takes. */
const MAX_QUIET_LENGTH = MAX_REPORT_BYTES / 4;

/**
 * Merges a quiet report into the one after it without losing anything of either: every slot, count and path stays.
 * Undefined when that is not possible, since it would be too long, too large, or name too many paths.
 */
export function mergeQuietReport(older: UnsentReport, newer: UnsentReport): UnsentReport | undefined {
  if (!isQuiet(older)) return undefined;
  const windows = [...older.networks, ...newer.networks];
  const firstSlot = Math.min(...windows.map((window) => window.firstSlot));
  const endSlot = Math.max(...windows.map((window) => window.firstSlot + window.slots.length));
  if (windows.length > 0 && endSlot - firstSlot > MAX_QUIET_SLOTS) return undefined;
  const merged = mergeReports(older, newer, 0);
  const isWhole =
    countPathed(merged) === countPathed(older, newer) && countAttempts(merged) === countAttempts(older, newer);
  return isWhole && JSON.stringify(merged).length <= MAX_QUIET_LENGTH ? merged : undefined;
}

/** Attempts whose path is known. */
function countPathed(...reports: readonly UnsentReport[]): number {
  const windows = reports.flatMap(({ networks }) => networks).filter(({ path }) => path !== undefined);
  return windows.reduce((sum, { attempts }) => sum + attempts, 0);
}

function countAttempts(...reports: readonly UnsentReport[]): number {
  return reports.flatMap(({ networks }) => networks).reduce((sum, { attempts }) => sum + attempts, 0);
}

function hasBody(entry: ReportedObservation): boolean {
  return entry.value !== undefined || entry.failure !== undefined;
}
