import type { NetworkWindow, ReportedObservation } from '#shared/report.ts';
import { mergeWindows } from './merge-windows.ts';
import type { UnsentReport } from './outbox.ts';

/**
 * Merges a waiting report into the one after it, for an outbox at its bound. The result has the later number and says
 * in `coversFromSeq` where it starts; newer states of a probe replace older ones, which are counted as dropped, and
 * the windows of one target are added together.
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
  return {
    ...newer,
    coversFromSeq: older.coversFromSeq ?? older.seq,
    observations,
    networks: mergeAllWindows([...older.networks, ...newer.networks], oldestSlotMs),
    dropped: {
      reports: (older.dropped?.reports ?? 0) + (newer.dropped?.reports ?? 0),
      observations: (older.dropped?.observations ?? 0) + (newer.dropped?.observations ?? 0) + replacedCount,
    },
  };
}

function hasBody(entry: ReportedObservation): boolean {
  return entry.value !== undefined || entry.failure !== undefined;
}

function mergeAllWindows(windows: readonly NetworkWindow[], oldestSlotMs: number): NetworkWindow[] {
  const byTarget = new Map<string, NetworkWindow>();
  for (const window of windows) {
    const key = `${window.network} ${window.target}`;
    const before = byTarget.get(key);
    byTarget.set(key, before === undefined ? window : mergeWindows(before, window, oldestSlotMs));
  }
  return [...byTarget.values()];
}
