import { describe, expect, it } from 'vitest';
import { advanceTarget, doesAnswer, isWorthSaving } from '#collector/connectivity/advance-target.ts';
import type { AgencyTarget } from '#collector/store/agency-target-store.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { NetworkWindow } from '#shared/report.ts';

const KEY = { agencyCode: 'H47.12', network: 'internet', target: 'https://192.0.2.1/' };
const AT_MS = 2_000 * SLOT_MS + 1_000;

/** A window whose last slot is that of an instant. */
function sightOf(slots: string, newestAtMs = AT_MS, fields: Partial<NetworkWindow> = {}) {
  const { agencyCode, ...place } = KEY;
  const firstSlot = Math.floor(newestAtMs / SLOT_MS) - slots.length + 1;
  const at = { firstAt: new Date(newestAtMs).toISOString(), lastAt: new Date(newestAtMs).toISOString() };
  const window = { ...place, firstSlot, slots, attempts: slots.length, successes: 0, ...at, ...fields };
  return { agencyCode, window, firstSlot, newestAtMs };
}

const UP: AgencyTarget = { ...KEY, newestAtMs: AT_MS, newestSuccessAtMs: AT_MS, status: 200, lastFailure: 'TIMED_OUT' };

describe('advanceTarget()', () => {
  it('begins with what the first window says', () => {
    const certificateNotAfter = '2027-01-01T00:00:00Z';
    expect(advanceTarget(undefined, sightOf('01', AT_MS, { status: 503, certificateNotAfter }))).toEqual({
      ...KEY,
      newestAtMs: AT_MS,
      newestSuccessAtMs: AT_MS,
      status: 503,
      certificateNotAfterMs: Date.parse(certificateNotAfter),
    });
    expect(advanceTarget(undefined, sightOf('00', AT_MS, { lastFailure: 'TIMED_OUT' }))).toEqual({
      ...KEY,
      newestAtMs: AT_MS,
      lastFailure: 'TIMED_OUT',
    });
  });

  it('takes the slot of the newest success when the window ends with failures', () => {
    expect(advanceTarget(undefined, sightOf('1100.')).newestSuccessAtMs).toBe((2_000 - 3) * SLOT_MS);
  });

  it('keeps what is newer when a window comes late', () => {
    expect(advanceTarget(UP, sightOf('1', AT_MS - 9 * SLOT_MS, { status: 404, lastFailure: 'REFUSED' }))).toEqual(UP);
    const later = sightOf('0', AT_MS + SLOT_MS, { lastFailure: 'REFUSED' });
    expect(advanceTarget(UP, later)).toEqual({ ...UP, newestAtMs: AT_MS + SLOT_MS, lastFailure: 'REFUSED' });
  });
});

describe('doesAnswer()', () => {
  it.each([
    { when: 'the newest attempt succeeded', target: UP, want: true },
    { when: 'one PC failed while another one succeeded', target: { ...UP, newestAtMs: AT_MS + 900_000 }, want: true },
    { when: 'nothing succeeded for longer', target: { ...UP, newestAtMs: AT_MS + 900_001 }, want: false },
    { when: 'nothing ever succeeded', target: { ...KEY, newestAtMs: AT_MS }, want: false },
  ])('says $want when $when', ({ target, want }) => {
    expect(doesAnswer(target)).toBe(want);
  });
});

describe('isWorthSaving()', () => {
  it.each([
    { when: 'it is new', saved: undefined, now: UP, want: true },
    {
      when: 'only instants moved',
      saved: UP,
      now: { ...UP, newestAtMs: AT_MS + 1, newestSuccessAtMs: AT_MS + 1 },
      want: false,
    },
    { when: 'the status changed', saved: UP, now: { ...UP, status: 503 }, want: true },
    { when: 'the certificate changed', saved: UP, now: { ...UP, certificateNotAfterMs: 5 }, want: true },
    { when: 'it fails otherwise', saved: UP, now: { ...UP, lastFailure: 'REFUSED' }, want: true },
    { when: 'it stopped answering', saved: UP, now: { ...UP, newestAtMs: AT_MS + 900_001 }, want: true },
    {
      when: 'an hour has gone',
      saved: UP,
      now: { ...UP, newestAtMs: AT_MS + 3_600_000, newestSuccessAtMs: AT_MS + 3_600_000 },
      want: true,
    },
  ])('says $want when $when', ({ saved, now, want }) => {
    expect(isWorthSaving(saved, now)).toBe(want);
  });
});
