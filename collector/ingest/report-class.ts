import type { CheckedReport } from './check-report.ts';

/** How much a report carries, the lightest first: when the collector is busy the heavier ones wait outside first. */
export const REPORT_CLASSES = ['quiet', 'delta', 'full'] as const;

/** One of {@link REPORT_CLASSES}. */
export type ReportClass = (typeof REPORT_CLASSES)[number];

/** Share of the queue up to which a report of each class is let in; a full inventory comes once a day and can wait. */
export const ADMITTED_RATIOS: Readonly<Record<ReportClass, number>> = { quiet: 1, delta: 0.75, full: 0.5 };

/** Tells what a report is: `quiet` with at most one new outcome, `full` with one for more than half of its probes. */
export function reportClassOf({ observations }: CheckedReport): ReportClass {
  let bodyCount = 0;
  for (const { outcome } of observations.values()) bodyCount += outcome === undefined ? 0 : 1;
  if (bodyCount <= 1) return 'quiet';
  return bodyCount > observations.size / 2 ? 'full' : 'delta';
}
