import { ageingCalendar, pausedDays } from '../catalogues/ageing-calendar.ts';
import { dayNumber } from '../catalogues/viet-nam-time.ts';
import { type Calendar, workingDaysBefore } from '../catalogues/working-days.ts';
import type { Absence } from '../store/absence-store.ts';
import type { StateBounds } from '../store/figure-store.ts';
import type { Store } from '../store/store.ts';

/** Time without a sign of life that is an absence, in milliseconds: the minute job may be late, but not this late. */
const GAP_MS = 5 * 60_000;

/** After how much silence a machine is what, and how far back the Internet counts. */
export interface AgeingTerms {
  readonly calendar: Calendar;
  readonly silentAfterWorkingDays: number;
  readonly lostAfterWorkingDays: number;
  readonly availabilityWindowDays: number;
}

/** Knows how silence ages; it stands still while no collector was there to report to. */
export class Ageing {
  readonly #store: Store;
  readonly #terms: AgeingTerms;
  #calendar: Calendar;
  #pauses = '';

  private constructor(store: Store, terms: AgeingTerms) {
    this.#store = store;
    this.#terms = terms;
    this.#calendar = terms.calendar;
  }

  /** Reads the absences that are known, without giving a sign of life: for commands. */
  static async open(store: Store, terms: AgeingTerms): Promise<Ageing> {
    const ageing = new Ageing(store, terms);
    await ageing.refresh();
    return ageing;
  }

  /**
   * Says that this collector is at work; at start, and then every minute before machines are judged.
   *
   * @returns the absence that ended now; undefined when there was none
   */
  async beat(atMs: number): Promise<Absence | undefined> {
    const absence = await this.#store.transaction(({ absences }) => absences.beat(atMs, GAP_MS));
    // Also without an absence of its own: another collector over the same store may have noted one.
    await this.refresh();
    return absence;
  }

  /** Reads the absences anew. */
  async refresh(): Promise<void> {
    const absences = await this.#store.absences.list();
    const pauses = pausedDays(this.#terms.calendar, absences).join(' ');
    if (pauses === this.#pauses) return;
    this.#pauses = pauses;
    this.#calendar = ageingCalendar(this.#terms.calendar, absences);
  }

  /** The calendar by which silence ages now; the same object until an absence changes it. */
  get calendar(): Calendar {
    return this.#calendar;
  }

  /** Bounds of the machine states for an instant; for the end of a day pass the midnight that ends it. */
  boundsAt(atMs: number): StateBounds {
    const { silentAfterWorkingDays, lostAfterWorkingDays, availabilityWindowDays } = this.#terms;
    return {
      reportingSinceMs: workingDaysBefore(atMs, silentAfterWorkingDays, this.#calendar),
      silentSinceMs: workingDaysBefore(atMs, lostAfterWorkingDays, this.#calendar),
      // The millisecond before, so that midnight belongs to the day it ends.
      internetSinceDay: dayNumber(atMs - 1) - availabilityWindowDays + 1,
    };
  }
}
