import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { parseJson } from '#shared/parse-json.ts';
import { report } from '#shared/report.ts';
import { makeFolder, movePath, readOwnFile, removePath, writeDurably } from '../host/durable-file.ts';
import { mergeQuietReport, mergeReports } from './merge-reports.ts';

/** What waits: a report without the instant of sending, which is set when it is signed and sent. */
export const unsentReport = report.omit({ sentAt: true });

/** See {@link unsentReport}. */
export type UnsentReport = z.infer<typeof unsentReport>;

const outboxEntry = z.object({
  queuedAtMs: z.number().describe('When it was queued, by the machine clock'),
  attemptsThrough: z.int().nonnegative().describe('Newest round of attempts that is in it'),
  report: unsentReport,
});

/** One file of the outbox. */
export type OutboxEntry = z.infer<typeof outboxEntry>;

/** Bounds of the outbox. */
export interface OutboxLimits {
  /** Largest total size of waiting reports, in bytes; beyond it the oldest are merged. */
  readonly maxBytes: number;
  /** Age from which a waiting report is merged into the one after it, in milliseconds. */
  readonly maxAgeMs: number;
}

/** 32 MB and 35 days. */
export const DEFAULT_LIMITS: OutboxLimits = { maxBytes: 33_554_432, maxAgeMs: 35 * 86_400_000 };

/** Reports that are being merged into one, and the numbers of those that are in it. */
interface Run {
  readonly entry: OutboxEntry;
  readonly replaced: readonly number[];
}

const ENTRY_NAME = /^([0-9]{12})\.json$/;

/**
 * Reports that are not acknowledged yet, one file each, numbered by `seq`. A file is written durably before anything
 * is sent and removed after the acknowledgement, so that kill -9 loses nothing and at worst sends one report twice.
 */
export class Outbox {
  readonly #folder: string;
  readonly #limits: OutboxLimits;

  constructor(folder: string, limits: OutboxLimits = DEFAULT_LIMITS) {
    this.#folder = folder;
    this.#limits = limits;
  }

  /** Sequence numbers that wait, oldest first. */
  list(): readonly number[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .map((name) => ENTRY_NAME.exec(name)?.[1])
      .filter((digits) => digits !== undefined)
      .map(Number)
      .toSorted((a, b) => a - b);
  }

  /** Total size of what waits, in bytes. */
  sizeBytes(): number {
    return this.list().reduce((sum, seq) => sum + statSync(this.#path(seq)).size, 0);
  }

  /** When the file of the oldest waiting report was written, epoch milliseconds; undefined when nothing waits. */
  oldestAtMs(): number | undefined {
    const [oldest] = this.list();
    return oldest === undefined ? undefined : statSync(this.#path(oldest)).mtimeMs;
  }

  /** Puts a report in; it is on disk, synced, when this returns. */
  add(entry: OutboxEntry): void {
    makeFolder(this.#folder);
    writeDurably(this.#path(entry.report.seq), JSON.stringify(entry));
  }

  /** Reads a waiting report; undefined when the file is damaged, which is then set aside as `.damaged`. */
  read(seq: number): OutboxEntry | undefined {
    const parsed = outboxEntry.safeParse(parseJson(readOwnFile(this.#path(seq)) ?? ''));
    if (parsed.success) return parsed.data;
    movePath(this.#path(seq), `${this.#path(seq)}.damaged`);
    return undefined;
  }

  /** Takes an acknowledged report out. */
  remove(seq: number): void {
    removePath(this.#path(seq));
  }

  /** Moves a report that the collector will never take into a folder of its own. */
  setAside(seq: number, folder: string): void {
    makeFolder(folder);
    movePath(this.#path(seq), join(folder, `${seq}.json`));
  }

  /**
   * Keeps the outbox small: reports that bring no state of a probe are merged into the one after them at once, without
   * loss, so that a week without a collector is a few files with every slot in them; beyond the bounds the oldest
   * reports are merged whatever they bring.
   *
   * The very first is left alone, as it may have arrived without its acknowledgement having come back; so is the newest,
   * so that whatever happens right after a report was queued meets it as it was written.
   *
   * @returns how many reports were found damaged and set aside: they are lost and must be counted
   */
  enforceLimits(nowMs: number): number {
    let damagedCount = this.#mergeQuiet();
    let total = this.sizeBytes();
    for (;;) {
      const [, older, newer] = this.list();
      if (older === undefined || newer === undefined) return damagedCount;
      const first = this.read(older);
      const second = this.read(newer);
      if (first === undefined || second === undefined) {
        damagedCount += [first, second].filter((entry) => entry === undefined).length;
        continue;
      }
      if (total <= this.#limits.maxBytes && nowMs - first.queuedAtMs <= this.#limits.maxAgeMs) return damagedCount;
      const oldestSlotMs = nowMs - this.#limits.maxAgeMs;
      this.add({ ...second, report: mergeReports(first.report, second.report, oldestSlotMs) });
      this.remove(older);
      total = this.sizeBytes();
    }
  }

  /** One pass from old to new; a run of quiet reports is written once, however long it is. */
  #mergeQuiet(): number {
    let damagedCount = 0;
    let run: Run | undefined;
    for (const seq of this.list().slice(1, -1)) {
      const next = this.read(seq);
      if (next === undefined) damagedCount += 1;
      else run = this.#lengthen(run, next);
    }
    this.#write(run);
    return damagedCount;
  }

  #lengthen(run: Run | undefined, next: OutboxEntry): Run {
    if (run === undefined) return { entry: next, replaced: [] };
    const { entry, replaced } = run;
    // A crash between writing a merged report and removing its parts left this part behind.
    const isCovered = (next.report.coversFromSeq ?? next.report.seq) <= entry.report.seq;
    const report = isCovered ? next.report : mergeQuietReport(entry.report, next.report);
    if (report !== undefined) return { entry: { ...next, report }, replaced: [...replaced, entry.report.seq] };
    this.#write(run);
    return { entry: next, replaced: [] };
  }

  #write(run: Run | undefined): void {
    if (run === undefined || run.replaced.length === 0) return;
    this.add(run.entry);
    for (const seq of run.replaced) this.remove(seq);
  }

  #path(seq: number): string {
    return join(this.#folder, `${String(seq).padStart(12, '0')}.json`);
  }
}
