import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterFailure, isNewFailure, readPendingJoin, writePendingJoin } from '#agent/pending-join.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const PENDING = {
  joinString: 'tramdo://192.0.2.1:8640/#AAAAAAAAAAAAAAAA',
  isJoinAgain: false,
  requestedAt: '2026-11-22T12:00:00.000Z',
  attemptCount: 0,
};
const AWAY = { code: 'COLLECTOR_UNREACHABLE', message: 'no line', isFinal: false, retryAfterMs: 0 };
const REFUSED = { code: 'TOKEN_INVALID', message: 'expired', isFinal: true, retryAfterMs: 0 };

function waitSeconds(pending: { readonly notBefore?: string | undefined }): number {
  return (Date.parse(pending.notBefore ?? '') - NOW) / 1_000;
}

describe('afterFailure()', () => {
  it('waits longer after every failure, up to 15 minutes', () => {
    let pending = PENDING;
    const waits = Array.from({ length: 12 }, () => {
      const next = afterFailure(pending, AWAY, { nowMs: NOW, chance: 0 });
      pending = next;
      return waitSeconds(next);
    });
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900, 900]);
  });

  it('obeys Retry-After', () => {
    const next = afterFailure(PENDING, { ...AWAY, retryAfterMs: 120_000 }, { nowMs: NOW, chance: 0 });
    expect(waitSeconds(next)).toBe(120);
  });

  it.each([
    { chance: 0, hours: 16 },
    { chance: 1, hours: 24 },
  ])('asks about once a day after a refusal that does not mend ($hours h at chance $chance)', ({ chance, hours }) => {
    expect(waitSeconds(afterFailure(PENDING, REFUSED, { nowMs: NOW, chance }))).toBe(hours * 3_600);
  });
});

describe('isNewFailure()', () => {
  it('tells of a failure once, and again when it is another one', () => {
    const first = afterFailure(PENDING, AWAY, { nowMs: NOW, chance: 0 });
    const second = afterFailure(first, AWAY, { nowMs: NOW, chance: 0 });
    const third = afterFailure(second, REFUSED, { nowMs: NOW, chance: 0 });
    expect([isNewFailure(PENDING, first), isNewFailure(first, second), isNewFailure(second, third)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});

describe('readPendingJoin()', () => {
  const path = () => join(mkdtempSync(join(tmpdir(), 'tramdo-pending-')), 'pending-join.json');

  it('reads what was kept, in a file of its owner alone', () => {
    const file = path();
    writePendingJoin(file, PENDING);
    expect(readPendingJoin(file)).toEqual(PENDING);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('takes a damaged file for none', () => {
    const file = path();
    writeFileSync(file, '{"joinString":');
    expect(readPendingJoin(file)).toBeUndefined();
  });
});
