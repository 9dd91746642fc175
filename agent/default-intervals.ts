import type { Plan } from '#shared/plan.ts';

/** Intervals until the first plan: attempts every 5 minutes, a report every 15, an inventory every 24 hours. */
export const DEFAULT_INTERVALS: Plan['intervals'] = { attemptsMs: 300_000, reportMs: 900_000, inventoryMs: 86_400_000 };
