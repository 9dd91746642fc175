import type { NetworkPath, NetworkWindow, Report } from '#shared/report.ts';
import { mergeWindows } from './merge-windows.ts';

/** Most paths of one report; see shared/report.ts. */
const MAX_PATHS = 16;

/** Most windows of one report; see shared/report.ts. */
const MAX_WINDOWS = 256;

/** What a report says of networks: windows, and the paths that they name by their index. */
export type ReportedNetworks = Pick<Report, 'networks' | 'paths'>;

/** A window with its path in place of an index. */
export interface PathedWindow {
  readonly window: NetworkWindow;
  readonly path: NetworkPath | undefined;
}

/**
 * Adds up windows of the same network, target and path, and writes each path once. Windows keep the order in which they
 * first appear. Paths beyond what a report may name lose their name, the longest unused first: their windows are added
 * to those of which nobody can tell where the machine was. With more windows than a report may have, the newest stay.
 *
 * @param windows older ones first
 * @param oldestSlotMs slots before it fall away, epoch milliseconds
 */
export function gatherWindows(windows: readonly PathedWindow[], oldestSlotMs: number): ReportedNetworks {
  const byUse = pathsByUse(windows);
  for (let kept = Math.min(byUse.length, MAX_PATHS); kept > 0; kept -= 1) {
    const gathered = addUp(windows, new Set(byUse.slice(0, kept)), oldestSlotMs);
    if (gathered.length <= MAX_WINDOWS) return indexed(gathered);
  }
  const gathered = addUp(windows, new Set(), oldestSlotMs);
  const newest = new Set(
    gathered.toSorted((a, b) => (a.window.lastAt < b.window.lastAt ? 1 : -1)).slice(0, MAX_WINDOWS),
  );
  return indexed(gathered.filter((one) => newest.has(one)));
}

/** The windows of a report with their paths. */
export function pathedWindows({ networks, paths = [] }: ReportedNetworks): readonly PathedWindow[] {
  return networks.map(({ path, ...window }) => ({ window, path: path === undefined ? undefined : paths[path] }));
}

/** The most recently used first. */
function pathsByUse(windows: readonly PathedWindow[]): readonly string[] {
  const usedAtMs = new Map<string, number>();
  for (const { window, path } of windows) {
    if (path === undefined) continue;
    usedAtMs.set(keyOf(path), Math.max(Date.parse(window.lastAt), usedAtMs.get(keyOf(path)) ?? 0));
  }
  return [...usedAtMs].toSorted(([, a], [, b]) => b - a).map(([key]) => key);
}

function addUp(windows: readonly PathedWindow[], kept: ReadonlySet<string>, oldestSlotMs: number): PathedWindow[] {
  const sums = new Map<string, PathedWindow>();
  for (const { window, path } of windows) {
    const named = path !== undefined && kept.has(keyOf(path)) ? path : undefined;
    const key = JSON.stringify([window.network, window.target, keyOf(named)]);
    const before = sums.get(key);
    const sum = before === undefined ? window : mergeWindows(before.window, window, oldestSlotMs);
    sums.set(key, { window: sum, path: named });
  }
  return [...sums.values()];
}

function indexed(windows: readonly PathedWindow[]): ReportedNetworks {
  const paths: NetworkPath[] = [];
  const indexes = new Map<string, number>();
  const networks = windows.map(({ window, path }) => {
    if (path === undefined) return window;
    const { network, target, ...rest } = window;
    const index = indexes.get(keyOf(path)) ?? paths.push(path) - 1;
    indexes.set(keyOf(path), index);
    return { network, target, path: index, ...rest };
  });
  return { ...(paths.length === 0 ? {} : { paths }), networks };
}

function keyOf(path: NetworkPath | undefined): string {
  return path === undefined ? '' : JSON.stringify([path.interface, path.source, path.gateway]);
}
