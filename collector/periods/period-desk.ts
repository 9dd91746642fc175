import { TramdoError } from '#shared/errors.ts';
import { XlsxWriter } from '../exports/xlsx-writer.ts';
import type { IndicatorSnapshot } from '../indicators/indicator-snapshot.ts';
import type { Principal } from '../people/principal.ts';
import { packDocument, type SealQuery } from '../store/period-store.ts';
import type { Store } from '../store/store.ts';
import { buildDocument } from './build-document.ts';
import { canonicalJson } from './canonical-json.ts';
import { changedParts } from './changed-parts.ts';
import { compareResults } from './compare-results.ts';
import { documentPart } from './document-part.ts';
import type { Comparison, LiveComparison, PeriodAsked, PeriodDraft, SealedPeriod, SealOrder } from './period-draft.ts';
import type { PeriodView } from './period-file.ts';
import { periodWarnings } from './period-warnings.ts';
import { type PeriodFile, type PeriodFileAsked, printPeriod } from './print-period.ts';
import { hasEnded, parsePeriod } from './reporting-period.ts';
import { parseSealDocument, type SealDocument } from './seal-document.ts';
import { linkOf, type SealRecord, sha256Of } from './seal-record.ts';
import {
  changedSince,
  newestBefore,
  newestOf,
  requireBegun,
  requireEnded,
  requireWholeRegister,
  unknownSeal,
} from './seal-rules.ts';
import { type Verification, verifySeals } from './verify-seals.ts';

/** What the desk works with. */
export interface PeriodDeskParts {
  readonly store: Store;
  /** Indicators of a day with machine ids; the figures of now when the day is absent. */
  readonly snapshot: (setId: string, day?: string) => Promise<IndicatorSnapshot>;
  /** The set that is meant when none is named. */
  readonly defaultSetId: string;
  /** Machines with a conflict of identity that nobody decided. */
  readonly countConflicts: () => Promise<number>;
  readonly softwareVersion: string;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** Seals among which the one before is looked for. */
const MAX_LOOKED_BACK = 500;

/** The work on reporting periods: compute, review, seal, verify. A seal is never changed; a correction is a new one. */
export class PeriodDesk {
  readonly #parts: PeriodDeskParts;
  readonly #xlsx = new XlsxWriter();

  constructor(parts: PeriodDeskParts) {
    this.#parts = parts;
  }

  /** Seals, newest first. */
  list(query: SealQuery): Promise<readonly SealRecord[]> {
    return this.#parts.store.periods.list(query);
  }

  /**
   * Computes a period as it would be sealed now, or the part of it that belongs to the agencies of whoever asks.
   *
   * @throws {TramdoError} PERIOD_INVALID, PERIOD_NOT_ENDED when it has not even begun, AGENCY_UNKNOWN for somebody
   * whose agency is not in the register of that day, and what the snapshot throws
   */
  async draft({ agencyCode }: Principal, asked: PeriodAsked): Promise<PeriodDraft> {
    const { document: whole, text } = await this.#compute(asked);
    const document = agencyCode === undefined ? whole : documentPart(whole, agencyCode);
    if (document === undefined) {
      throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}" in the register of ${whole.day}`);
    }
    const seals = await this.list({ setId: document.facts.indexSet.id, limit: MAX_LOOKED_BACK });
    const part = { document, ...(agencyCode === undefined ? {} : { partOf: agencyCode }) };
    const sealed = await this.#against(part, newestOf(seals, document.period));
    const previous = await this.#against(part, newestBefore(seals, document.period));
    // How many machines of others are in conflict is none of the business of one agency.
    const conflictCount = agencyCode === undefined ? await this.#parts.countConflicts() : 0;
    return {
      ...part,
      warnings: periodWarnings(document, conflictCount),
      ...(agencyCode === undefined ? { contentHash: sha256Of(text) } : {}),
      ...(sealed === undefined ? {} : { sealed }),
      ...(previous === undefined ? {} : { previous }),
    };
  }

  /**
   * Seals a period that is over.
   *
   * @throws {TramdoError} PERIOD_INVALID, PERIOD_NOT_ENDED, PERIOD_SEALED, PERIOD_CHANGED, SEAL_UNKNOWN,
   * ACCESS_FORBIDDEN, REQUEST_INVALID, STORE_UNAVAILABLE
   */
  async seal(principal: Principal, order: SealOrder): Promise<SealRecord> {
    requireWholeRegister(principal, 'seal');
    const { store, nowMs, defaultSetId } = this.#parts;
    const period = parsePeriod(order.periodId);
    const setId = order.setId ?? defaultSetId;
    requireEnded(period, nowMs());
    await this.#requirePlace(store, { ...order, setId });
    const { text } = await this.#compute(order);
    const contentHash = sha256Of(text);
    if (order.contentHash !== undefined && order.contentHash !== contentHash) throw changedSince(order.contentHash);
    const packed = await packDocument(text);
    return store.transaction(async (transaction) => {
      await this.#requirePlace(transaction, { ...order, setId });
      const newest = await transaction.periods.newest();
      const seal = linkOf({
        seq: (newest?.seq ?? 0) + 1,
        periodId: period.id,
        setId,
        sealedAtMs: nowMs(),
        sealedBy: { kind: principal.kind, id: principal.id, name: principal.name },
        ...(order.note === undefined ? {} : { note: order.note }),
        ...(order.correctsSeq === undefined ? {} : { replacesSeq: order.correctsSeq }),
        ...(order.reason === undefined ? {} : { reason: order.reason }),
        contentHash,
        previousHash: newest?.hash ?? '',
      });
      await transaction.periods.append(seal, packed);
      await transaction.audit.append({
        atMs: seal.sealedAtMs,
        actor: seal.sealedBy,
        action: 'period.seal',
        target: period.id,
        detail: { seq: seal.seq, setId, hash: seal.hash, contentHash, replacesSeq: seal.replacesSeq ?? 0 },
      });
      return seal;
    });
  }

