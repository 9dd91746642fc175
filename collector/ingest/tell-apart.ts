import { z } from 'zod';
import type { SeenFingerprint } from '../store/machine-conflict-store.ts';
import type { MachineStanding } from '../store/report-rows.ts';
import type { CheckedReport } from './check-report.ts';

const fingerprintOfSelf = z.object({ fingerprint: z.string().min(1).max(64) });

/** Time within which it is not written down again that a refused machine is alive, in milliseconds. */
const NOTED_MS = 3_600_000;

/** What a report says of the hardware it comes from. */
export interface Speaker {
  /** Hash of the `self` observation. */
  readonly selfHash: string;
  /** Absent when the report carries only the hash. */
  readonly fingerprint?: string;
}

/** What comes of a report for the question who uses a machine id. */
export type ToldApart =
  /** Nothing to write. */
  | { readonly result: 'as-before' }
  /** The hardware is another one than that of the report before, or tells its fingerprint anew. */
  | { readonly result: 'changed'; readonly seen: readonly SeenFingerprint[]; readonly isFirst: boolean }
  /** Two take turns: from now on the newer one is refused. */
  | { readonly result: 'two'; readonly seen: readonly SeenFingerprint[]; readonly newer: SeenFingerprint }
  /** The report comes from the newer one. */
  | { readonly result: 'refused'; readonly seen: readonly SeenFingerprint[] };

/** Who speaks in a report; undefined when it says nothing of the agent. */
export function speakerOf({ observations }: CheckedReport): Speaker | undefined {
  const self = observations.get('self');
  if (self === undefined) return undefined;
  const parsed = fingerprintOfSelf.safeParse(self.outcome?.value);
  return { selfHash: self.hash, ...(parsed.success ? { fingerprint: parsed.data.fingerprint } : {}) };
}

/** Tells whether a report must be looked at together with the fingerprints that are known of its machine. */
export function isDoubtful(standing: MachineStanding, speaker: Speaker | undefined): boolean {
  if (speaker === undefined) return false;
  if (standing.isContested) return true;
  return (
    standing.fingerprint !== '' && speaker.fingerprint !== undefined && speaker.fingerprint !== standing.fingerprint
  );
}

/**
 * Tells the users of one machine id apart by their fingerprints; pure.
 *
 * A fingerprint that is new may be a new motherboard, so it is only noted. Once one comes back after another was seen,
 * two machines share the id (a cloned disk): the one that was seen first goes on, the other is refused.
 *
 * @param known fingerprints of the machine, the one seen first first
 * @param sinceMs since when the machine has the fingerprint of its standing, where nothing else is known of it
 */
export function tellApart(
  standing: MachineStanding,
  known: readonly SeenFingerprint[],
  speaker: Speaker,
  { atMs, sinceMs }: { readonly atMs: number; readonly sinceMs: number },
): ToldApart {
  const fingerprint = speaker.fingerprint ?? known.find(({ selfHash }) => selfHash === speaker.selfHash)?.fingerprint;
  if (fingerprint === undefined) return { result: 'as-before' };
  const before = known.find((one) => one.fingerprint === fingerprint);
  const seen = touched(standing, before, { fingerprint, selfHash: speaker.selfHash, atMs });
  if (before?.state === 'refused') {
    const isNews = atMs - before.lastSeenAtMs >= NOTED_MS || before.selfHash !== seen.selfHash;
    return { result: 'refused', seen: isNews ? [seen] : [] };
  }
  if (fingerprint === standing.fingerprint) {
    return before === undefined || before.selfHash === seen.selfHash
      ? { result: 'as-before' }
      : { result: 'changed', seen: [seen], isFirst: false };
  }
  const current = known.find((one) => one.fingerprint === standing.fingerprint) ?? unnoted(standing, { sinceMs, atMs });
  if (before === undefined) return { result: 'changed', seen: [current, seen], isFirst: true };
  if (before.state === 'accepted' && current.state === 'accepted') {
    return { result: 'changed', seen: [seen], isFirst: false };
  }
  const newer = { ...(before.firstSeenAtMs <= current.firstSeenAtMs ? current : seen), state: 'refused' } as const;
  const older = newer.fingerprint === seen.fingerprint ? current : seen;
  return { result: 'two', seen: [older, newer], newer };
}

function touched(
  { agencyCode, machineId }: MachineStanding,
  before: SeenFingerprint | undefined,
  { atMs, ...seen }: Pick<SeenFingerprint, 'fingerprint' | 'selfHash'> & { readonly atMs: number },
): SeenFingerprint {
  const firstSeenAtMs = before?.firstSeenAtMs ?? atMs;
  return { agencyCode, machineId, ...seen, firstSeenAtMs, lastSeenAtMs: atMs, state: before?.state ?? 'seen' };
}

/** The fingerprint a machine had while it was the only one, so that nothing was written of it. */
function unnoted(
  { agencyCode, machineId, fingerprint, freshness, lastSeenAtMs }: MachineStanding,
  { sinceMs, atMs }: { readonly sinceMs: number; readonly atMs: number },
): SeenFingerprint {
  const selfHash = freshness.get('self')?.hash ?? '';
  const firstSeenAtMs = Math.min(sinceMs, atMs - 1);
  return { agencyCode, machineId, fingerprint, firstSeenAtMs, lastSeenAtMs, selfHash, state: 'seen' };
}
