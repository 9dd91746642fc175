import type { SeenFingerprint } from '../store/machine-conflict-store.ts';
import type { Machine } from '../store/machine-store.ts';
import type { MachineStanding } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import type { ArrivedReport } from './apply-batch.ts';
import type { CheckedReport } from './check-report.ts';
import type { Judge } from './judge.ts';
import { openConflict } from './open-conflict.ts';
import { isDoubtful, speakerOf, tellApart } from './tell-apart.ts';

/** Difference to the machine's clock from which a number that was there before is an old report, in milliseconds. */
const OLD_MS = 86_400_000;

/** Looks at who sends the reports of a batch, and writes down what it finds. */
export class IdUsers {
  readonly #known: Map<string, readonly SeenFingerprint[]>;
  readonly #machines: ReadonlyMap<string, Machine>;
  readonly #changed = new Map<string, SeenFingerprint>();
  readonly #swaps: { readonly machine: Machine; readonly fingerprint: string; readonly atMs: number }[] = [];
  readonly #pairs: {
    readonly machine: Machine;
    readonly evidence: readonly SeenFingerprint[];
    readonly atMs: number;
  }[] = [];

  private constructor(known: ReadonlyMap<string, readonly SeenFingerprint[]>, machines: ReadonlyMap<string, Machine>) {
    this.#known = new Map(known);
    this.#machines = machines;
  }

  /** Reads what is needed of the machines that are in doubt; of the others, which is all of them nearly always, nothing. */
  static async of(
    store: Store,
    standings: ReadonlyMap<string, MachineStanding>,
    reports: readonly ArrivedReport[],
  ): Promise<IdUsers> {
    const doubtful = reports.filter(({ machine, checked }) => {
      const standing = standings.get(machine.machineId);
      return standing !== undefined && isDoubtful(standing, speakerOf(checked));
    });
    if (doubtful.length === 0) return new IdUsers(new Map(), new Map());
    const keys = doubtful.map(({ machine }) => machine);
    const machines = await Promise.all(keys.map(({ machineId }) => store.machines.find(machineId)));
    return new IdUsers(
      await store.conflicts.fingerprints(keys),
      new Map(machines.flatMap((machine) => (machine === undefined ? [] : [[machine.machineId, machine] as const]))),
    );
  }

  /**
   * The standing with the fingerprint that speaks in a report.
   *
   * @returns undefined when the report comes from the newer of two that use the id
   */
  admit(standing: MachineStanding, { checked, arrivedAtMs }: ArrivedReport): MachineStanding | undefined {
    const speaker = speakerOf(checked);
    const machine = this.#machines.get(standing.machineId);
    if (isReplayed(standing, checked, arrivedAtMs)) return standing;
    if (speaker === undefined || machine === undefined || !isDoubtful(standing, speaker)) {
      return standing.fingerprint === '' ? { ...standing, fingerprint: speaker?.fingerprint ?? '' } : standing;
    }
    const known = this.#known.get(standing.machineId) ?? [];
    const terms = { atMs: arrivedAtMs, sinceMs: machine.enrolledAtMs };
    const told = tellApart(standing, known, speaker, terms);
    if (told.result === 'as-before') return standing;
    this.#note(standing.machineId, told.seen);
    if (told.result === 'refused') return undefined;
    const spoken = told.seen.at(-1)?.fingerprint ?? standing.fingerprint;
    if (told.result === 'changed') {
      if (told.isFirst) this.#swaps.push({ machine, fingerprint: spoken, atMs: arrivedAtMs });
      return { ...standing, fingerprint: spoken };
    }
    this.#pairs.push({ machine, evidence: told.seen, atMs: arrivedAtMs });
    const [older] = told.seen;
    return { ...standing, fingerprint: older?.fingerprint ?? standing.fingerprint, isContested: true };
  }

  /** Writes down what was found, within the transaction of the reports. */
  async save(store: Store, judge: Judge): Promise<void> {
    if (this.#changed.size > 0) await store.conflicts.saveFingerprints([...this.#changed.values()]);
    for (const { machine, fingerprint, atMs } of this.#swaps) {
      const { agencyCode, machineId } = machine;
      await store.machines.addEvent({ agencyCode, machineId, atMs, event: 'fingerprint-changed', detail: fingerprint });
    }
    for (const { machine, evidence, atMs } of this.#pairs) {
      const [, newer] = evidence;
      if (newer === undefined) continue;
      const second = { ...machine, fingerprint: newer.fingerprint };
      const conflict = { kind: 'cloned-disk', evidence } as const;
      await openConflict(store, judge, { first: machine, second, conflict, atMs });
    }
  }

  #note(machineId: string, seen: readonly SeenFingerprint[]): void {
    const byName = new Map((this.#known.get(machineId) ?? []).map((one) => [one.fingerprint, one]));
    for (const one of seen) {
      byName.set(one.fingerprint, one);
      this.#changed.set(`${machineId} ${one.fingerprint}`, one);
    }
    this.#known.set(
      machineId,
      [...byName.values()].toSorted((a, b) => a.firstSeenAtMs - b.firstSeenAtMs),
    );
  }
}

/** An old report that somebody sends again has no effect: it must not make the hardware of today look like a copy. */
function isReplayed({ lastSeq, clockOffsetMs = 0 }: MachineStanding, { report }: CheckedReport, arrivedAtMs: number) {
  const offsetMs = Date.parse(report.sentAt) - arrivedAtMs;
  return report.seq <= lastSeq && Math.abs(offsetMs - clockOffsetMs) > OLD_MS;
}