  /**
   * A seal with its document, or the part of it that belongs to the agencies of whoever asks.
   *
   * @throws {TramdoError} SEAL_UNKNOWN, also for somebody whose agency was not in the register of that day; SEAL_BROKEN
   */
  async read(principal: Principal, seq: number): Promise<SealedPeriod> {
    const { seal, text } = await this.#open(seq);
    const document = parseSealDocument(text);
    if (principal.agencyCode === undefined) return { seal, document, text };
    const part = documentPart(document, principal.agencyCode);
    if (part === undefined) throw unknownSeal(seq);
    return { seal, document: part, partOf: principal.agencyCode };
  }

  /** The newest seal of a period and set; undefined when there is none. */
  async newest({ periodId, setId }: PeriodAsked): Promise<SealRecord | undefined> {
    const { id } = parsePeriod(periodId);
    const [seal] = await this.list({ periodId: id, setId: setId ?? this.#parts.defaultSetId, limit: 1 });
    return seal;
  }

  /** Prints a period as a file; Excel files are written in a thread of their own, one after the other. */
  print(view: PeriodView & Pick<SealedPeriod, 'text'>, asked: PeriodFileAsked): Promise<PeriodFile> {
    return printPeriod(view, asked, (tables, options) => this.#xlsx.write(tables, options));
  }

  /**
   * Recomputes the chain, every content hash and every figure.
   *
   * @throws {TramdoError} ACCESS_FORBIDDEN for somebody who may only see a part
   */
  async verify(principal: Principal): Promise<Verification> {
    requireWholeRegister(principal, 'verify seals');
    return verifySeals(this.#parts.store.periods);
  }

  /**
   * Computes a sealed period anew from the live store and says what is not as it was.
   *
   * @throws {TramdoError} SEAL_UNKNOWN, SEAL_BROKEN, ACCESS_FORBIDDEN for somebody who may only see a part
   */
  async compare(principal: Principal, seq: number): Promise<LiveComparison> {
    requireWholeRegister(principal, 'compare a seal');
    const { seal, text } = await this.#open(seq);
    const sealed = parseSealDocument(text);
    const { softwareVersion, snapshot } = this.#parts;
    const live = await snapshot(seal.setId, sealed.day);
    const terms = { period: sealed.period, isPeriodOver: true, softwareVersion: sealed.softwareVersion };
    const isOtherSet = canonicalJson(live.indexSet) !== canonicalJson(sealed.facts.indexSet);
    // Another version may word its method otherwise; that is no change of the store.
    const recomputed = {
      ...buildDocument({ ...live, indexSet: sealed.facts.indexSet }, terms),
      method: sealed.method,
    };
    const parts = [...changedParts(text, recomputed), ...(isOtherSet ? ['facts.indexSet'] : [])];
    return {
      seal,
      isSame: parts.length === 0,
      isOtherSet,
      changedParts: [...new Set(parts)].toSorted(),
      differences: compareResults(sealed.results, recomputed.results),
      sealedVersion: sealed.softwareVersion,
      softwareVersion,
    };
  }

  async #compute({ periodId, setId }: PeriodAsked): Promise<{ document: SealDocument; text: string }> {
    const { snapshot, nowMs, softwareVersion, defaultSetId } = this.#parts;
    const period = parsePeriod(periodId);
    requireBegun(period, nowMs());
    const isPeriodOver = hasEnded(period, nowMs());
    const facts = await snapshot(setId ?? defaultSetId, isPeriodOver ? period.lastDay : undefined);
    const document = buildDocument(facts, { period, isPeriodOver, softwareVersion });
    return { document, text: canonicalJson(document) };
  }

  async #open(seq: number): Promise<{ seal: SealRecord; text: string }> {
    const { periods } = this.#parts.store;
    const seal = await periods.find(seq);
    const text = await periods.document(seq);
    if (seal === undefined || text === undefined) throw unknownSeal(seq);
    if (sha256Of(text) === seal.contentHash) return { seal, text };
    throw new TramdoError(
      'SEAL_BROKEN',
      `Cannot use seal ${seq} as its document does not have the hash that was sealed`,
    );
  }

  async #against(
    { document, partOf }: Pick<PeriodDraft, 'document' | 'partOf'>,
    seal: SealRecord | undefined,
  ): Promise<Comparison | undefined> {
    if (seal === undefined) return undefined;
    const { text } = await this.#open(seal.seq);
    const sealed = parseSealDocument(text);
    // A part is compared with the same agencies of that time.
    const results = partOf === undefined ? sealed.results : (documentPart(sealed, partOf)?.results ?? []);
    return { seal, differences: compareResults(results, document.results) };
  }

  /** A period is sealed once; after that, only by naming the newest seal and the reason. */
  async #requirePlace({ periods }: Pick<Store, 'periods'>, order: SealOrder & { setId: string }): Promise<void> {
    const { periodId, setId, correctsSeq, reason } = order;
    const [present] = await periods.list({ periodId, setId, limit: 1 });
    if (present?.seq !== correctsSeq) {
      if (present === undefined) throw unknownSeal(correctsSeq ?? 0);
      throw new TramdoError(
        'PERIOD_SEALED',
        `Cannot seal ${periodId} for ${setId} as it is sealed: to correct it, name seal ${present.seq} and the reason`,
      );
    }
    if (correctsSeq !== undefined && (reason ?? '').trim() === '') {
      throw new TramdoError('REQUEST_INVALID', `Cannot correct seal ${correctsSeq} as the reason is missing`);
    }
  }
}
