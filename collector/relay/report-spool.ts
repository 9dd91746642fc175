import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { RetryLater } from '../ingest/retry-later.ts';
import { syncFolder, writeDurably } from './durable-file.ts';

/** A report as it came: nothing of it is changed. */
export interface SpooledReport {
  readonly machineId: string;
  /** As the report says; nobody has verified it. */
  readonly seq: number;
  readonly signature: string;
  /** Value of Content-Encoding; absent when the body is as it was signed. */
  readonly encoding?: string;
  readonly body: Buffer;
}

/** A report that waits. */
export interface WaitingReport extends SpooledReport {
  readonly name: string;
  /** When it was kept, epoch milliseconds. */
  readonly keptAtMs: number;
}

/** How much may wait. */
export interface SpoolTerms {
  readonly maxBytes: number;
  readonly maxMachineBytes: number;
  /** Share of `maxBytes` for machines of which nothing was ever taken by the collector: anyone can make those up. */
  readonly strangerRatio: number;
}

interface Entry {
  readonly name: string;
  readonly bytes: number;
  /** When it was kept, epoch milliseconds. */
  readonly keptAtMs: number;
}

interface Queue {
  readonly entries: Entry[];
  /** On disk, with the folder. */
  bytes: number;
}

/** What a disk gives out at a time, in bytes: a file takes so many whole, and a folder at least one. */
const BLOCK_BYTES = 4_096;
/** Wait that is told when there is no room, in seconds. */
const FULL_RETRY_SECONDS = 600;
/** Reports that the collector refused and that are kept to be looked at; the oldest goes first. */
const MAX_REFUSED_COUNT = 100;
const MACHINE_FOLDER = /^[0-9a-f-]{36}$/;
const REPORT_FILE = /^[0-9]{12}\.report$/;

const header = z.object({ seq: z.int(), signature: z.string(), encoding: z.string().optional() });

/** The reports that wait on disk, one folder a machine, oldest first. */
export class ReportSpool {
  readonly #folder: string;
  readonly #refusedFolder: string;
  readonly #terms: SpoolTerms;
  readonly #isStranger: (machineId: string) => boolean;
  readonly #queues = new Map<string, Queue>();
  /** Of all queues, as there may be very many of machines that somebody made up. */
  readonly #total = { count: 0, bytes: 0 };
  #lastNumber = 0;

