import type { ServiceMode } from './service-program.ts';

/**
 * Memory below which nothing should stay resident, in bytes: 4 GB, less what firmware and graphics keep for themselves
 * before the system counts (up to 0.6 GB on office PCs).
 */
const WEAK_BELOW_BYTES = 3_650_722_202;

/** A mode with the reason, as a sentence goes on after "because". */
export interface ChosenMode {
  readonly mode: ServiceMode;
  readonly reason: string;
  /** Somebody asked for it by an option, now or at an earlier installation; an upgrade then keeps it. */
  readonly isAsked: boolean;
}

/** What decides: an option of now, what an earlier installation was told, and the memory of the PC. */
export interface ModeFacts {
  readonly asked?: ServiceMode;
  readonly askedBefore?: ServiceMode;
  readonly totalMemoryBytes: number;
}

/** Chooses whether the agent stays: an option wins, then that of an earlier installation, then the memory decides. */
export function chooseServiceMode({ asked, askedBefore, totalMemoryBytes }: ModeFacts): ChosenMode {
  if (asked !== undefined) return { mode: asked, reason: 'it was asked for', isAsked: true };
  if (askedBefore !== undefined) {
    return { mode: askedBefore, reason: 'an earlier installation was asked for it', isAsked: true };
  }
  const gigabytes = (totalMemoryBytes / 2 ** 30).toFixed(1);
  const isWeak = totalMemoryBytes < WEAK_BELOW_BYTES;
  const reason = `this machine has ${gigabytes} GB of memory, ${isWeak ? 'less than 4' : '4 or more'}`;
  return { mode: isWeak ? 'scheduled' : 'resident', reason, isAsked: false };
}
