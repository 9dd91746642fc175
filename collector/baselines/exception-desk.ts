import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { addDays, isoDateOf } from '../catalogues/viet-nam-time.ts';
import type { Principal } from '../people/principal.ts';
import type { RegisterState } from '../register/register-state.ts';
import type { RuleException } from '../store/exception-store.ts';
import type { Store } from '../store/store.ts';
import type { Baseline } from './baseline.ts';

/** Longest time an exception may be granted for, in days: it is to be looked at again every year. */
const MAX_DAYS = 366;

const text = z.string().trim().min(1).max(500);

/** What somebody writes who grants an exception. */
export const exceptionForm = z.strictObject({
  agencyCode: z.string().max(35).describe('The agency; the exception holds for everything below it in the tree, too'),
  ruleId: z.string().max(64).describe('Rule of the baseline in force'),
  reason: text.describe('Why the machines need not pass the rule'),
  document: text.describe('Number of the document that grants it'),
  firstDay: z.iso.date().describe('First day on which it holds, `yyyy-mm-dd`; at most a year back'),
  lastDay: z.iso.date().describe(`Last day, at most ${MAX_DAYS} days with the first one`),
});

/** See {@link exceptionForm}. */
export type ExceptionForm = z.infer<typeof exceptionForm>;

/** What the desk works with. */
export interface ExceptionDeskParts {
  readonly store: Store;
  readonly register: { state(day?: string): Promise<RegisterState> };
  readonly baseline: Baseline;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/**
 * Exceptions from rules, for an agency and everything below it, for at most a year. None changes a verdict: a machine
 * that fails goes on failing, and is counted once more among the excepted ones.
 */
export class ExceptionDesk {
  readonly #parts: ExceptionDeskParts;

  constructor(parts: ExceptionDeskParts) {
    this.#parts = parts;
  }

  /** Every exception, running or not, newest first. */
  list(): Promise<readonly RuleException[]> {
    return this.#parts.store.exceptions.list();
  }

  /**
   * One exception.
   *
   * @throws {TramdoError} EXCEPTION_UNKNOWN
   */
  async find(id: string): Promise<RuleException> {
    const found = await this.#parts.store.exceptions.find(id);
    if (found !== undefined) return found;
    throw new TramdoError('EXCEPTION_UNKNOWN', `Cannot find the exception "${id}"`);
  }

  /**
   * Grants an exception.
   *
   * @throws {TramdoError} EXCEPTION_INVALID, AGENCY_UNKNOWN, RULE_UNKNOWN
   */
  async grant(actor: Principal, form: ExceptionForm): Promise<RuleException> {
    const { store, baseline, nowMs } = this.#parts;
    const parsed = exceptionForm.safeParse(form);
    if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
    const { agencyCode, ruleId, firstDay, lastDay } = parsed.data;
    if (!baseline.rules.some((rule) => rule.ruleId === ruleId)) {
      throw new TramdoError('RULE_UNKNOWN', `Cannot except from "${ruleId}" as ${baseline.id} has no such rule`);
    }
    await this.#requireAgency(agencyCode);
    checkDays(firstDay, lastDay, isoDateOf(nowMs()));
    const atMs = nowMs();
    const granted: RuleException = { id: uuidv7(), ...parsed.data, grantedAtMs: atMs, grantedBy: actor.name };
    await store.transaction(async (transaction) => {
      await transaction.exceptions.add(granted);
      await transaction.audit.append({
        atMs,
        actor,
        action: 'exception.grant',
        target: granted.id,
        agencyCode,
        detail: { ruleId, firstDay, lastDay, document: granted.document, reason: granted.reason },
      });
    });
    return granted;
  }

  /**
   * Ends an exception before its time.
   *
   * @param on first day on which it no longer holds; today when absent
   * @throws {TramdoError} EXCEPTION_UNKNOWN, EXCEPTION_INVALID for one that is over, or a day outside of it
   */
  async end(actor: Principal, id: string, on?: string): Promise<RuleException> {
    const { store, nowMs } = this.#parts;
    const atMs = nowMs();
    const today = isoDateOf(atMs);
    const day = on ?? today;
    const found = await this.find(id);
    const { agencyCode, lastDay, ended } = found;
    if (ended !== undefined) throw invalid(`"${id}" was ended on ${ended.on} already`);
    if (lastDay < today) throw invalid(`"${id}" ran out on ${lastDay}`);
    if (day < today || day > lastDay) {
      throw invalid(`"on" is not allowed: current value is "${day}", allowed is ${today} to ${lastDay}`);
    }
    const note = { on: day, atMs, by: actor.name };
    await store.transaction(async (transaction) => {
      await transaction.exceptions.end(id, note);
      const detail = { ruleId: found.ruleId, on: day };
      await transaction.audit.append({ atMs, actor, action: 'exception.end', target: id, agencyCode, detail });
    });
    return { ...found, ended: note };
  }

  async #requireAgency(code: string): Promise<void> {
    const { agencies } = await this.#parts.register.state();
    if (agencies.some((agency) => agency.code === code)) return;
    throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${code}" in the register of today`);
  }
}

function checkDays(firstDay: string, lastDay: string, today: string): void {
  const earliest = addDays(today, -MAX_DAYS);
  if (firstDay < earliest) {
    throw invalid(`"firstDay" is not allowed: current value is "${firstDay}", allowed is ${earliest} and later`);
  }
  const latest = addDays(firstDay, MAX_DAYS - 1);
  if (lastDay < firstDay || lastDay > latest) {
    throw invalid(`"lastDay" is not allowed: current value is "${lastDay}", allowed is ${firstDay} to ${latest}`);
  }
  if (lastDay < today) {
    throw invalid(`"lastDay" is not allowed: current value is "${lastDay}", allowed is ${today} and later`);
  }
}

function invalid(why: string): TramdoError {
  return new TramdoError('EXCEPTION_INVALID', `Cannot accept the exception: ${why}`);
}
