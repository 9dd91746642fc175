import { messageOf } from '#shared/errors.ts';
import type { PeriodStore } from '../store/period-store.ts';
import { parseSealDocument, type SealDocument } from './seal-document.ts';
import { brokenLink, type SealRecord, sha256Of } from './seal-record.ts';
import { firstMiscount } from './verify-document.ts';

/** What was found of one seal. */
export interface SealFinding {
  readonly seq: number;
  readonly periodId: string;
  readonly setId: string;
  /** Undefined when chain, content hash and every figure come out as sealed. */
  readonly problem: string | undefined;
  /** Version of the software that sealed it; undefined when the document cannot be read. */
  readonly softwareVersion: string | undefined;
}

/** What was found of all seals. */
export interface Verification {
  /** Oldest first. */
  readonly seals: readonly SealFinding[];
  /** Hash of the newest link; whoever wrote it down elsewhere can tell that none was cut off. */
  readonly newestHash: string | undefined;
}

/** Links that are read at a time. */
const READ_AT_ONCE = 100;

/** Recomputes the chain, every content hash and every figure, one seal after the other. */
export async function verifySeals(store: PeriodStore): Promise<Verification> {
  const seals: SealFinding[] = [];
  let before: SealRecord | undefined;
  for (const record of await allSeals(store)) {
    seals.push(await examineSeal(store, record, before));
    before = record;
  }
  return { seals, newestHash: before?.hash };
}

/** Every seal of the chain, oldest first, without its document. */
export async function allSeals(store: PeriodStore): Promise<readonly SealRecord[]> {
  const newestFirst: SealRecord[] = [];
  for (;;) {
    const beforeSeq = newestFirst.at(-1)?.seq;
    const records = await store.list({ limit: READ_AT_ONCE, ...(beforeSeq === undefined ? {} : { beforeSeq }) });
    newestFirst.push(...records);
    if (records.length < READ_AT_ONCE) return newestFirst.toReversed();
  }
}

async function examineSeal(
  store: PeriodStore,
  record: SealRecord,
  before: SealRecord | undefined,
): Promise<SealFinding> {
  const { seq, periodId, setId } = record;
  const finding = { seq, periodId, setId };
  const link = brokenLink(record, before);
  if (link !== undefined) return { ...finding, problem: link, softwareVersion: undefined };
  try {
    const text = (await store.document(seq)) ?? '';
    if (sha256Of(text) !== record.contentHash) {
      return { ...finding, problem: 'its document does not have the hash that was sealed', softwareVersion: undefined };
    }
    const document = parseSealDocument(text);
    const problem = misnamed(document, record) ?? firstMiscount(document);
    return { ...finding, problem, softwareVersion: document.softwareVersion };
  } catch (error) {
    // One document that nobody can read must not keep the others from being verified.
    return { ...finding, problem: messageOf(error), softwareVersion: undefined };
  }
}

function misnamed({ period, facts }: SealDocument, { periodId, setId }: SealRecord): string | undefined {
  if (period.id !== periodId) return `its document is of the period ${period.id}`;
  return facts.indexSet.id === setId ? undefined : `its document is of the set ${facts.indexSet.id}`;
}
