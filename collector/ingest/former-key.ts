import { readSigner, verifyDetached } from '#shared/signature.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';
import type { RawReport } from './accept-report.ts';
import type { Judge } from './judge.ts';
import type { KnownFormerKey, MachineDirectory } from './machine-directory.ts';
import { openConflict } from './open-conflict.ts';
import { recordStandings } from './record-standings.ts';

/**
 * Time after a machine joined again within which a report with its former key is one that was under way, in
 * milliseconds. Afterwards it comes from somebody who still has that key.
 */
const UNDER_WAY_MS = 3_600_000;

/** What is needed to find out. */
export interface FormerKeyParts {
  readonly directory: MachineDirectory;
  readonly store: Store;
  readonly judge: Judge;
}

/**
 * Finds the machine that signed with a key its id had before.
 *
 * A machine that was installed anew has lost its former key. If that key still signs, the one that joined last is
 * another machine whose hardware says the same of itself: each gets its own record, the former keeps the history, and
 * both go on reporting under the id they know.
 *
 * @returns undefined when nobody has ever signed so, or when the report was under way
 */
export async function findByFormerKey(
  parts: FormerKeyParts,
  raw: RawReport,
  claimed: MachineKey,
): Promise<MachineKey | undefined> {
  const { directory } = parts;
  const key = await signingKey(await directory.formerKeys(readSigner(raw.signature)), raw);
  if (key === undefined) return undefined;
  if (key.standsFor !== undefined) {
    const { agencyCode, machineId } = await directory.find(key.standsFor);
    return { agencyCode, machineId };
  }
  if (raw.arrivedAtMs - key.replacedAtMs < UNDER_WAY_MS) return undefined;
  const isParted = await parts.store.transaction((store) =>
    partMachines(store, parts.judge, { key, claimed, atMs: raw.arrivedAtMs }),
  );
  directory.forget(claimed.machineId);
  return isParted ? claimed : undefined;
}

async function signingKey(keys: readonly KnownFormerKey[], raw: RawReport): Promise<KnownFormerKey | undefined> {
  for (const key of keys) {
    try {
      await verifyDetached(raw.body, raw.signature, key.verificationKey);
      return key;
    } catch {
      // Another of the few keys may fit; if none does, the caller refuses with the error of the key in force.
    }
  }
  return undefined;
}

interface Parting {
  readonly key: KnownFormerKey;
  readonly claimed: MachineKey;
  readonly atMs: number;
}

async function partMachines(store: Store, judge: Judge, { key, claimed, atMs }: Parting): Promise<boolean> {
  const { machineId } = claimed;
  const machine = await store.machines.find(machineId);
  const before = await store.reports.standings([claimed]);
  const standing = before.get(machineId);
  // A copied disk has the former key as well once the machine it was copied from joined again: its id is in dispute.
  if (machine === undefined || standing === undefined || standing.isContested) return false;
  const { fingerprint, publicKey, hostname, enrolledAtMs } = machine;
  const evidence = [
    { fingerprint, firstSeenAtMs: enrolledAtMs, lastSeenAtMs: atMs },
    { fingerprint, firstSeenAtMs: key.replacedAtMs, lastSeenAtMs: standing.lastSeenAtMs },
  ];
  const second = { fingerprint, publicKey, hostname };
  const conflict = { kind: 'shared-fingerprint', evidence } as const;
  const made = await openConflict(store, judge, { first: machine, second, conflict, atMs });
  await store.machines.save({ ...machine, publicKey: key.publicKey, hostname: key.hostname });
  await store.conflicts.saveKey({ ...claimed, ...key, standsFor: machineId });
  const replacedAtMs = atMs;
  await store.conflicts.saveKey({ ...claimed, publicKey, hostname, replacedAtMs, standsFor: made.machineId });
  // The numbers so far were those of the other machine; what it had seen is asked for again by its hashes.
  await recordStandings(store, { before, after: [{ ...standing, lastSeq: 0 }], atMs });
  return true;
}
