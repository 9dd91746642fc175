import type { RuleException } from '../store/exception-store.ts';

/** Tells whether an exception holds on a day `yyyy-mm-dd`: from its first to its last day, unless it was ended before. */
export function isRunning({ firstDay, lastDay, ended }: RuleException, day: string): boolean {
  return firstDay <= day && day <= lastDay && (ended === undefined || day < ended.on);
}
