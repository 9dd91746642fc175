import type { Observation } from '#shared/observations/index.ts';

/** An observation of updates, as a reader for one package manager makes it. */
export type UpdateFacts = Observation<'updates'>;

/** Facts before they become an observation: instants in epoch milliseconds, undefined where a fact is not known. */
export interface FoundFacts {
  readonly lastInstalledAtMs: number | undefined;
  readonly lastCheckedAtMs: number | undefined;
  readonly pending: Pick<UpdateFacts, 'pendingCount' | 'pendingSecurityCount' | 'countedFrom'>;
  readonly isRebootNeeded: boolean | undefined;
}

/** Makes the observation; its keys are always in the same order, as its hash depends on it. */
export function updateFactsOf(source: UpdateFacts['source'], found: FoundFacts): UpdateFacts {
  const { lastInstalledAtMs, lastCheckedAtMs, pending, isRebootNeeded } = found;
  return {
    source,
    ...(lastInstalledAtMs === undefined ? {} : { lastInstalledAt: new Date(lastInstalledAtMs).toISOString() }),
    ...(lastCheckedAtMs === undefined ? {} : { lastCheckedAt: new Date(lastCheckedAtMs).toISOString() }),
    ...pending,
    ...(isRebootNeeded === undefined ? {} : { isRebootNeeded }),
  };
}

/** The instant an earlier observation of the same package manager knew, epoch milliseconds. */
export function previousInstallMs(
  source: UpdateFacts['source'],
  previous: UpdateFacts | undefined,
): number | undefined {
  return previous?.source !== source || previous.lastInstalledAt === undefined
    ? undefined
    : Date.parse(previous.lastInstalledAt);
}

/**
 * Counts anew only if the package lists changed since the earlier observation: counting costs a second of processor
 * time, and without a change the number is the same. A count that failed is tried again the next time.
 *
 * @param state text that changes with the lists and with the installed packages
 */
export async function countWhenChanged(
  state: string,
  previous: UpdateFacts | undefined,
  count: () => Promise<Pick<UpdateFacts, 'pendingCount' | 'pendingSecurityCount'> | undefined>,
): Promise<FoundFacts['pending']> {
  if (previous?.countedFrom === state && previous.pendingCount !== undefined) {
    const { pendingCount, pendingSecurityCount } = previous;
    return {
      pendingCount,
      ...(pendingSecurityCount === undefined ? {} : { pendingSecurityCount }),
      countedFrom: state,
    };
  }
  const counted = await count();
  return counted === undefined ? {} : { ...counted, countedFrom: state };
}
