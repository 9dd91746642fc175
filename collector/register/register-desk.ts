import { isDeepStrictEqual } from 'node:util';
import { TramdoError } from '#shared/errors.ts';
import { isoDateOf } from '../catalogues/viet-nam-time.ts';
import type { AuditEntry } from '../people/audit.ts';
import { type Principal, scopeOf } from '../people/principal.ts';
import type { Store } from '../store/store.ts';
import type { Agency } from './agency.ts';
import { type AgencyRecord, agencyRecord } from './agency-record.ts';
import { newProblems } from './check-register.ts';
import { type ClosingOrder, planClosing } from './close-agency.ts';
import { type Declaration, newlyDeclared } from './declaration.ts';
import { type MergeOrder, type MergeOutcome, planMerge } from './merge-agencies.ts';
import { RegisterCache } from './register-cache.ts';
import { applyRegisterChange, type RegisterChange } from './register-change.ts';
import { describeRegisterProblem } from './register-problem.ts';
import { type RegisterFacts, type RegisterState, registerAt } from './register-state.ts';
import {
  type AgencyForm,
  type AgencyValidity,
  agencyOf,
  type FormTerms,
  plainForm,
  plainValidity,
  planForm,
} from './set-form.ts';

/** What the desk works with. */
export interface RegisterDeskParts {
  readonly store: Store;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

type AuditLine = Pick<AuditEntry, 'action' | 'target' | 'detail'>;

interface Planned<Result> {
  readonly change: RegisterChange;
  /** Written when the change holds anything; each concerns the agency that is its target. */
  readonly lines: readonly AuditLine[];
  readonly result: Result;
}

/** Problems that one message names; the number of the others is said. */
const MAX_NAMED = 5;

/**
 * The work on the register of agencies. Every change is checked against the tree of all days, is written whole or not
 * at all, and leaves its lines in the audit log; one that changes nothing leaves none.
 */
export class RegisterDesk {
  readonly #store: Store;
  readonly #nowMs: () => number;
  readonly #cache: RegisterCache;

  constructor({ store, nowMs }: RegisterDeskParts) {
    this.#store = store;
    this.#nowMs = nowMs;
    this.#cache = new RegisterCache(store.register);
  }

  /** Today in Asia/Ho_Chi_Minh, `yyyy-mm-dd`. */
  today(): string {
    return isoDateOf(this.#nowMs());
  }

  /** The register on a day `yyyy-mm-dd`, today when absent; changes of other processes are seen at once. */
  state(day: string = this.today()): Promise<RegisterState> {
    return this.#cache.state(day);
  }

  /** Everything that was ever declared. */
  facts(): Promise<RegisterFacts> {
    return this.#cache.facts();
  }

  /**
   * Everything the register says of an agency on a day `yyyy-mm-dd`, today when absent.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN
   */
  async record(code: string, day?: string): Promise<AgencyRecord> {
    return agencyRecord(await this.facts(), await this.state(day), code);
  }

  /**
   * Puts an agency into the register, with what it declares.
   *
   * @throws {TramdoError} AGENCY_EXISTS, AGENCY_INVALID, AGENCY_UNKNOWN when somebody may not add there
   */
  add(actor: Principal, added: Agency, declaration: Declaration = {}): Promise<void> {
    return this.#change(actor, (facts) => {
      if (facts.agencies.some(({ code }) => code === added.code)) {
        throw new TramdoError(
          'AGENCY_EXISTS',
          `Cannot add the agency "${added.code}" as it is in the register already`,
        );
      }
      // Somebody with a scope adds below it only, and a new agency is in nobody's scope yet.
      if (actor.agencyCode !== undefined) this.#requireCovered(actor, facts, [added.parentCode ?? added.code]);
      const { change, lines } = newlyDeclared(facts, added.code, declaration);
      const detail = { nameVi: added.nameVi, level: added.level, ...textDetail(added, ['parentCode', 'validFrom']) };
      return {
        change: { ...change, agencies: [added] },
        lines: [{ action: 'agency.add', target: added.code, detail }, ...lines],
        result: undefined,
      };
    });
  }