  /** Opens the folders and drops what was half written when a relay was killed: it was never acknowledged. */
  constructor(folder: string, terms: SpoolTerms, isStranger: (machineId: string) => boolean) {
    this.#folder = join(folder, 'queue');
    this.#refusedFolder = join(folder, 'refused');
    this.#terms = terms;
    this.#isStranger = isStranger;
    for (const path of [this.#folder, this.#refusedFolder]) mkdirSync(path, { recursive: true, mode: 0o700 });
    for (const machineId of readdirSync(this.#folder).filter((name) => MACHINE_FOLDER.test(name))) {
      this.#load(machineId);
    }
  }

  /** Machines that have something waiting. */
  machines(): readonly string[] {
    return [...this.#queues.keys()];
  }

  /** Reports that wait, of one machine or of all. */
  countOf(machineId?: string): number {
    return machineId === undefined ? this.#total.count : (this.#queues.get(machineId)?.entries.length ?? 0);
  }

  /** Bytes that wait, of the machines that `counts` names or of all. */
  bytesOf(counts?: (machineId: string) => boolean): number {
    if (counts === undefined) return this.#total.bytes;
    return [...this.#queues].reduce((sum, [machineId, { bytes }]) => sum + (counts(machineId) ? bytes : 0), 0);
  }

  /**
   * Keeps a report; when it resolves, the report is synced to disk.
   *
   * @param nowMs wall clock, epoch milliseconds
   * @returns the name under which it can be read
   * @throws {TramdoError} COLLECTOR_BUSY when there is no room, DISK_FULL, DATA_FOLDER_UNUSABLE
   */
  async add({ machineId, seq, signature, encoding, body }: SpooledReport, nowMs: number): Promise<string> {
    const content = Buffer.concat([Buffer.from(`${JSON.stringify({ seq, signature, encoding })}\n`), body]);
    const bytes = onDisk(content.length);
    this.#refuseTooMuch(machineId, bytes);
    this.#lastNumber += 1;
    const name = `${String(this.#lastNumber).padStart(12, '0')}.report`;
    // Counted before it is written, so that reports that come together cannot exceed the bound together.
    this.#note(machineId, { name, bytes, keptAtMs: nowMs });
    try {
      await mkdir(join(this.#folder, machineId), { recursive: true, mode: 0o700 });
      await writeDurably(this.#path(machineId, name), content);
      await syncFolder(this.#folder);
    } catch (error) {
      this.#forget(machineId, name);
      await rm(`${this.#path(machineId, name)}.new`, { force: true });
      this.#dropFolder(machineId);
      throw namedError(error, this.#path(machineId, name));
    }
    return name;
  }

  /** Reads the oldest report of a machine; undefined when nothing waits. One that is damaged is dropped. */
  async oldest(machineId: string): Promise<WaitingReport | undefined> {
    for (;;) {
      const entry = this.#queues.get(machineId)?.entries[0];
      if (entry === undefined) return undefined;
      const { name, keptAtMs } = entry;
      const content = await readFile(this.#path(machineId, name));
      const end = content.indexOf('\n');
      const parsed = header.safeParse(parseJson(content.subarray(0, Math.max(end, 0)).toString('utf8')));
      if (parsed.success) {
        const { encoding, ...rest } = parsed.data;
        const encoded = encoding === undefined ? {} : { encoding };
        return { name, keptAtMs, machineId, ...rest, ...encoded, body: content.subarray(end + 1) };
      }
      await this.setAside(machineId, name);
    }
  }

  /** Takes a report out. */
  async remove(machineId: string, name: string): Promise<void> {
    await rm(this.#path(machineId, name), { force: true });
    this.#forget(machineId, name);
    this.#dropFolder(machineId);
  }

  /** Moves a report that will never be taken to where a person may look at it. */
  async setAside(machineId: string, name: string): Promise<void> {
    await rename(this.#path(machineId, name), join(this.#refusedFolder, `${machineId}-${name}`));
    this.#forget(machineId, name);
    this.#dropFolder(machineId);
    const kept = readdirSync(this.#refusedFolder).toSorted((a, b) => (a.slice(37) < b.slice(37) ? -1 : 1));
    for (const old of kept.slice(0, -MAX_REFUSED_COUNT)) rmSync(join(this.#refusedFolder, old), { force: true });
  }

  /**
   * Removes what waits for too long: nobody asks for it any more.
   *
   * @returns how many reports
   */
  async removeOlderThan(atMs: number): Promise<number> {
    let count = 0;
    for (const [machineId, { entries }] of [...this.#queues]) {
      for (const { name } of entries.filter(({ keptAtMs }) => keptAtMs < atMs)) {
        await this.remove(machineId, name);
        count += 1;
      }
    }
    return count;
  }

  #refuseTooMuch(machineId: string, fileBytes: number): void {
    const { maxBytes, maxMachineBytes, strangerRatio } = this.#terms;
    const ofMachine = this.#queues.get(machineId)?.bytes ?? 0;
    // Its folder comes with the first one.
    const bytes = ofMachine === 0 ? fileBytes + BLOCK_BYTES : fileBytes;
    const isTooMuch =
      ofMachine + bytes > maxMachineBytes ||
      this.bytesOf() + bytes > maxBytes ||
      (this.#isStranger(machineId) && this.bytesOf(this.#isStranger) + bytes > maxBytes * strangerRatio);
    if (!isTooMuch) return;
    const text = 'Cannot keep the report as too many wait for the collector already';
    throw new RetryLater('COLLECTOR_BUSY', text, FULL_RETRY_SECONDS);
  }

  #load(machineId: string): void {
    const folder = join(this.#folder, machineId);
    for (const name of readdirSync(folder).toSorted()) {
      const path = join(folder, name);
      if (!REPORT_FILE.test(name)) {
        rmSync(path, { recursive: true, force: true });
        continue;
      }
      const { size, mtimeMs } = statSync(path);
      this.#note(machineId, { name, bytes: onDisk(size), keptAtMs: mtimeMs });
      this.#lastNumber = Math.max(this.#lastNumber, Number.parseInt(name, 10));
    }
    if (this.countOf(machineId) === 0) rmSync(folder, { recursive: true, force: true });
  }

  #note(machineId: string, entry: Entry): void {
    const known = this.#queues.get(machineId);
    const queue = known ?? { entries: [], bytes: BLOCK_BYTES };
    queue.entries.push(entry);
    queue.bytes += entry.bytes;
    this.#total.bytes += known === undefined ? entry.bytes + BLOCK_BYTES : entry.bytes;
    this.#total.count += 1;
    this.#queues.set(machineId, queue);
  }

  #forget(machineId: string, name: string): void {
    const queue = this.#queues.get(machineId);
    const index = queue?.entries.findIndex((entry) => entry.name === name) ?? -1;
    if (queue === undefined || index < 0) return;
    const [entry] = queue.entries.splice(index, 1);
    queue.bytes -= entry?.bytes ?? 0;
    this.#total.bytes -= entry?.bytes ?? 0;
    this.#total.count -= 1;
    if (queue.entries.length > 0) return;
    this.#queues.delete(machineId);
    this.#total.bytes -= BLOCK_BYTES;
  }

  /**
   * Removes the folder of a machine of which nothing waits: anyone can make up ids, and each folder takes room that no
   * bound counts. At once, so that a report which is being kept meanwhile, being counted already, keeps its folder.
   */
  #dropFolder(machineId: string): void {
    if (this.#queues.has(machineId)) return;
    try {
      rmdirSync(join(this.#folder, machineId));
    } catch {
      // Not there, or something of another program is in it: it is looked at again when the relay starts.
    }
  }

  #path(machineId: string, name: string): string {
    return join(this.#folder, machineId, name);
  }
}

/** What a file of so many bytes takes on disk, in bytes. */
function onDisk(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}

function namedError(error: unknown, path: string): TramdoError {
  const isFull = systemCodeOf(error) === 'ENOSPC' || systemCodeOf(error) === 'EDQUOT';
  const code = isFull ? 'DISK_FULL' : 'DATA_FOLDER_UNUSABLE';
  return new TramdoError(code, `Cannot write "${path}": ${messageOf(error)}`, { cause: error });
}
