import { expect } from 'vitest';

/** Why a convention exists and what to do about a breach. */
export interface Convention {
  readonly reason: string;
  readonly fix: string;
}

/** Fails with the reason and the fix unless the list of breaches is empty. */
export function expectNone(breaches: readonly string[], { reason, fix }: Convention): void {
  const list = breaches.toSorted().map((breach) => `  ${breach}\n`);
  expect(breaches.length, `${breaches.length} breaches:\n${list.join('')}Why: ${reason}\nFix: ${fix}\n`).toBe(0);
}