  /**
   * Gives an agency a name, level and parent from a day on, or corrects those of a day.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_INVALID
   */
  setForm(actor: Principal, code: string, form: AgencyForm, terms: FormTerms): Promise<void> {
    return this.#change(actor, (facts) => {
      const parents = form.parentCode === undefined ? [] : [form.parentCode];
      this.#requireCovered(actor, facts, code === actor.agencyCode ? [code] : [code, ...parents]);
      const { on, isCorrection } = terms;
      const detail = { on, isCorrection, nameVi: form.nameVi, level: form.level, ...textDetail(form, ['parentCode']) };
      return {
        change: planForm(facts, code, form, terms),
        lines: [{ action: 'agency.set', target: code, detail }],
        result: undefined,
      };
    });
  }

  /**
   * Corrects from when to when an agency exists and what replaced it; what is absent is taken away, so an agency that
   * was ended by mistake goes on. What went to a replacement stays there.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_INVALID
   */
  setValidity(actor: Principal, code: string, validity: AgencyValidity): Promise<void> {
    return this.#change(actor, (facts) => {
      this.#requireCovered(actor, facts, [code]);
      const agency = { code, ...plainForm(agencyOf(facts, code)), ...plainValidity(validity) };
      const isKnown = facts.agencies.some((known) => isDeepStrictEqual(known, agency));
      const detail = textDetail(validity, ['validFrom', 'validTo', 'replacedBy']);
      return {
        change: { agencies: isKnown ? [] : [agency] },
        lines: [{ action: 'agency.set', target: code, detail }],
        result: undefined,
      };
    });
  }

  /**
   * Keeps what an agency declares; what was said for other days stays, and what is known already changes nothing.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_INVALID when a row is of another agency
   */
  declare(actor: Principal, code: string, declaration: Declaration): Promise<void> {
    return this.#change(actor, (facts) => {
      this.#requireCovered(actor, facts, [code]);
      agencyOf(facts, code);
      return { ...newlyDeclared(facts, code, declaration), result: undefined };
    });
  }

  /**
   * Ends an agency; what stands below it and its machines go to the replacement.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_INVALID
   */
  close(actor: Principal, order: ClosingOrder): Promise<void> {
    return this.#change(actor, (facts) => {
      const { code, on, replacedBy } = order;
      this.#requireCovered(actor, facts, [code, ...(replacedBy === undefined ? [] : [replacedBy])]);
      const detail = { on, ...(replacedBy === undefined ? {} : { replacedBy }) };
      return {
        change: planClosing(facts, order),
        lines: [{ action: 'agency.close', target: code, detail }],
        result: undefined,
      };
    });
  }

  /**
   * Makes several agencies one.
   *
   * @throws {TramdoError} AGENCY_UNKNOWN, AGENCY_EXISTS, AGENCY_INVALID
   */
  merge(actor: Principal, order: MergeOrder): Promise<Omit<MergeOutcome, 'change'>> {
    return this.#change(actor, (facts) => {
      const { into, newAgency, from, on, sumSource } = order;
      this.#requireCovered(actor, facts, [...from, newAgency === undefined ? into : (newAgency.parentCode ?? into)]);
      const { change, ...result } = planMerge(facts, order);
      const closed = from.map(
        (code): AuditLine => ({ action: 'agency.close', target: code, detail: { on, replacedBy: into } }),
      );
      const detail = {
        on,
        from: from.join(' '),
        isNew: newAgency !== undefined,
        ...(sumSource === undefined ? {} : { sumSource }),
      };
      return { change, lines: [{ action: 'agency.merge', target: into, detail }, ...closed], result };
    });
  }

  async #change<Result>(actor: Principal, plan: (facts: RegisterFacts) => Planned<Result>): Promise<Result> {
    return this.#store.transaction(async (store) => {
      const facts = await this.#cache.factsWithin(store.register);
      const { change, lines, result } = plan(facts);
      if (Object.values(change).every((rows) => rows.length === 0)) return result;
      refuseProblems(facts, change);
      await store.register.save(change);
      const { kind, id, name } = actor;
      for (const line of lines) {
        await store.audit.append({
          atMs: this.#nowMs(),
          actor: { kind, id, name },
          agencyCode: line.target,
          ...line,
        });
      }
      return result;
    });
  }

  /** What somebody may not see is answered as if it were not there. */
  #requireCovered(actor: Principal, facts: RegisterFacts, codes: readonly string[]): void {
    if (actor.agencyCode === undefined) return;
    const scope = scopeOf(actor, registerAt(facts, this.today()));
    const outside = codes.find((code) => !scope.covers(code));
    if (outside === undefined) return;
    throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${outside}" in the register`);
  }
}

/** @throws {TramdoError} AGENCY_INVALID when a change makes the tree of any day wrong */
function refuseProblems(facts: RegisterFacts, change: RegisterChange): void {
  if ([...(change.agencies ?? []), ...(change.versions ?? [])].length === 0) return;
  const problems = newProblems(facts, applyRegisterChange(facts, change));
  if (problems.length === 0) return;
  const named = problems
    .slice(0, MAX_NAMED)
    .map((problem) => `${problem.agencyCode} ${problem.field}: ${describeRegisterProblem(problem, 'en')}`);
  const rest = problems.length > MAX_NAMED ? `; and ${problems.length - MAX_NAMED} more` : '';
  throw new TramdoError('AGENCY_INVALID', `Cannot change the register: ${named.join('; ')}${rest}`);
}

function textDetail<Key extends keyof Agency>(
  agency: Partial<Agency>,
  keys: readonly Key[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const value = agency[key];
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
