import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkWindow } from '#shared/report.ts';
import type { AgencyTarget } from '../store/agency-target-store.ts';

/** A window that speaks for an agency, laid on the collector's clock. */
export interface TargetSight {
  readonly agencyCode: string;
  readonly window: NetworkWindow;
  /** Number of its first slot by the collector's clock. */
  readonly firstSlot: number;
  /** Newest attempt, epoch milliseconds. */
  readonly newestAtMs: number;
}

/** Without a success for so long, in milliseconds, while it is tried, a target does not answer: three rounds. */
const DOWN_MS = 900_000;

/** Age of what is stored from which it is stored again though nothing changed, in milliseconds. */
const REFRESH_MS = 3_600_000;

/** What an agency knows of a target after one more window; pure. What a machine tells late replaces nothing newer. */
export function advanceTarget(known: AgencyTarget | undefined, sight: TargetSight): AgencyTarget {
  const { agencyCode, window, newestAtMs } = sight;
  const { network, target, status, certificateNotAfter, lastFailure } = window;
  const isNewest = known === undefined || newestAtMs >= known.newestAtMs;
  const newestSuccessAtMs = newest(known?.newestSuccessAtMs, successAtMs(sight));
  const seen = {
    ...(status === undefined ? {} : { status }),
    ...(certificateNotAfter === undefined ? {} : { certificateNotAfterMs: Date.parse(certificateNotAfter) }),
    ...(lastFailure === undefined ? {} : { lastFailure }),
  };
  return {
    ...(isNewest ? { ...known, ...seen } : { ...seen, ...known }),
    agencyCode,
    network,
    target,
    newestAtMs: Math.max(newestAtMs, known?.newestAtMs ?? newestAtMs),
    ...(newestSuccessAtMs === undefined ? {} : { newestSuccessAtMs }),
  };
}

/** Tells whether a target answered lately, by its newest attempts. */
export function doesAnswer({ newestAtMs, newestSuccessAtMs }: AgencyTarget): boolean {
  return newestSuccessAtMs !== undefined && newestAtMs - newestSuccessAtMs <= DOWN_MS;
}

/** Tells whether people would see something else than what is stored; pure. */
export function isWorthSaving(saved: AgencyTarget | undefined, now: AgencyTarget): boolean {
  return (
    saved === undefined ||
    saved.status !== now.status ||
    saved.certificateNotAfterMs !== now.certificateNotAfterMs ||
    saved.lastFailure !== now.lastFailure ||
    doesAnswer(saved) !== doesAnswer(now) ||
    now.newestAtMs - saved.newestAtMs >= REFRESH_MS
  );
}

/** When the newest success of a window was, to the slot; undefined without one. */
function successAtMs({ window: { slots }, firstSlot, newestAtMs }: TargetSight): number | undefined {
  const index = slots.lastIndexOf('1');
  if (index < 0) return undefined;
  return index > slots.lastIndexOf('0') ? newestAtMs : Math.min((firstSlot + index) * SLOT_MS, newestAtMs);
}

function newest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
